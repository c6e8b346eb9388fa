"""The map of a story as its debrief draws it: the path taken, what else was seen, and that there is more.

Pure: a story, where it stands and what was met before in; plain data out. Rows run from the beginning down; the
path keeps to the first column, so that a picture of it is a straight line with the other ways beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any

from casebook import engine
from casebook.engine import State, Step
from casebook.prose import parse
from casebook.story import Choice, Story

Node = dict[str, Any]


def draw(story: Story, state: State, met: Collection[str] = ()) -> dict[str, Any]:
    """The map of a finished playing. ``met`` names the scenes of earlier playings; of others no title is told.

    ``places`` has a place for each scene: ``row``, ``column``, ``state`` (path, met, unmet), ``ending``, ``title``,
    ``number`` (of the decision on the path) and ``unsafe``. ``ways`` has pairs of places with ``taken``; a way from
    an unmet place is not told. ``decisions`` is the same in words; ``endings`` counts those found, and all.
    """
    taken = engine.steps(story, state)
    path = [*(step.scene for step in taken), state.scene]
    seen = {*met, *path}
    places = _places(story, taken, path, seen)
    numbers = {key: n for n, key in enumerate(places)}
    walked = set(pairwise(path))
    endings = {key for key, scene in story.scenes.items() if scene.ending is not None}
    return {
        "places": list(places.values()),
        "ways": [
            {"from": numbers[key], "to": numbers[to], "taken": (key, to) in walked}
            for key in places
            if key in seen
            for to in roads(story, key)
        ],
        "decisions": [_decision(story, state, n, step, path, seen) for n, step in enumerate(taken)],
        "endings": {"found": len(endings & seen), "all": len(endings)},
    }


def _places(story: Story, taken: Iterable[Step], path: list[str], seen: Collection[str]) -> dict[str, Node]:
    decisions = {step.scene: (n, bool(step.choice.unsafe)) for n, step in enumerate(taken, start=1)}
    columns: dict[int, int] = {}
    places = {}
    for key, row in sorted(rows(story, path).items(), key=lambda item: item[1]):
        column = 0
        if key not in path:
            column = columns[row] = columns.get(row, 0) + 1
        number, unsafe = decisions.get(key, (None, False))
        places[key] = {
            "row": row,
            "column": column,
            "state": "path" if key in path else "met" if key in seen else "unmet",
            "ending": story.scenes[key].ending is not None,
            "title": story.scenes[key].title if key in seen else "",
            "number": number,
            "unsafe": unsafe,
        }
    return places


def rows(story: Story, path: Sequence[str] = ()) -> dict[str, int]:
    """Each scene's row: below the lowest scene that leads to it, and ``path`` always down. Endings share the last."""
    found: dict[str, int] = {}

    def put(key: str, row: int, above: tuple[str, ...]) -> None:
        # A road back up is possible on paper, where conditions keep it from being taken: it moves nothing.
        if key in above or found.get(key, -1) >= row:
            return
        found[key] = row
        for to in roads(story, key):
            put(to, row + 1, (*above, key))

    put(story.begin, 0, ())
    for n, key in enumerate(path):  # and the path always leads down
        found[key] = max(found[key], found[path[n - 1]] + 1 if n else 0)
    last = max(found.values())
    return {key: last if story.scenes[key].ending is not None else row for key, row in found.items()}


def roads(story: Story, key: str) -> list[str]:
    """Every scene that some choice in ``key`` may lead to, each once, in the story's order."""
    found: dict[str, None] = {}
    for choice in story.scenes[key].choices:
        roads = [choice.go] if isinstance(choice.go, str) else [road.to for road in choice.go]
        found |= dict.fromkeys(roads)
    return list(found)


def _decision(story: Story, state: State, n: int, step: Step, path: list[str], seen: Collection[str]) -> dict[str, Any]:
    before = engine.replay(story, state.telling, state.path[:n])
    return {
        "title": step.title,
        "choices": [
            {
                "text": parse(choice.text),
                "taken": choice.id == step.choice.id,
                "leads": _leads(story, before, choice, step, path, seen),
            }
            for choice in engine.choices(story, before)
        ],
    }


def _leads(story: Story, before: State, choice: Choice, step: Step, path: list[str], seen: Collection[str]) -> str:
    """Where a choice leads from here, as far as that may be told."""
    to = engine.choose(story, before, choice.id).scene
    title, ending = story.scenes[to].title, story.scenes[to].ending is not None
    if choice.id == step.choice.id:
        return "You chose this."
    if to in path:
        return f"Also leads to “{title}”."
    if to in seen:
        return f"Leads to “{title}”, where you've been before."
    return "Leads to an ending you haven't seen." if ending else "Leads to something you haven't seen."
