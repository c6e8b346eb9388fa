"""The right option is not the longest more often than chance has it: length is the first thing a guesser tries."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import bank, wording
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Rule, over_a_bank


def check(course: Course) -> Iterator[Problem]:
    """A bank whose right options are the longest too often."""
    for group in bank.judged(course):
        above = wording.above_chance(group.items, wording.FEATURES["letters"])
        if above > course.about.standards.margin:
            longest = [item for item in group.items if wording.found(item, wording.FEATURES["letters"]) == 1]
            what = f"Across {group.name}, the right options are the longest {above:.0%} more often than by chance"
            yield group.problem(
                f"{what}: {', '.join(item.id for item in longest)}.", "Shorten some, or lengthen others."
            )


RULE = Rule(
    code="longest",
    why="Picking the longest option shouldn't work more often than chance allows.",
    check=check,
    example=over_a_bank(("Its finder", "Its owner, for years", "Its maker"), right=1, says="the longest"),
    of_whole=True,
)
