"""The final has as many slots as the standards ask, and among them assesses every point of the finished modules.

A point that only says where to look something up may be left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course, Module
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """A final with too few slots or too many, or one that leaves a point out."""
    taught = [
        point
        for module in course.modules
        if module.entry.part == "module"
        for point in module.entry.points
        if point not in course.points or not course.points[point].look_up
    ]
    for module in course.modules:
        if module.entry.part == "final":
            yield from _number(module, course.about.standards.final_slots)
            yield from _points(module, taught)


def _number(module: Module, asked: int) -> Iterator[Problem]:
    slots = len(module.slots())
    if slots != asked:
        what = f"{module.slug} has {slots} slots; it should have {asked}."
        yield module.bank.file.problem(("items",), what, "Add some, or take some out.")


def _points(module: Module, taught: list[str]) -> Iterator[Problem]:
    # All variants of a slot have the same points, which is another rule's to see to; whoever has whichever is asked.
    asked = {point for variants in module.slots().values() for point in variants[0].points}
    for point in taught:
        if point not in asked:
            what = f"No slot of {module.slug} assesses {point}."
            yield module.bank.file.problem(("items",), what, "Name it in a slot that does, or write one.")


RULE = Rule(
    code="final",
    why="The final shows what somebody learned in the whole course, so it has to cover everything taught.",
    check=check,
    example=Example("course/course.yml", "final_slots: 2", "final_slots: 3", "last has 2 slots; it should have 3"),
    of_whole=True,
)
