"""Each ending has something to tell, and a name of its own."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import texts
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Endings without a text or a name, and names that two endings share."""
    for module in course.modules:
        for scenario in module.stories():
            seen: set[str] = set()
            for key, scene in scenario.story.scenes.items():
                if scene.ending is None:
                    continue
                if not scene.ending.strip() or not (
                    scene.text if isinstance(scene.text, tuple) else scene.text.strip()
                ):
                    yield scenario.problem(
                        ("scenes", key), f"Ending '{key}' has no text.", "Say what happens in the end."
                    )
                if scene.ending in seen and not texts.waiting(scene.ending):
                    what = f"Another ending is called '{scene.ending}', too."
                    yield scenario.problem(("scenes", key, "ending"), what, "Give it a name of its own.")
                seen.add(scene.ending)


RULE = Rule(
    code="endings",
    why="The debrief begins with the ending: one that says nothing, or goes by another's name, leaves it hanging.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.yml",
        "ending: She nods",
        "ending: Still friends",
        "Another ending is called",
    ),
)
