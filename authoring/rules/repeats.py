"""A check doesn't ask the same teaching point again and again: three of its questions at most."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import asked
from authoring.course import Course, Module
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Teaching points that more questions of a check, or slots of the final, settle than the standards allow."""
    most = course.about.standards.repeated
    for module in course.modules:
        if asked.is_written(module):
            yield from _module(module, most)


def _module(module: Module, most: int) -> Iterator[Problem]:
    found: dict[str, list[asked.Question]] = {}
    for question in asked.questions(module):
        for point in sorted(question.points):
            found.setdefault(point, []).append(question)
    for point, questions in found.items():
        if len(questions) > most:
            names = ", ".join(question.name for question in questions)
            what = f"{len(questions)} questions settle {point} ({names}); {most} is the most."
            place = ("items", questions[most].number, "points")
            yield module.bank.file.problem(place, what, "Ask something else, or name only the points that decide.")


RULE = Rule(
    code="repeats",
    why="Asking about a point a fourth time measures nothing new, and another point loses a question.",
    check=check,
    example=Example("course/course.yml", "repeated: 40", "repeated: 1", "2 questions settle ladder-asks"),
    of_whole=True,
)
