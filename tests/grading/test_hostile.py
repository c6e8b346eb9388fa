"""Hostile submissions: each scores what its answers file says, nothing of it runs, and nobody else is held up.

tiny-owner is worth 2 (right: b), tiny-return 3 (right: a b). The good answers are b, and a alone: 2 + 1/2 * 3.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from casebook.answers import FILE_NAME, Answer, append
from grading.bank import ROOT
from grading.nbgrader_steps import Steps
from grading.refused import StepFailed
from tests.grading.hostile import CASES, FORGED, NOTEBOOK, code
from tests.grading.machine import Machine, marks

AT = "2026-01-05T09:00:00+00:00"
GOOD = {"tiny-owner": 2, "tiny-return": 1.5}
NOTHING = {"tiny-owner": 0, "tiny-return": 0}
OWNER = '{{"v": 1, "at": "", "module": "tiny", "id": "tiny-owner", "given": {}}}'

ODD_ANSWERS: dict[str, str] = {
    "an option that does not exist": OWNER.format('{"choice": "z"}'),
    "a number": OWNER.format('{"choice": 1000}'),
    "a number beyond all numbers": OWNER.format('{"choice": 1e999}'),
    "not a number": OWNER.format('{"choice": NaN}'),
    "a number of many digits": OWNER.format('{"choice": ' + "9" * 50_000 + "}"),
    "a list": OWNER.format('{"choice": ["b"]}'),
    "nothing": OWNER.format("null"),
    "a word": OWNER.format('"b"'),
    "marks of its own": OWNER.format('{"choice": "b", "marks": 1000, "share": 1}'),
    "markup": OWNER.format('{"choice": "<script>alert(1)</script>"}'),
    "a lone surrogate": OWNER.format('{"choice": "\\ud800"}'),
    "nested deeply": OWNER.format('{"choice": ' + "[" * 400 + "]" * 400 + "}"),
    "nested without end": OWNER.format("[" * 90_000),
    "a line of five megabytes": OWNER.format('{"choice": "' + "b" * 5_000_000 + '"}'),
    "for another check": OWNER.format('{"choice": "b"}').replace('"tiny"', '"other"'),
    "of another version": OWNER.format('{"choice": "b"}').replace('"v": 1', '"v": 99'),
}


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "inside").write_text("x")


ODD_FILES: dict[str, Callable[[Path], object]] = {
    "no file": lambda path: path.unlink(missing_ok=True),
    "an empty file": lambda path: path.write_bytes(b""),
    "a folder": _folder,
    "bytes that are no text": lambda path: path.write_bytes(bytes(range(256)) * 1000),
    "a notebook": lambda path: path.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'),
}


@dataclass(frozen=True)
class Graded:
    """A class with hostile submissions after autograding and making feedback."""

    root: Path
    traces: Path
    outside: Path
    said: list[subprocess.CompletedProcess[str]]
    marks: dict[str, dict[str, float | None]]
    bulk: Path
    said_in_bulk: list[subprocess.CompletedProcess[str]]

    def page(self, name: str) -> str:
        return (self.root / "grading/feedback" / name / "tiny/tiny-check.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graded(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    base = tmp_path_factory.mktemp("hostile")
    for name in ("traces", "home", "fetched"):
        (base / name).mkdir()
    root = shutil.copytree(small_built, base / "course")
    steps = Steps(root, cache=base / "cache")
    steps.generate_assignment("tiny")
    steps.release_assignment("tiny")
    steps.fetch_assignment("tiny", base / "fetched")
    for name, case in CASES.items():
        case(_copy(base, name), _tell(base / "traces", name))
        _good_answers(base / name / "tiny")
    for name, line in ODD_ANSWERS.items():
        append(_copy(base, name) / FILE_NAME, Answer("tiny", "tiny-return", {"choices": ["a"]}, AT))
        with (base / name / "tiny" / FILE_NAME).open("a") as file:
            file.write(line + "\n")
    for name, make in ODD_FILES.items():
        make(_copy(base, name) / FILE_NAME)
    for name in ("first of the class", "zoe, last of the class"):
        _copy(base, name)
        _good_answers(base / name / "tiny")
    for folder in sorted(base.glob("*/tiny")):
        if folder.parent.name != "fetched":
            steps.submit("tiny", folder.parent, _student(folder.parent.name))
    steps.collect("tiny")
    _without_its_notebook(root)
    machine = Machine(root, base / "home", root)
    bulk = Path(shutil.copytree(root, base / "bulk"))
    # Far less than the hour that a submission's own code would take.
    said = [machine.run("nbgrader", step, "tiny", seconds=900) for step in ("autograde", "generate_feedback")]
    instructor = Machine(bulk, base / "home", ROOT)
    in_bulk = [instructor.run("python", "-m", "grading", step, seconds=900) for step in ("autograde", "feedback")]
    return Graded(root, base / "traces", base, said, marks(root, "tiny"), bulk, in_bulk)


def _copy(base: Path, name: str) -> Path:
    return shutil.copytree(base / "fetched/tiny", base / name / "tiny")


def _good_answers(folder: Path) -> None:
    append(folder / FILE_NAME, Answer("tiny", "tiny-owner", {"choice": "b"}, AT))
    append(folder / FILE_NAME, Answer("tiny", "tiny-return", {"choices": ["a"]}, AT))


def _without_its_notebook(root: Path) -> None:
    """A submission that nbgrader's own submit would refuse, put among the collected ones."""
    folder = root / "grading/submitted/mm-without/tiny"
    folder.mkdir(parents=True)
    _good_answers(folder)
    (folder / "renamed.ipynb").write_text("{}")


