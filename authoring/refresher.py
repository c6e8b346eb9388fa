"""What the refresher may ask, and where each teaching point is taught: the index that it plays from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from authoring import minutes, notebooks
from authoring.course import Course, Module, Scenario
from authoring.markup import Words
from casebook.content import FORMAT_VERSION
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from casebook.kinds.simulation import SimulationItem

LONGEST = 8.0
"""Minutes: a scenario that takes longer leaves nothing of a day's refresher."""


def index(course: Course) -> dict[str, Any]:
    """The teaching points with the places that teach them, in the course's order, and every question."""
    places = dict(_places(course))
    titles = {module.slug: module.entry.title for module in course.modules}
    points = [
        {"id": point.id, "name": point.name, "text": point.text, **places[point.id], "title": titles[owner]}
        for point in course.points.values()
        if point.id in places
        for owner in [places[point.id]["module"]]
    ]
    questions = [one for module in course.modules for one in questions_of(module)]
    return {"format_version": FORMAT_VERSION, "points": points, "questions": questions}


def questions_of(module: Module) -> Iterator[dict[str, Any]]:
    """What a module has to ask: what is answered by clicks and scored at once, and scenarios that are short enough."""
    for item in (*module.refresher.items, *module.practice.items):
        if can_be_asked(item):
            seconds = round(60 * minutes.question(item))
            yield {"id": item.id, "module": module.slug, "points": list(item.points), "seconds": seconds}
    for scenario in module.scenarios:
        spent = minutes.walked(scenario)
        if 0 < spent <= LONGEST:
            points = list(_decided(scenario))
            seconds = round(60 * spent)
            story = scenario.story.id
            yield {"id": story, "module": module.slug, "points": points, "seconds": seconds, "story": True}


def can_be_asked(item: Item) -> bool:
    """Whether an answer to it can be rated at once: nobody is there to mark it."""
    return not KINDS[item.kind].manual and not isinstance(item, SimulationItem)


def _decided(scenario: Scenario) -> dict[str, None]:
    """The points that a scenario's choices are about, each once, in their order."""
    scenes = scenario.story.scenes.values()
    return {point: None for scene in scenes for choice in scene.choices for point in choice.points}


def _places(course: Course) -> Iterator[tuple[str, dict[str, str]]]:
    """For each point its module's lesson, and the cell in it that teaches it, and as little else as any."""
    for module in course.modules:
        cells = list(notebooks.teaching(module))
        for point in module.entry.points:
            about = [(cell_id, piece) for cell_id, piece in cells if point in piece.teaches]
            if about:
                cell_id, piece = min(about, key=lambda one: len(one[1].teaches))
                lesson = f"{notebooks.lesson_name(module)}.ipynb"
                yield point, {"module": module.slug, "lesson": lesson, "cell": cell_id, "heading": _heading(piece)}


def _heading(piece: Words) -> str:
    return piece.source.splitlines()[0].lstrip("# ").strip()
