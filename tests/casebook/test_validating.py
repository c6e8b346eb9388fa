"""nbgrader's Validate on a trainee's copy of a check: it looks for answers, and no empty check is a success."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest

import casebook
from casebook import validating
from casebook.desk import Desk
from casebook.kinds import KINDS
from tests import kinds_course
from tests.grading.machine import environment

VALIDATING = "NBGRADER_EXECUTION"


def test_each_open_question_says_so_and_how_many_are_open(check_folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VALIDATING, "validate")
    with chdir(check_folder), pytest.raises(validating.NoAnswerYet) as raised:
        casebook.item("tiny", "tiny-owner")
    said = "This question has no answer yet. 0 of 2 questions answered. Still open: questions 1, 2."
    assert raised.value._render_traceback_() == [said]


def test_an_answered_question_passes_and_the_open_one_does_not(check_folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VALIDATING, "validate")
    Desk(check_folder).keep("tiny", "tiny-owner", {"choice": "a"})
    with chdir(check_folder):
        assert casebook.item("tiny", "tiny-owner").view["type"] == "item"
        with pytest.raises(validating.NoAnswerYet, match="Still open: question 2"):
            casebook.item("tiny", "tiny-return")


def test_a_slot_is_looked_for_under_whatever_variant_the_trainee_has(small: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VALIDATING, "validate")
    folder = small / "course/source/last"
    Desk(folder).keep("last", "last-ask-b", {"choice": "b"})
    with chdir(folder):
        assert casebook.slot("last", "last-ask").view["type"] == "item"
        with pytest.raises(validating.NoAnswerYet, match="1 of 2 questions answered"):
            casebook.slot("last", "last-back")


def test_while_only_a_written_answer_is_open_every_tested_cell_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VALIDATING, "validate")
    folder = kinds_course.make(tmp_path / "course") / "course/source" / kinds_course.SLUG
    items = json.loads((folder / "items.json").read_text())["items"]
    for kind in (KINDS[item["kind"]] for item in items):
        if not kind.manual:
            _item, examples = kind.examples()
            given = next(one.given for one in examples if not one.refused)
            Desk(folder).keep(kinds_course.SLUG, f"kinds-{kind.name}", given)
    with chdir(folder), pytest.raises(validating.NoAnswerYet, match="is answered, but not every question is"):
        casebook.item(kinds_course.SLUG, "kinds-single")


def test_in_a_trainees_own_kernel_nothing_is_validated(check_folder: Path):
    with chdir(check_folder):
        assert casebook.item("tiny", "tiny-owner").view["type"] == "item"


def test_a_check_whose_questions_are_missing_is_no_success(small: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VALIDATING, "validate")
    folder = small / "course/source/tiny"
    (folder / "items.json").unlink()
    with chdir(folder), pytest.raises(validating.NoAnswerYet, match="belongs next to this notebook"):
        casebook.item("tiny", "tiny-owner")


def test_nbgrader_validate_says_how_many_questions_are_open(small: Path, tmp_path: Path):
    folder = shutil.copytree(small / "course/source/tiny", tmp_path / "tiny")
    notebook = json.loads((folder / "tiny-check.ipynb").read_text())
    for cell in notebook["cells"]:
        cell["source"] = cell["source"][:1] if cell["cell_type"] == "code" else cell["source"]  # as it is released
    (folder / "tiny-check.ipynb").write_text(json.dumps(notebook))
    Desk(folder).keep("tiny", "tiny-owner", {"choice": "a"})
    said = subprocess.run(
        [
            str(Path(sys.executable).with_name("nbgrader")),
            "validate",
            "--Validator.ignore_checksums=True",
            "tiny-check.ipynb",
        ],
        cwd=folder,
        env=environment(tmp_path, tmp_path / "home"),
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert "Success" not in said
    assert "VALIDATION FAILED ON 1 CELL(S)" in said
    assert "1 of 2 questions answered. Still open: question 2." in said
