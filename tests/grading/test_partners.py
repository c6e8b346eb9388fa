"""The trainee's partners never leave with a check: not what is submitted, and not what is graded or given back.

tiny-owner is worth 2 (right: b), tiny-return 3 (right: a b). The trainee answers b, and a b.
"""

from __future__ import annotations

import shutil
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest

import casebook
from casebook.answers import FILE_NAME, Answer, append
from casebook.partner_map import MODULE, Partner, given
from casebook.widgets.partners import PartnersPanel
from grading.nbgrader_steps import Steps
from tests.casebook.widgets.page import Page
from tests.grading.machine import Machine, marks

AT = "2026-01-05T09:00:00+00:00"
KEY = "partner-aaaaaaaa"
RECORDED = "Riverside Haven"
PLANTED = "Planted Haven"


@dataclass(frozen=True)
class Trip:
    """The course's root, and the trainee's folder with the lessons and the check in it."""

    root: Path
    folder: Path


@pytest.fixture(scope="module")
def trip(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Trip:
    base = tmp_path_factory.mktemp("partners")
    root = shutil.copytree(small_built, base / "course")
    folder = shutil.copytree(small_built / "course/modules", base / "trainee")
    steps = Steps(root, cache=base / "cache")
    steps.generate_assignment("tiny")
    steps.release_assignment("tiny")
    steps.fetch_assignment("tiny", folder)
    _record(folder)
    for student in ("mapper", "planter"):
        answers = folder / "tiny" / FILE_NAME
        append(answers, Answer("tiny", "tiny-owner", {"choice": "b"}, AT))
        append(answers, Answer("tiny", "tiny-return", {"choices": ["a", "b"]}, AT))
        if student == "planter":
            # By hand, past every door: lines of partners in the check's own file.
            append(answers, Answer(MODULE, KEY, given(Partner(organization=PLANTED)), AT))
            append(answers, Answer(MODULE, "tiny-owner", {"choice": "a"}, AT))
        steps.submit("tiny", folder, student)
    steps.collect("tiny")
    (base / "home").mkdir()
    for command in ("autograde", "generate_feedback"):
        said = Machine(root, base / "home", root).run("nbgrader", command, "tiny")
        assert said.returncode == 0, said.stderr
    return Trip(root, folder)


def _record(folder: Path) -> None:
    """Records a partner in the lesson, as its page does."""
    with chdir(folder):
        panel = casebook.partners("tiny")
        assert isinstance(panel, PartnersPanel)
        Page(panel).done("save", id=KEY, partner={"organization": RECORDED})


def holding(words: str, *folders: Path) -> list[str]:
    """The names of the files that hold the words."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sorted(path.name for path in files if words.encode() in path.read_bytes())


def test_the_trainee_has_recorded_a_partner(trip: Trip):
    assert holding(RECORDED, trip.folder) == [FILE_NAME]


@pytest.mark.parametrize("words", [RECORDED, KEY])
def test_a_submission_holds_no_partner(trip: Trip, words: str):
    mapper = trip.root / "grading/submitted/mapper"
    assert {path.name for path in mapper.rglob("*") if path.is_file()} >= {FILE_NAME, "tiny-check.ipynb"}
    assert holding(words, mapper) == []


def test_nothing_that_the_instructor_has_holds_a_recorded_partner(trip: Trip):
    assert holding(RECORDED, trip.root) == []


def test_partners_planted_in_a_submission_are_not_read_by_grading(trip: Trip):
    whole = {"tiny-owner": 2, "tiny-return": 3}
    assert marks(trip.root, "tiny") == {"mapper": whole, "planter": whole}
    graded = [trip.root / "grading" / place for place in ("autograded", "feedback", "gradebook.db")]
    assert set(holding(PLANTED, *graded[:2])) <= {FILE_NAME}
    assert PLANTED.encode() not in graded[2].read_bytes()
    assert holding("lends a ladder", *graded[:2]).count("tiny-check.html") == 2  # what is there would be found


def test_no_check_has_the_name_under_which_partners_are_kept(trip: Trip):
    assert MODULE not in {path.name for path in (trip.root / "course/source").iterdir()}
