"""Every choice of a story is judged by its author: a debrief without a verdict and a why would teach nothing."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course, Scenario
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.story import VERDICTS


def check(course: Course) -> Iterator[Problem]:
    """Choices without a verdict, a why or a basis."""
    for module in course.modules:
        for scenario in module.stories():
            yield from _scenario(scenario)


def _scenario(scenario: Scenario) -> Iterator[Problem]:
    remedies = {
        "verdict": f"Write one of: {', '.join(VERDICTS)}.",
        "why": "Say why, kindly, with what was good in it.",
        "basis": "Write 'section' where the guide settles it, else 'inference'.",
    }
    for key, scene in scenario.story.scenes.items():
        for n, choice in enumerate(scene.choices):
            for name, remedy in remedies.items():
                if not getattr(choice, name):
                    place = ("scenes", key, "choices", n, name)
                    yield scenario.problem(place, f"'{choice.id}' has no '{name}'.", remedy)


RULE = Rule(
    code="verdicts",
    why="A debrief without a verdict and a why would teach nothing.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.yml", "        verdict: sound\n", "", "'ask' has no 'verdict'"
    ),
)
