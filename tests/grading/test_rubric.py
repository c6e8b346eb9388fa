"""Marks given by an instructor, and the level of the rubric that they mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casebook.kinds.written import WRITTEN, Level
from grading.rubric import level_of

ITEM, _ = WRITTEN.examples()


@pytest.mark.parametrize("level", ITEM.rubric, ids=lambda level: level.level)
def test_a_levels_own_marks_mean_that_level(level: Level):
    assert level_of(ITEM, level.marks) is level


@pytest.mark.parametrize(("marks", "level"), [(0.5, "Not yet"), (1.5, "In part"), (1.99, "In part"), (2.5, "Whole")])
def test_marks_between_two_levels_mean_the_lower_and_above_all_the_highest(marks: float, level: str):
    assert level_of(ITEM, marks).level == level


def test_the_order_in_which_levels_are_written_does_not_matter():
    turned = replace(ITEM, rubric=tuple(reversed(ITEM.rubric)))
    assert [level_of(turned, marks) for marks in (0, 1, 2)] == [level_of(ITEM, marks) for marks in (0, 1, 2)]


def test_marks_below_all_levels_mean_the_lowest():
    none_for_nothing = replace(
        ITEM, rubric=(Level(level="Whole", marks=2, text="All."), Level(level="Begun", marks=1, text="Some."))
    )
    assert level_of(none_for_nothing, 0).level == "Begun"


def test_an_item_without_a_rubric_has_no_levels():
    with pytest.raises(ValueError, match="example doesn't have a rubric"):
        level_of(replace(ITEM, rubric=()), 1)