def _student(name: str) -> str:
    return name.replace(" ", "-").replace(",", "")


def _tell(traces: Path, name: str) -> str:
    """Python that leaves a trace of having been run."""
    return f"open({str(traces / _student(name))!r}, 'w').close()"


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_submission_scores_what_its_answers_file_says(graded: Graded, case: str):
    assert graded.marks[_student(case)] == GOOD


@pytest.mark.parametrize("case", CASES)
def test_its_feedback_page_is_like_everybody_elses(graded: Graded, case: str):
    page = graded.page(_student(case))
    assert FORGED not in page
    assert "<script" not in page
    assert page.replace(_student(case), "X") == graded.page("first-of-the-class").replace("first-of-the-class", "X")


def test_nothing_of_any_submission_was_run(graded: Graded):
    assert list(graded.traces.iterdir()) == []


def test_the_traps_would_have_been_noticed(graded: Graded, tmp_path: Path):
    folder = shutil.copytree(graded.outside / "fetched/tiny", tmp_path / "tiny")
    code("pass")(folder, _tell(tmp_path, "a cell"))
    CASES["brings a grading"](folder, _tell(tmp_path, "a module"))
    cells = json.loads((folder / NOTEBOOK).read_text())["cells"]
    subprocess.run([sys.executable, "-c", cells[0]["source"]], cwd=folder, check=True)
    subprocess.run([sys.executable, "-c", "import grading"], cwd=folder, check=True)
    assert (tmp_path / "a-cell").exists()
    assert (tmp_path / "a-module").exists()


def test_in_bulk_everybody_has_the_same_marks_and_the_same_page(graded: Graded):
    assert marks(graded.bulk, "tiny") == graded.marks
    for name in graded.marks:
        page = graded.bulk / "grading/feedback" / name / "tiny/tiny-check.html"
        assert page.read_text(encoding="utf-8") == graded.page(name)


def test_in_bulk_each_file_that_could_not_be_read_is_one_line(graded: Graded):
    autograde, feedback = graded.said_in_bulk
    assert (autograde.stderr, feedback.stderr, feedback.returncode) == ("", "", 0)
    assert autograde.stdout.startswith("tiny: 60 submissions graded.\n")
    assert "  nothing: 1 line of the answers file could not be read and was skipped." in autograde.stdout


@pytest.mark.parametrize("name", ["first-of-the-class", "zoe-last-of-the-class"])
def test_the_rest_of_the_class_is_graded_all_the_same(graded: Graded, name: str):
    assert graded.marks[name] == GOOD


@pytest.mark.parametrize("odd", ODD_ANSWERS)
def test_an_odd_answer_scores_nothing_and_spoils_no_other(graded: Graded, odd: str):
    assert graded.marks[_student(odd)] == {"tiny-owner": 0, "tiny-return": 1.5}
    assert "<script" not in graded.page(_student(odd))


@pytest.mark.parametrize("odd", ODD_FILES)
def test_a_submission_without_a_readable_answer_scores_nothing(graded: Graded, odd: str):
    assert graded.marks[_student(odd)] == NOTHING
    assert "No answers arrived" in graded.page(_student(odd))


def test_the_source_and_the_bank_are_as_they_were(graded: Graded, small_built: Path):
    for name in ("course/source/tiny/tiny-check.ipynb", "course/source/tiny/items.json", "grading/bank/tiny.yml"):
        assert (graded.root / name).read_bytes() == (small_built / name).read_bytes()


def test_the_answers_of_a_submission_without_its_notebook_count_and_it_is_named(graded: Graded):
    autograde, feedback = graded.said
    assert (autograde.returncode, feedback.returncode) == (0, 0), autograde.stderr
    assert graded.marks["mm-without"] == GOOD
    assert autograde.stderr.count("mm-without: tiny-check.ipynb is missing; the answers still count.") == 1
    assert "error processing assignment" not in autograde.stderr


def test_submitting_without_the_notebook_is_refused_with_a_reason(graded: Graded, tmp_path: Path):
    folder = shutil.copytree(graded.outside / "fetched/tiny", tmp_path / "tiny")
    (folder / NOTEBOOK).rename(folder / "renamed.ipynb")
    with pytest.raises(StepFailed, match="There are missing notebooks for the submission"):
        Steps(graded.root, cache=tmp_path / "cache").submit("tiny", tmp_path, "renamer")
