from __future__ import annotations

import pytest

from authoring.rules import slots
from tests.authoring.author import BANK, PRACTICE, Author, Slip

FINAL = "grading/bank/last.yml"
SLIPS = [
    Slip(BANK, "id: tiny-owner\n", "id: tiny-owner\n    slot: tiny-x\n", "only the final has slots", "slot: tiny-x"),
    Slip(PRACTICE, "id: tiny-p-who\n", "id: tiny-p-who\n    slot: t\n", "only the final has slots", "slot: t"),
    Slip(FINAL, "    slot: last-ask\n", "", "last-ask-a isn't in a slot", "- id: last-ask-a"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_an_item_that_stands_in_a_slot_and_should_not_or_should_and_does_not_is_named(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = [problem for problem in author.problems(slots.check) if slip.said in problem.what]
    author.is_told(problem, slip)


def test_a_slot_with_one_variant_is_named(author: Author):
    author.writes(FINAL, "    slot: last-ask\n", "")
    assert "The slot last-ask has one variant; it needs 2 or more." in [p.what for p in author.problems(slots.check)]


def test_variants_are_named_after_their_slot_in_order(author: Author):
    author.writes(FINAL, "id: last-back-b", "id: last-other")
    (problem,) = author.problems(slots.check)
    assert problem.what == "The variants of last-back are named last-back-a, last-other."
    assert problem.remedy == "Name them last-back-a, last-back-b, in this order."


def test_variants_follow_one_another(author: Author):
    path = author.root / FINAL
    head, ask_a, ask_b, back_a, back_b = path.read_text(encoding="utf-8").split("  - id: last-")
    path.write_text("  - id: last-".join([head, ask_a, back_a, ask_b, back_b]), encoding="utf-8")
    assert [problem.what for problem in author.problems(slots.check)] == [
        "The variants of last-ask aren't next to each other.",
        "The variants of last-back aren't next to each other.",
    ]


def test_whole_slots_have_no_problem(author: Author):
    assert author.problems(slots.check) == []
