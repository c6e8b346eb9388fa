"""The sound choice in a scenario is not the first, nor the longest, more often than chance has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import fmean

from authoring.course import Course, Scenario
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.story import Choice, Scene

_ENOUGH = 3
"""Of fewer decisions in one story, chance says more than the author."""


def check(course: Course) -> Iterator[Problem]:
    """Scenarios, or a course of them, in which place or length points at the sound choice."""
    stories = [scenario for module in course.modules for scenario in module.stories()]
    for scenario in stories:
        scenes = _decisions(scenario)
        for way, pick in _WAYS.items():
            if len(scenes) >= _ENOUGH and all(pick(scene).verdict == "sound" for scene in scenes):
                what = f"The sound choice is the {way} in every decision."
                yield scenario.problem(("scenes",), what, "Let choices change places, or say more or less.")
    scenes = [scene for scenario in stories for scene in _decisions(scenario)]
    if len(scenes) < course.about.standards.judged_from:
        return
    chance = fmean(sum(choice.verdict == "sound" for choice in scene.choices) / len(scene.choices) for scene in scenes)
    for way, pick in _WAYS.items():
        share = fmean(pick(scene).verdict == "sound" for scene in scenes)
        if share > chance + course.about.standards.margin:
            what = f"Over {len(scenes)} decisions, the {way} choice is sound in {share:.0%}; chance is {chance:.0%}."
            yield stories[0].problem(("scenes",), what, "Let choices change places, or say more or less.")


def _decisions(scenario: Scenario) -> list[Scene]:
    """The decisions that have a sound choice: where all that is left is to put things right, none is best."""
    return [
        scene for scene in scenario.story.scenes.values() if any(choice.verdict == "sound" for choice in scene.choices)
    ]


def _first(scene: Scene) -> Choice:
    return scene.choices[0]


def _longest(scene: Scene) -> Choice:
    return max(scene.choices, key=lambda choice: len(choice.text))


_WAYS: dict[str, Callable[[Scene], Choice]] = {"first": _first, "longest": _longest}


RULE = Rule(
    code="best-choice",
    why="Who clicks the first choice, or the longest, every time must not come through well.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.yml", "verdict: recovery", "verdict: sound", "is the first in every"
    ),
)
