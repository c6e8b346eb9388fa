from __future__ import annotations

import pytest

from authoring.rules import checks, coverage, final
from tests.authoring.author import COURSE, Author, Slip

FINAL = "grading/bank/last.yml"
SLIPS = [
    Slip(COURSE, "final_slots: 2", "final_slots: 40", "last has 2 slots; it should have 40", "items:", FINAL),
    Slip(COURSE, "final_slots: 2", "final_slots: 1", "last has 2 slots; it should have 1", "items:", FINAL),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_final_of_another_length_is_named(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(final.check)
    author.is_told(problem, slip)


def test_a_point_that_the_final_leaves_out_is_named(author: Author):
    author.writes(FINAL, "[ladder-back, ladder-asks]", "[ladder-asks]")
    (problem,) = author.problems(final.check)
    assert problem.what == "No slot of last assesses ladder-back."


def test_points_of_modules_that_are_not_given_out_are_not_asked_for(author: Author):
    author.writes(COURSE, "ready: true\n    points: [ladder-asks", "ready: false\n    points: [ladder-asks")
    author.writes(FINAL, "[ladder-back, ladder-asks]", "[ladder-asks]")
    assert author.problems(final.check) == []


def test_the_final_is_not_measured_as_a_module(author: Author):
    author.writes(COURSE, "graded_items: 2", "graded_items: 3")
    assert [problem.file.name for problem in author.problems(checks.check)] == ["tiny.yml"]


def test_what_the_final_asks_does_not_settle_a_point_for_its_module(author: Author):
    author.writes(COURSE, "settled_by: 1", "settled_by: 2")
    assert [problem.what for problem in author.problems(coverage.check)] == [
        "ladder-back is settled by 1 graded items, not by 2."
    ]


def test_a_check_has_no_more_items_than_the_standards_ask(author: Author):
    author.writes(COURSE, "most_items: 40", "most_items: 1")
    (problem,) = author.problems(checks.check)
    assert problem.what == "The check has 2 graded items; 1 is the most."


def test_a_point_that_says_where_to_look_something_up_may_be_left_out_of_the_final(author: Author):
    author.writes(FINAL, "[ladder-back, ladder-asks]", "[ladder-asks]")
    author.writes("course/points.yml", "id: ladder-back\n", "id: ladder-back\n    look_up: true\n")
    assert author.problems(final.check) == []
