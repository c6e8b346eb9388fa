from __future__ import annotations

import pytest

from authoring.rules import points
from tests.authoring.author import BANK, LESSON, PRACTICE, STORY, Author, Slip

UNKNOWN = "No teaching point 'nope'"
SLIPS = [
    Slip(BANK, "points: [ladder-asks]", "points: [nope]", UNKNOWN, "points: [nope]"),
    Slip(PRACTICE, "points: [ladder-asks]", "points: [ladder-asks, nope]", UNKNOWN, "nope]"),
    Slip(BANK, "text: Its finder", "text: Its finder\n        points: [nope]", UNKNOWN, "points: [ladder-asks]"),
    Slip(STORY, "points: [ladder-asks]", "points: [nope]", UNKNOWN, "points: [nope]"),
    Slip(LESSON, "{teaches} ladder-asks", "{teaches} ladder-asks nope", UNKNOWN, "## Asking"),
    Slip(BANK, "points: [ladder-asks]", "points: []", "tiny-owner doesn't name a teaching point", "points: []"),
    Slip(PRACTICE, "points: [ladder-back]", "points: []", "tiny-p-which doesn't name a teaching point", "points: []"),
    Slip(STORY, "points: [ladder-asks]", "points: []", "'ask' doesn't name a teaching point", "points: []"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.file.rpartition('/')[2]} {slip}")
def test_a_teaching_point_that_is_not_there_is_named(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(points.check)
    author.is_told(problem, slip)


def test_a_course_that_names_its_points_has_no_problem(author: Author):
    assert author.problems(points.check) == []
