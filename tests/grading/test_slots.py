"""Slots, scored: the variant that was answered first counts, and the last answer to it.

last-ask is worth 2 (right: a: b; b: a), last-back 3 (right: a: a b; b: b).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import grading
from casebook.answers import Answer, append
from casebook.kinds.base import Item
from grading import bank, item_feedback
from grading.scoring import Result, Scorer

A, B = "last-ask-a", "last-ask-b"
Given = tuple[str, dict[str, Any]]


@pytest.fixture(scope="session")
def final(small_built: Path) -> dict[str, Item]:
    return bank.items("last", small_built)


def result(folder: Path, final: dict[str, Item], *given: Given, slot: str = "last-ask") -> Result:
    for item, answer in given:
        append(folder / "answers.jsonl", Answer("last", item, answer, "2026-01-05T09:00:00+00:00"))
    return Scorer("last", folder, final).result(slot)


@pytest.mark.parametrize(
    ("given", "variant", "marks"),
    [
        ([(A, "b")], A, 2),
        ([(A, "a")], A, 0),
        ([(B, "a")], B, 2),
        ([(B, "b")], B, 0),
        ([(A, "a"), (A, "b")], A, 2),
        ([(A, "b"), (A, "a")], A, 0),
    ],
)
def test_the_variant_that_was_answered_is_scored(
    tmp_path: Path, final: dict[str, Item], given: list[tuple[str, str]], variant: str, marks: float
):
    found = result(tmp_path, final, *((item, {"choice": choice}) for item, choice in given))
    assert (found.item.id, found.marks, found.seen) == (variant, marks, True)


@pytest.mark.parametrize(
    ("given", "marks"),
    [
        ([(A, "a"), (B, "a")], 0),  # wrong, then right in the other
        ([(A, "a"), (B, "a"), (B, "a")], 0),
        ([(B, "a"), (A, "a")], 2),  # right, then wrong in the other: that costs nothing, either
        ([(A, "b"), (B, "b"), (A, "a")], 0),  # the last answer to the first variant
        ([(A, "a"), (B, "a"), (A, "b")], 2),
    ],
)
def test_who_answers_both_variants_has_the_marks_of_the_first_and_not_of_the_better(
    tmp_path: Path, final: dict[str, Item], given: list[tuple[str, str]], marks: float
):
    found = result(tmp_path, final, *((item, {"choice": choice}) for item, choice in given))
    assert (found.item.id, found.marks) == (given[0][0], marks)


def test_a_line_that_is_no_answer_settles_the_variant_too(tmp_path: Path, final: dict[str, Item]):
    found = result(tmp_path, final, (A, {"choice": "gone"}), (B, {"choice": "a"}))
    assert (found.item.id, found.marks, found.problem) == (A, 0, "That option doesn't exist.")


def test_what_was_taken_back_again_stays_its_variants(tmp_path: Path, final: dict[str, Item]):
    given = [
        ("last-back-a", {"choices": ["a", "b"]}),
        ("last-back-a", {"choices": []}),
        ("last-back-b", {"choices": ["b"]}),
    ]
    found = result(tmp_path, final, *given, slot="last-back")
    assert (found.item.id, found.marks) == ("last-back-a", 0)


def test_a_variant_that_is_gone_settles_nothing(tmp_path: Path, final: dict[str, Item]):
    assert result(tmp_path, final, ("last-ask-z", {"choice": "a"}), (B, {"choice": "a"})).marks == 2


def test_a_blank_slot_earns_nothing_and_nobody_knows_which_variant_was_seen(tmp_path: Path, final: dict[str, Item]):
    found = result(tmp_path, final)
    assert (found.marks, found.given, found.seen) == (0, None, False)


@pytest.mark.usefixtures("tiny_bank")
def test_feedback_on_a_blank_slot_tells_no_word_of_any_variant(tmp_path: Path, final: dict[str, Item]):
    html = item_feedback.to_html(result(tmp_path, final))
    assert "You didn't answer." in html
    assert f"<strong>{bank.points()['ladder-asks'].name}.</strong>" in html
    for variant in (A, B):
        words = [final[variant].case or "", *(part.text for part in final[variant].parts()), *final[variant].secrets()]
        assert not [word for word in words if word in html]


@pytest.mark.usefixtures("tiny_bank")
@pytest.mark.parametrize(("variant", "other"), [(A, B), (B, A)])
def test_feedback_shows_the_variant_that_was_answered_and_nothing_of_the_other(
    tmp_path: Path, final: dict[str, Item], variant: str, other: str
):
    html = item_feedback.to_html(result(tmp_path, final, (variant, {"choice": "c"}), (other, {"choice": "c"})))
    assert all(secret in html for secret in final[variant].secrets())
    assert not [secret for secret in final[other].secrets() if secret in html]


def test_a_question_is_an_item_or_a_slot_and_no_variant(tmp_path: Path, final: dict[str, Item]):
    scorer = Scorer("last", tmp_path, final)
    assert [scorer.grades(name) for name in ("last-ask", "last-back", A, "last-comments")] == [True, True, False, False]


@pytest.mark.usefixtures("tiny_bank")
def test_a_hidden_test_scores_a_slot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    append(tmp_path / "answers.jsonl", Answer("last", B, {"choice": "a"}, "2026-01-05T09:00:00+00:00"))
    monkeypatch.chdir(tmp_path)
    assert (grading.score("last", "last-ask"), grading.score("last", "last-back")) == (2, 0)
