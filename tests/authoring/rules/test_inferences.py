from __future__ import annotations

import pytest

from authoring.rules import inferences
from tests.authoring.author import BANK, PRACTICE, Author, Slip

OWNER = "basis: section\n    marks: 2"
SLIPS = [
    Slip(BANK, "    marks: 2\n", "", "tiny-owner has no 'marks'", "id: tiny-owner"),
    Slip(BANK, "marks: 2", "marks: -2", "tiny-owner: 'marks' has to be a whole or a half number", "marks: -2"),
    Slip(BANK, "marks: 2", "marks: 0.3", "tiny-owner: 'marks' has to be a whole or a half number", "marks: 0.3"),
    Slip(BANK, "marks: 2", "marks: .inf", "tiny-owner", "marks: .inf"),
    Slip(BANK, "marks: 2", "marks: .nan", "tiny-owner", "marks: .nan"),
    Slip(BANK, OWNER, "basis: inference\n    marks: 1", "tiny-owner is an inference that no expert", "marks: 1"),
    Slip(BANK, OWNER, "basis: inference\n    marks: 0.5", "tiny-owner is an inference that no expert", "marks: 0.5"),
    Slip(PRACTICE, "stem: Whom", "marks: 1\n    stem: Whom", "tiny-p-who is for practice but has 'marks'", "marks: 1"),
    Slip(PRACTICE, "stem: Whom", "marks: 0\n    stem: Whom", "tiny-p-who is for practice but has 'marks'", "marks: 0"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip} {slip.new.splitlines()[-1:]}")
def test_marks_that_nothing_settles_are_named(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(inferences.check)
    author.is_told(problem, slip)


@pytest.mark.parametrize(
    "new",
    [
        "basis: inference\n    marks: 0",
        "basis: inference\n    reviewed_by: An expert\n    marks: 2",
        "basis: section\n    marks: 0.5",
    ],
    ids=["without marks", "reviewed", "half a mark"],
)
def test_marks_that_are_settled_are_fine(author: Author, new: str):
    author.writes(BANK, OWNER, new)
    assert author.problems(inferences.check) == []


def test_a_course_that_scores_what_it_teaches_has_no_problem(author: Author):
    assert author.problems(inferences.check) == []
