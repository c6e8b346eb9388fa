from __future__ import annotations

import pytest

from authoring.rules import walks
from tests.authoring.author import PLAN, STORY, Author, Slip

JOKE = """\
  - name: Asked, and then a joke
    telling: dry
    choices: [ask, leave, joke]
    ends: cool
    unsafe: 0
"""
SILENT = """\
  - name: Asked, and then silent
    telling: wet
    choices: [ask, leave, nothing]
    ends: alone
    unsafe: 0
"""
WELL, TAKEN = "- name: All well", "- name: Taken, wet, owned up to"
SLIPS = [
    Slip(
        PLAN, "scenario: the-ladder", "scenario: a-ladder", "The plan is for a different scenario", "scenario: a-ladder"
    ),
    Slip(STORY, "id: the-ladder", "id: a-ladder", "The file's name doesn't match", "id: a-ladder"),
    Slip(PLAN, "telling: dry", "telling: fog", "All well: there's no telling 'fog'", WELL),
    Slip(PLAN, "[ask, shelter, truth]", "[ask, shetler, truth]", "All well: 'shetler' is not a choice in", WELL),
    Slip(PLAN, "[take, leave, truth]", "[take, leave, joke]", "up to: 'joke' is not a choice in", TAKEN),
    Slip(PLAN, "[ask, shelter, truth]", "[ask, shelter]", "All well: it stops in scene 'evening'", WELL),
    Slip(PLAN, "ends: friends", "ends: cool", "All well: it ends in 'friends', not in 'cool'", WELL),
    Slip(PLAN, "unsafe: 1", "unsafe: 0", "owned up to: its debrief names 1 unsafe acts, not 0", TAKEN),
    Slip(PLAN, "unsafe: 0", "unsafe: 1", "All well: its debrief names 0 unsafe acts, not 1", WELL),
    Slip(PLAN, "She listens.]", "She sleeps.]", "All well: it never gets to 'She sleeps.'", WELL),
    Slip(PLAN, "She listens.]", "Ada nods.]", "All well: it never gets to 'Ada nods.'", WELL),
    Slip(PLAN, JOKE, "", "No walk takes 'joke' in 'evening'", "- id: joke", STORY),
    Slip(STORY, "- id: wet", "- id: wet\n  - id: fog", "No walk is in telling 'fog'", "- id: fog"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_walk_that_does_not_go_as_planned_is_named(author: Author, slip: Slip):
    author.makes(slip)
    problems = author.problems(walks.check)
    (problem,) = [problem for problem in problems if slip.said in problem.what]
    author.is_told(problem, slip)


def test_an_ending_that_no_walk_comes_to_is_named(author: Author):
    author.writes(PLAN, SILENT, "")
    assert [(problem.line, problem.what) for problem in author.problems(walks.check)] == [
        (author.line(STORY, "- id: nothing"), "No walk takes 'nothing' in 'evening'."),
        (author.line(STORY, "alone:"), "No walk ends in 'alone'."),
    ]


@pytest.mark.parametrize(
    "words",
    ["A ladder leans on a wall.", "Ada waves", "It starts to rain.", "It stays dry.", "Ada looks out.", "kettle on."],
)
def test_a_walk_meets_the_scenes_the_consequences_and_the_ending(author: Author, words: str):
    author.writes(PLAN, "meets: [", f"meets: [{words}, ")
    assert author.problems(walks.check) == []


def test_words_are_met_across_the_breaks_of_a_line(author: Author):
    author.writes(STORY, "told: She thinks about it.", "told: |\n          She thinks\n          about it.")
    author.writes(PLAN, "meets: [", "meets: [She thinks about it., ")
    assert author.problems(walks.check) == []


def test_words_shown_in_another_case_are_not_met(author: Author):
    author.writes(PLAN, "ends: cool\n    unsafe: 1", "ends: cool\n    unsafe: 1\n    meets: [Ada waves]")
    (problem,) = author.problems(walks.check)
    assert problem.what == "Taken, wet, owned up to: it never gets to 'Ada waves'"


def test_a_course_whose_walks_go_as_planned_has_no_problem(author: Author):
    assert author.problems(walks.check) == []
