from __future__ import annotations

import pytest

from authoring.rules import identifiers
from tests.authoring.author import BANK, COURSE, POINTS, PRACTICE, STORY, Author, Slip

PLAIN = "isn't a plain identifier"
OPTIONS = "tiny-owner: options are three to five"
FINAL = "grading/bank/last.yml"
SLIPS = [
    Slip(BANK, "id: tiny-owner", "id: Tiny-Owner", f"'Tiny-Owner' {PLAIN}", "id: Tiny-Owner"),
    Slip(BANK, "id: tiny-owner", "id: tiny_own", f"'tiny_own' {PLAIN}", "id: tiny_own"),
    Slip(BANK, "id: tiny-owner", "id: tiny--own", f"'tiny--own' {PLAIN}", "id: tiny--own"),
    Slip(BANK, "id: tiny-owner", "id: '-owner'", f"'-owner' {PLAIN}", "id: '-owner'"),
    Slip(BANK, "id: tiny-owner", "id: größe", f"'größe' {PLAIN}", "id: größe"),
    Slip(BANK, "id: tiny-owner", "id: attempt", "'attempt' begins the answers of another attempt", "id: attempt"),
    Slip(PRACTICE, "id: tiny-p-who", "id: who?", f"'who?' {PLAIN}", "id: who?"),
    Slip(STORY, "id: the-ladder", "id: the ladder", f"'the ladder' {PLAIN}", "id: the ladder"),
    Slip(COURSE, "slug: later", "slug: Later", f"'Later' {PLAIN}", "slug: Later"),
    Slip(COURSE, "slug: later", "slug: 'tiny'", "'tiny' is already in course.yml", "slug: tiny"),
    Slip(BANK, "id: tiny-return", "id: 'tiny-owner'", "'tiny-owner' is already in tiny.yml", "id: 'tiny-owner'"),
    Slip(BANK, "id: tiny-owner", "id: tiny-p-who", "'tiny-p-who' is already in practice.yml", "id: tiny-p-who"),
    Slip(STORY, "id: the-ladder", "id: tiny-owner", "'tiny-owner' is already in tiny.yml", "id: tiny-owner"),
    Slip(POINTS, "id: ladder-back", "id: 'ladder-asks'", "'ladder-asks' is already in", "id: 'ladder-asks'"),
    Slip(POINTS, "id: ladder-back", "id: Ladder", f"'Ladder' {PLAIN}", "id: Ladder"),
    Slip(FINAL, "slot: last-ask", "slot: tiny-owner", "'tiny-owner' is already in tiny.yml", "slot: tiny-owner"),
    Slip(FINAL, "slot: last-ask", "slot: Last", f"'Last' {PLAIN}", "slot: Last"),
    Slip(STORY, "- id: take", "- id: 'ask'", "'ask' is already in", "- id: 'ask'"),
    Slip(STORY, "- id: wet", "- id: 'dry'", "'dry' is already in", "- id: 'dry'"),
]
OPTION_SLIPS = [
    ("id: a\n        text: Its finder", "id: x\n        text: Its finder"),
    ("id: c\n        text: Its maker", "id: b\n        text: Its maker"),
    ("id: a\n        text: Its finder", "id: b\n        text: Its finder"),
    ("      - id: c\n        text: Its maker\n        feedback: SECRET-FEEDBACK they sold it.\n", ""),
    (
        "  - id: tiny-return",
        "".join(f"      - {{id: {id}, text: {id}, feedback: {id}}}\n" for id in "def") + "  - id: tiny-return",
    ),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_an_identifier_that_is_not_plain_or_not_alone_is_named(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(identifiers.check)
    author.is_told(problem, slip)


@pytest.mark.parametrize(("old", "new"), OPTION_SLIPS, ids=["other name", "twice", "out of order", "two", "six"])
def test_options_are_three_to_five_and_named_in_order(author: Author, old: str, new: str):
    author.writes(BANK, old, new)
    (problem,) = author.problems(identifiers.check)
    assert problem.what.startswith(OPTIONS)
    assert problem.line == 9  # the line of the item's 'options'
    assert problem.file == author.root / BANK


@pytest.mark.parametrize("more", ["", "d", "de"])
def test_three_four_or_five_options_are_fine(author: Author, more: str):
    options = "".join(f"      - {{id: {id}, text: {id}, feedback: {id}}}\n" for id in more)
    author.writes(BANK, "  - id: tiny-return", options + "  - id: tiny-return")
    assert author.problems(identifiers.check) == []


def test_a_course_with_plain_identifiers_has_no_problem(author: Author):
    assert author.problems(identifiers.check) == []
