from __future__ import annotations

import pytest

from authoring.rules import conditions
from tests.authoring.author import STORY, Author, Slip

SLIPS = [
    Slip(STORY, "when: trust >= 2", "when: turst >= 2", "doesn't carry 'turst'", "when: turst"),
    Slip(STORY, "when: asked\n", "when: aksed\n", "doesn't carry 'aksed'", "when: aksed"),
    Slip(STORY, "when: asked and trust", "when: asekd and trust", "doesn't carry 'asekd'", "when: asekd"),
    Slip(STORY, "when: trust >= 2", "when: trust >=", "'trust >=' is not a condition like", "when: trust >="),
    Slip(STORY, "when: trust >= 2", "when: f(trust)", "only names, numbers", "when: f(trust)"),
    Slip(STORY, "when: trust >= 2", "when: trust == 'high'", "'high'", "when: trust == 'high'"),
    Slip(STORY, "when: trust >= 2", "when: trust in 2", "trust in 2", "when: trust in 2"),
    Slip(STORY, "when: trust >= 2", "when: trust is 2", "trust is 2", "when: trust is 2"),
    Slip(STORY, "told: You go home.", "told: [{text: x, when: nope}]", "doesn't carry 'nope'", "when: nope"),
    Slip(STORY, "set: {asked: true}", "set: {aksed: true}", "doesn't carry 'aksed'", "set: {aksed"),
    Slip(STORY, "add: {trust: -1}", "add: {turst: -1}", "doesn't carry 'turst'", "add: {turst"),
    Slip(STORY, "carries: {trust: 2}", "carries: {turst: 2}", "doesn't carry 'turst'", "carries: {turst"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_condition_or_a_change_that_makes_no_sense_is_named(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(conditions.check)
    author.is_told(problem, slip)


def test_each_unknown_name_of_a_condition_is_named(author: Author):
    author.writes(STORY, "when: trust >= 2", "when: turst >= 2 or aksed")
    assert ["aksed" in p.what or "turst" in p.what for p in author.problems(conditions.check)] == [True, True]


def test_a_course_whose_conditions_make_sense_has_no_problem(author: Author):
    assert author.problems(conditions.check) == []
