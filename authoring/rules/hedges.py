"""Hedges ("may", "often", "most") stand in wrong options as often as in right ones."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

from authoring import bank, wording
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Rule, over_a_bank


def check(course: Course) -> Iterator[Problem]:
    """A bank in which a hedge tells right from wrong."""
    margin = course.about.standards.margin
    for group in bank.judged(course):
        right, wrong = (
            fmean(
                wording.count(option.text, wording.HEDGES) > 0
                for item in group.items
                for option in item.options
                if option.right == is_right
            )
            for is_right in (True, False)
        )
        if abs(right - wrong) > margin:
            what = (
                f"Across {group.name}, {right:.0%} of the right options have a hedge, and "
                f"{wrong:.0%} of the wrong ones."
            )
            yield group.problem(what, "Spread them out: a wrong option can have the wrong hedge.")


RULE = Rule(
    code="hedges",
    why="The section hedges carefully. If only right options do, a hedge gives away the answer.",
    check=check,
    example=over_a_bank(("Its finder", "Often its owner", "Its maker"), right=1, says="have a hedge"),
    of_whole=True,
    smells=True,
)
