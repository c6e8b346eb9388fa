"""The minutes told of lessons and checks are what the rule in :mod:`authoring.minutes` makes of them."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import minutes
from authoring.course import Course, Module
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules.roads import can_be_played


def check(course: Course) -> Iterator[Problem]:
    """Lessons and checks whose minutes are not what reading, thinking and writing take."""
    for module in course.modules:
        if all(can_be_played(scenario) for scenario in module.stories()):
            yield from _module(course, module)


def _module(course: Course, module: Module) -> Iterator[Problem]:
    entry = module.entry
    for key, told, takes in (
        ("minutes", entry.minutes, minutes.lesson(module)),
        ("check_minutes", entry.check_minutes, minutes.check(module)),
    ):
        if told != takes:
            what = f"The {'lesson' if key == 'minutes' else 'check'} {module.slug} takes about {takes} minutes."
            yield course.file.problem(("modules", module.number - 1, key), what, f"Write '{key}: {takes}'.")


RULE = Rule(
    code="module-minutes",
    why="Officers fit this between two appointments: minutes that are wishes lose their trust.",
    check=check,
    example=Example("course/course.yml", "check_minutes: 5", "check_minutes: 10", "takes about 5 minutes"),
    whole=True,
)
