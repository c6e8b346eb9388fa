"""A check offers something unsafe in at least two questions, the final in at least eight slots, in every variant."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import asked
from authoring.course import Course, Module
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Checks, and a final, in which too few questions have an unsafe option."""
    standards = course.about.standards
    wanted = {"module": standards.unsafe_items, "final": standards.unsafe_slots, "capstone": 0}
    for module in course.modules:
        if asked.is_written(module):
            yield from _module(module, wanted[module.entry.part])


def _module(module: Module, wanted: int) -> Iterator[Problem]:
    offering = sum(question.offers_unsafe for question in asked.questions(module))
    if offering < wanted:
        kind = "slots have an unsafe option in every variant" if module.slots() else "questions have an unsafe option"
        what = f"{offering} {kind}; {wanted} should."
        yield module.bank.file.problem(
            ("items",), what, "Offer something a kind officer might do that puts somebody in danger."
        )


RULE = Rule(
    code="unsafe-enough",
    why="An officer who would endanger somebody shouldn't pass a check. Only an unsafe option shows that.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml", "        unsafe: true\n", "", "0 questions have an unsafe option; 1 should"
    ),
    of_whole=True,
)
