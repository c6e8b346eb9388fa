"""The minutes told of lessons and checks are what the rule in :mod:`authoring.minutes` makes of the texts."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import minutes, texts
from authoring.course import Course, Module
from authoring.markup import Piece, Words
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules.roads import can_be_played


def check(course: Course) -> Iterator[Problem]:
    """Lessons and checks whose minutes are not what reading, thinking and writing take, once all is written."""
    for module in course.modules:
        if all(can_be_played(scenario) for scenario in module.stories()):
            yield from _module(course, module)


def _module(course: Course, module: Module) -> Iterator[Problem]:
    place = ("modules", module.number - 1)
    lesson = minutes.lesson(module) if module.has_lesson else 0
    its_check = minutes.check(module)
    in_lesson = (module.practice.file, *(scenario.file for scenario in module.scenarios))
    lesson_is_written = _is_written(module.lesson) and all(map(texts.is_finished, in_lesson))
    if lesson_is_written and module.entry.minutes != lesson:
        yield course.file.problem((*place, "minutes"), *_said(f"The lesson {module.slug}", lesson, "minutes"))
    check_is_written = _is_written(module.check) and texts.is_finished(module.bank.file)
    if check_is_written and module.entry.check_minutes != its_check:
        named = _said(f"The check {module.slug}", its_check, "check_minutes")
        yield course.file.problem((*place, "check_minutes"), *named)


def _is_written(pieces: tuple[Piece, ...]) -> bool:
    return not any(isinstance(piece, Words) and texts.waiting(piece.source) for piece in pieces)


def _said(what: str, takes: int, key: str) -> tuple[str, str]:
    return f"{what} takes about {takes} minutes.", f"Write '{key}: {takes}'."


RULE = Rule(
    code="minutes",
    why="Officers fit this in between appointments. If the minutes are wishful thinking, they won't trust them again.",
    check=check,
    example=Example("course/course.yml", "check_minutes: 5", "check_minutes: 10", "takes about 5 minutes"),
    of_whole=True,
)
