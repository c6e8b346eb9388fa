from __future__ import annotations

import pytest

from authoring.rules import verdicts
from tests.authoring.author import STORY, Author, Slip

SLIPS = [
    Slip(STORY, "        verdict: sound\n", "", "'ask' has no 'verdict'", "- id: ask"),
    Slip(STORY, "        basis: section\n", "", "'ask' has no 'basis'", "- id: ask"),
    Slip(STORY, "why: It was in your hands.", 'why: ""', "'leave' has no 'why'", 'why: ""'),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_choice_that_is_not_judged_is_named(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(verdicts.check)
    author.is_told(problem, slip)


def test_a_course_whose_choices_are_judged_has_no_problem(author: Author):
    assert author.problems(verdicts.check) == []
