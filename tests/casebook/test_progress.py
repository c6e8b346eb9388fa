from __future__ import annotations

from typing import Any

import pytest

from casebook import progress
from casebook.answers import Answer, Book
from casebook.content import Outline

OUTLINE = Outline("m", "M", 10, 5, "01-m.ipynb", "m/m-check.ipynb", ("p1", "s1", "p2"), ("i1", "i2", "i3"))


def book(**given: dict[str, Any]) -> Book:
    return Book(tuple(Answer("m", item, answer, "2026-01-01T00:00:00+00:00") for item, answer in given.items()))


def test_nothing_answered_is_not_begun():
    found = progress.of(OUTLINE, Book(), Book())
    assert (found.steps_done, found.steps, found.items_answered, found.items) == (0, 3, 0, 3)
    assert not found.begun
    assert not found.is_done


def test_a_story_in_the_middle_is_begun_and_no_step_done():
    found = progress.of(OUTLINE, book(s1={"playing": 1, "path": ["a"], "skipped": False, "ended": None}), Book())
    assert found.begun
    assert found.steps_done == 0


@pytest.mark.parametrize("through", [{"playing": 1, "path": ["a"], "ended": "x"}, {"playing": 0, "skipped": True}])
def test_every_practice_item_answered_and_every_story_ended_or_skipped_is_done(through: dict[str, Any]):
    found = progress.of(OUTLINE, book(p1={"choice": "a"}, p2={"choices": ["b"]}, s1=through), Book())
    assert found.is_done


def test_answers_of_another_module_do_not_count():
    other = Book((Answer("n", "p1", {"choice": "a"}, "2026-01-01T00:00:00+00:00"),))
    assert progress.of(OUTLINE, other, other).steps_done == 0


def test_missing_items_are_told_by_number():
    assert progress.missing(OUTLINE.items, book(i2={"choice": "a"}), "m") == (1, 3)


def test_an_answer_that_fits_no_more_is_missing():
    given = book(i1={"choice": "a"}, i2={"choice": "z"}, i3={"choice": "a"})
    fits = lambda item, answer: (item, answer.given["choice"]) != ("i2", "z")  # noqa: E731
    assert progress.missing(OUTLINE.items, given, "m", fits) == (2,)


@pytest.mark.parametrize("taken_back", [{"choices": []}, {"text": ""}, {"text": " \n"}])
def test_an_answer_taken_back_is_missing_again(taken_back: dict[str, Any]):
    assert progress.missing(("i1",), book(i1=taken_back), "m") == (1,)


FINAL = Outline(
    "m", "M", 0, 5, "", "m/m-check.ipynb", (), ("s1", "s2"), {"s1": ("s1-a", "s1-b"), "s2": ("s2-a", "s2-b")}
)


def test_a_slot_is_answered_with_the_variant_that_was_answered_first():
    given = [("s1-b", {"choice": "a"}), ("s2-a", {"choices": []}), ("s2-b", {"choices": ["a"]})]
    at = "2026-01-01T00:00:00+00:00"
    found = progress.of(FINAL, Book(), Book(tuple(Answer("m", item, answer, at) for item, answer in given)))
    assert (found.items_answered, found.items, found.is_done) == (1, 2, False)


def test_what_has_no_steps_is_done_when_every_question_is_answered():
    given = {"s1-b": {"choice": "a"}, "s2-b": {"choices": ["a"]}}
    assert progress.of(FINAL, Book(), book(**given)).is_done
    assert not progress.of(FINAL, Book(), Book()).is_done
