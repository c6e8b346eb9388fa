"""The minutes told of a story are what the rule in :mod:`authoring.minutes` makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import minutes
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules.roads import can_be_played


def check(course: Course) -> Iterator[Problem]:
    """Stories whose minutes are not what reading them and thinking takes."""
    for module in course.modules:
        for scenario in module.stories():
            if can_be_played(scenario) and scenario.story.minutes != minutes.story(scenario):
                takes = minutes.story(scenario)
                what = f"'{scenario.story.title}' takes about {takes} minutes."
                yield scenario.problem(("minutes",), what, f"Write 'minutes: {takes}'.")


RULE = Rule(
    code="minutes",
    why="Officers fit a story between two appointments: minutes that are wishes lose their trust.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.yml", "minutes: 1", "minutes: 10", "takes about 1 minutes"
    ),
)
