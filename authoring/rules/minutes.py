"""The minutes told to trainees are what the rule in :mod:`authoring.minutes` makes of the texts."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import minutes
from authoring.course import Course, Module
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules.roads import can_be_played


def check(course: Course) -> Iterator[Problem]:
    """Lessons, checks and stories whose minutes are not what reading, thinking and writing take."""
    for module in course.modules:
        for scenario in module.stories():
            if can_be_played(scenario) and scenario.story.minutes != minutes.story(scenario):
                yield scenario.problem(("minutes",), *_said(scenario.story.title, minutes.story(scenario), "minutes"))
        if all(can_be_played(scenario) for scenario in module.stories()):
            yield from _module(course, module)


def _module(course: Course, module: Module) -> Iterator[Problem]:
    place = ("modules", module.number - 1)
    lesson, its_check = minutes.lesson(module), minutes.check(module)
    if module.entry.minutes != lesson:
        yield course.file.problem((*place, "minutes"), *_said(f"The lesson {module.slug}", lesson, "minutes"))
    if module.entry.check_minutes != its_check:
        named = _said(f"The check {module.slug}", its_check, "check_minutes")
        yield course.file.problem((*place, "check_minutes"), *named)


def _said(what: str, takes: int, key: str) -> tuple[str, str]:
    return f"{what} takes about {takes} minutes.", f"Write '{key}: {takes}'."


RULE = Rule(
    code="minutes",
    why="Officers fit this between two appointments: minutes that are wishes lose their trust.",
    check=check,
    example=Example("course/course.yml", "check_minutes: 5", "check_minutes: 10", "takes about 5 minutes"),
)
