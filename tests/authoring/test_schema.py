from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from authoring import schema, yamlfile
from authoring.course import CourseFile, PlanFile, PointsFile
from authoring.problems import Problem
from casebook import records
from casebook.kinds import KINDS
from casebook.story import Choice, Passage, Road, Story
from tests.authoring.author import BANK, COURSE, PLAN, POINTS, STORY, Author


def shaped(author: Author, file: str, kind: type[Any], *place: str | int) -> tuple[Any, list[Problem]]:
    return schema.shape(kind, yamlfile.read(author.root / file), place)


def told(author: Author, file: str, kind: type[Any], *place: str | int) -> Problem:
    record, (problem,) = shaped(author, file, kind, *place)
    assert record is None
    assert problem.file == author.root / file
    assert problem.remedy.endswith(".")
    return problem


@pytest.mark.parametrize(
    ("file", "kind"), [(COURSE, CourseFile), (POINTS, PointsFile), (STORY, Story), (PLAN, PlanFile)]
)
def test_a_good_file_becomes_a_record(author: Author, file: str, kind: type[Any]):
    record, problems = shaped(author, file, kind)
    assert isinstance(record, kind)
    assert problems == []


def test_what_stands_in_a_file_becomes_a_record(author: Author):
    item, problems = shaped(author, BANK, KINDS["single"].record, "items", 0)
    assert (item.id, item.options[1].right, problems) == ("tiny-owner", True, [])


def test_a_story_keeps_its_forms(author: Author):
    story, _ = shaped(author, STORY, Story)
    assert isinstance(story.scenes["yard"].text[1], Passage)
    assert isinstance(story.scenes["evening"].choices[0].go[0], Road)
    assert isinstance(story.scenes["evening"].choices[1], Choice)
    assert story.carries == {"trust": 1, "asked": False}
    assert type(story.carries["asked"]) is bool
    assert type(story.carries["trust"]) is int


@pytest.mark.parametrize(
    ("old", "new", "at", "what", "remedy"),
    [
        ("minutes: 1\n", "", "format_version: 1", "'minutes' is missing here.", "Add 'minutes:'"),
        ("title: In the yard", "titel: In the yard", "yard:", "'title' is missing here.", "Add 'title:'"),
        ("begin: yard", "begin: yard\nbegun: yard", "begun: yard", "'begun' isn't a key here.", "Correct its"),
        ("    asks: And now?", "    ask: And now?", "ask: And now?", "'ask' isn't a key here.", "Correct its"),
        ("verdict: sound", "verdict: fine", "verdict: fine", "'verdict' can't be 'fine'.", "Write 'sound', "),
        ("basis: inference", "basis: guess", "basis: guess", "'basis' can't be 'guess'.", "'inference'"),
        ("title: The ladder", "title: 5", "title: 5", "'title' should be text.", "put them in quotes"),
        ("told: It gets wet.", "told: 5", "told: 5", "'told' should be text.", "put them in quotes"),
        ("title: A nod", "title: ", "title:", "'title' should be text.", "put them in quotes"),
        ("minutes: 1", "minutes: two", "minutes: two", "'minutes' should be a whole number.", "without quotes"),
        ("minutes: 1", "minutes: 1.5", "minutes: 1.5", "'minutes' should be a whole number.", "without quotes"),
        ("points: [ladder-asks]", "points: ladder-asks", "points: ladder-asks", "'points' should be a list.", "'- '"),
        ("carries:\n  trust: 1\n  asked: false", "carries: 5", "carries: 5", "'carries' should have keys", "Indent"),
        (
            "- name: Ada\n    who: Your neighbour; the ladder is hers",
            "- Ada",
            "- Ada",
            "'people' should have keys",
            "In",
        ),
    ],
)
def test_what_does_not_have_its_form_is_said_plainly(
    author: Author, old: str, new: str, at: str, what: str, remedy: str
):
    author.writes(STORY, old, new)
    problems = [problem for problem in shaped(author, STORY, Story)[1] if what in problem.what]
    (problem,) = problems
    assert remedy in problem.remedy
    assert problem.line == author.line(STORY, at)


@pytest.mark.parametrize(
    ("old", "new", "at", "what"),
    [
        ("right: true", "right: maybe", "right: maybe", "'right' should be true or false."),
        ("marks: 2", "marks: many", "marks: many", "'marks' should be a number."),
        ("        text: Its finder\n", "", "- id: a", "'text' is missing here."),
        ("stem: Who", "stam: Who", "- id: tiny-owner", "'stem' is missing here."),
        ("text: Its finder", "text: Its finder\n        key: true", "key: true", "'key' isn't a key here."),
    ],
)
def test_a_problem_inside_a_list_has_its_own_line(author: Author, old: str, new: str, at: str, what: str):
    author.writes(BANK, old, new)
    _, problems = shaped(author, BANK, KINDS["single"].record, "items", 0)
    (problem,) = [problem for problem in problems if what in problem.what]
    lines = (author.root / BANK).read_text(encoding="utf-8").splitlines()
    assert problem.line == 1 + next(n for n, line in enumerate(lines) if line.strip() == at or at in line)


def test_every_problem_is_said_at_once(author: Author):
    author.writes(STORY, "minutes: 1", "minutes: two")
    author.writes(STORY, "verdict: sound", "verdict: fine")
    author.writes(STORY, "go: alone", "goes: alone")
    _, problems = shaped(author, STORY, Story)
    assert len(problems) == 4  # the last is two: 'go' is missing, and nothing is called 'goes'


def test_a_value_that_fits_none_of_its_forms_is_one_problem(author: Author):
    author.writes(STORY, "go: alone", "go: 5")
    assert told(author, STORY, Story).line == author.line(STORY, "go: 5")


@pytest.mark.parametrize("version", ["2", "'1'", "", "1.5"])
def test_another_format_version_is_said(author: Author, version: str):
    author.writes(STORY, "format_version: 1", f"format_version: {version}")
    record, (problem,) = shaped(author, STORY, Story)
    assert isinstance(record, Story)
    assert (problem.line, problem.what) == (1, "The file's 'format_version' isn't 1.")


def test_no_format_version_is_said(author: Author):
    author.writes(STORY, "format_version: 1\n", "")
    _, (problem,) = shaped(author, STORY, Story)
    assert problem.what == "The file's 'format_version' isn't 1."
    assert "Start with 'format_version: 1'" in problem.remedy


def test_the_file_is_left_as_it_was_read(author: Author):
    file = yamlfile.read(author.root / STORY)
    schema.shape(Story, file)
    assert file.data["format_version"] == 1


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kinds_own_example_can_be_written(kind: Any, tmp_path: Path):
    item, _ = kind.examples()
    path = tmp_path / "items.yml"
    path.write_text(json.dumps({"format_version": 1, "items": [records.dump(item)]}), encoding="utf-8")
    assert schema.shape(kind.record, yamlfile.read(path), ("items", 0)) == (item, [])
