"""What the real checks come to for trainees of one way: by the bank as it is, with the rule that decides."""

from __future__ import annotations

import pytest

from casebook.kinds.base import Item
from grading import bank, verdict
from grading.scoring import Result, score
from grading.verdict import UnsafeChoice
from running import ways
from running.ways import Way

COURSE = bank.course()
CHECKS = list(COURSE.titles)
each_check = pytest.mark.parametrize("check", CHECKS)


def asked(check: str, variant: int) -> list[Item]:
    """The questions of a check; of each slot the first variant, or the last."""
    slots: dict[str, list[Item]] = {}
    for item in bank.items(check).values():
        slots.setdefault(item.slot or item.id, []).append(item)
    return [variants[variant] for variants in slots.values()]


def marks(result: Result) -> float:
    """The marks; of what an instructor marks, all of them."""
    return (result.item.marks or 0.0) if result.marks is None else result.marks


def answered(check: str, way: Way, variant: int) -> tuple[float, float, list[UnsafeChoice]]:
    """The marks earned, those there are, and the unsafe choices, of whoever answers everything in one way."""
    results = [score(item, way(item)) for item in asked(check, variant)]
    choices = [choice for result in results for choice in verdict.unsafe_choices(result)]
    return sum(map(marks, results)), sum(result.item.marks or 0.0 for result in results), choices


@each_check
@pytest.mark.parametrize("variant", [0, -1])
def test_whoever_takes_every_unsafe_option_meets_no_check_by_points_or_by_safety(check: str, variant: int):
    earned, most, choices = answered(check, ways.UNSAFE, variant)
    assert not verdict.is_met(COURSE.pass_mark_of(check), earned, most, choices)
    assert any(choice.blocks for choice in choices)


@each_check
@pytest.mark.parametrize("variant", [0, -1])
def test_whoever_takes_the_right_ones_meets_every_check(check: str, variant: int):
    earned, most, choices = answered(check, ways.RIGHT, variant)
    assert (earned, choices) == (most, [])


@each_check
def test_one_unsafe_choice_among_right_ones_keeps_it_from_being_met(check: str):
    """Where it blocks: full marks in all the rest don't make up for it."""
    items = asked(check, 0)
    for n, item in enumerate(items):
        one = score(item, ways.UNSAFE(item))
        if not any(choice.blocks for choice in verdict.unsafe_choices(one)):
            continue
        others = [score(other, ways.RIGHT(other)) for m, other in enumerate(items) if m != n]
        earned, most = sum(map(marks, [one, *others])), sum(each.marks or 0.0 for each in items)
        assert not verdict.is_met(COURSE.pass_mark_of(check), earned, most, verdict.unsafe_choices(one))
        return
    pytest.fail("No question of this check has a choice that blocks.")
