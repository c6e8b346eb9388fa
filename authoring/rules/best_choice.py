"""The sound choice in a scenario is not the first, nor the longest, in every decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from authoring import texts
from authoring.course import Course, Scenario
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.story import Choice, Scene

_ENOUGH = 3
"""Of fewer decisions in one story, chance says more than the author."""

REMEDY = "Move choices around, or make them longer or shorter."


def check(course: Course) -> Iterator[Problem]:
    """Scenarios in which place or length points at the sound choice."""
    for scenario in texts.finished_stories(course):
        scenes = decisions(scenario)
        for way, pick in WAYS.items():
            if len(scenes) >= _ENOUGH and all(pick(scene).verdict == "sound" for scene in scenes):
                yield scenario.problem(("scenes",), f"The sound choice is the {way} in every decision.", REMEDY)


def decisions(scenario: Scenario) -> list[Scene]:
    """The decisions that have a sound choice: where all that is left is to put things right, none is best."""
    return [
        scene for scene in scenario.story.scenes.values() if any(choice.verdict == "sound" for choice in scene.choices)
    ]


def _first(scene: Scene) -> Choice:
    return scene.choices[0]


def _longest(scene: Scene) -> Choice:
    return max(scene.choices, key=lambda choice: len(choice.text))


WAYS: dict[str, Callable[[Scene], Choice]] = {"first": _first, "longest": _longest}
"""How somebody picks who does not read."""


RULE = Rule(
    code="best-choice",
    why="Clicking the first choice, or the longest, every time shouldn't lead to a good ending.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.yml", "verdict: recovery", "verdict: sound", "is the first in every"
    ),
)
