from __future__ import annotations

from authoring.rules import safety_often, safety_share
from tests.authoring.author import BANK, COURSE, POINTS, Author


def test_slots_count_once_and_points_of_no_module_are_not_asked_for(author: Author):
    author.writes(COURSE, "safety_asked: 1", "safety_asked: 5")
    (problem,) = author.problems(safety_often.check)
    assert problem.what == "ladder-asks is asked 4 times in checks and final; a safety point is asked 5."
    author.writes(COURSE, "points: [ladder-asks, ladder-back]", "points: [ladder-back]")
    assert author.problems(safety_often.check) == []


def test_a_third_of_a_bank_is_enough(author: Author):
    author.writes(POINTS, "safety: true", "safety: false")
    author.writes(POINTS, "id: ladder-back\n", "id: ladder-back\n    safety: true\n")
    assert author.problems(safety_share.check) == []
    author.writes(BANK, "points: [ladder-back, ladder-asks]", "points: [ladder-asks]")
    (problem,) = author.problems(safety_share.check)
    assert problem.what == "0 of 2 questions settle a safety point; 33% should."
