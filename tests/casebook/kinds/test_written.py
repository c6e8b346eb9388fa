from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from casebook.kinds.written import LONGEST, WRITTEN, Level, WrittenItem

ITEM: WrittenItem = WRITTEN.examples()[0]
GRADED = replace(ITEM, marks=2)


def levels(*marks: float) -> tuple[Level, ...]:
    return tuple(Level(level=f"L{n}", marks=mark, text="So.") for n, mark in enumerate(marks))


def test_a_text_waits_for_its_marks_and_a_blank_one_earns_nothing():
    assert ITEM.outcome({"text": "x"}).share is None
    for given in (None, {"text": ""}, {"text": " \n "}):
        assert ITEM.outcome(given).share == 0


def test_the_area_comes_with_a_guide_to_its_length_and_a_reminder():
    (field,) = WRITTEN.fields(ITEM.public())
    assert (field.name, field.control, field.words) == ("text", "text", (20, 60))
    assert "Never write a victim's name" in field.note


def test_the_model_is_shown_and_the_rubric_is_not():
    (remark,) = ITEM.outcome({"text": "x"}).remarks
    assert (remark.said, remark.why) == ("One good answer: there are others.", ITEM.model)
    assert replace(ITEM, model=None).outcome({"text": "x"}).remarks == ()


def test_a_text_that_is_too_long_is_told_by_how_much():
    problem = WRITTEN.problem(ITEM.public(), {"text": "x" * (LONGEST + 5)})
    assert problem == "The text is too long: it has 20,005 characters, and the limit is 20,000."


def test_the_rubric_and_the_model_are_secret():
    assert set(ITEM.secrets()) == {*(level.text for level in ITEM.rubric), ITEM.model}
    assert replace(GRADED, rubric=levels(2), model="Other.").public() == ITEM.public()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"words": {"from": 5}}, "'words' has 'from' and 'to'"),
        ({"words": {"from": 5, "to": 9, "at": 1}}, "'words' has 'from' and 'to'"),
        ({"words": {"from": 9, "to": 5}}, "has to be more than 'from'"),
        ({"words": {"from": 0, "to": 5}}, "has to be more than 'from'"),
        ({"marks": None, "model": None}, "for practice it needs a 'model'"),
        ({"rubric": ()}, "needs a 'rubric'"),
        ({"rubric": levels(3, 0)}, "up to 2 points"),
        ({"rubric": levels(1, 0)}, "up to 2 points"),
        ({"rubric": levels(2, -1)}, "up to 2 points"),
        ({"rubric": levels(2, 1, 1)}, "each a different number"),
    ],
)
def test_what_an_author_forgets_is_a_fault(changes: dict[str, Any], fault: str):
    (found,) = WRITTEN.faults(replace(GRADED, **changes))
    assert fault in found


@pytest.mark.parametrize("changes", [{}, {"model": None}, {"rubric": levels(2, 0.5)}, {"rubric": levels(2)}])
def test_what_is_whole_is_no_fault(changes: dict[str, Any]):
    assert WRITTEN.faults(replace(GRADED, **changes)) == []


def test_practice_needs_no_rubric():
    assert WRITTEN.faults(replace(ITEM, rubric=())) == []
