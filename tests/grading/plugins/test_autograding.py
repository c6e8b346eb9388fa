"""What nbgrader is given in place of the submitted notebook."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import determine_grade

from casebook.answers import Answer, append
from grading.plugins.autograding import AnswersExporter

AT = "2026-01-05T09:00:00+00:00"


@pytest.mark.usefixtures("tiny_bank")
def test_the_submitted_notebook_is_never_opened(small: Path):
    submission = small / "grading/submitted/amara/tiny"
    submission.mkdir(parents=True)
    append(submission / "answers.jsonl", Answer("tiny", "tiny-owner", {"choice": "b"}, AT))
    # A folder of that name: whoever opened it would fail.
    (submission / "tiny-check.ipynb").mkdir()
    text, resources = _export(small, submission)
    cells = {
        cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in nbformat.reads(text, as_version=4).cells
    }
    assert determine_grade(cells["tiny-owner"]) == (2, 2)
    assert resources["metadata"]["name"] == "tiny-check"
    assert resources["nbgrader"]["student"] == "amara"


@pytest.mark.usefixtures("tiny_bank")
def test_the_same_submission_gives_the_same_notebook(small: Path, folder: Path):
    assert _export(small, folder)[0] == _export(small, folder)[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission: one item right."""
    append(tmp_path / "answers.jsonl", Answer("tiny", "tiny-owner", {"choice": "b"}, AT))
    return tmp_path


def _export(root: Path, submission: Path) -> tuple[str, dict[str, dict[str, str]]]:
    """What nbgrader gets for a submission, the second time it asks."""
    coursedir = CourseDirectory(root=str(root), source_directory="course/source", assignment_id="tiny")
    converter = Autograde(coursedir=coursedir)
    converter._sanitizing = False
    exporter = AnswersExporter(parent=converter)
    exporter._preprocessors = []
    given = {"nbgrader": {"assignment": "tiny", "notebook": "tiny-check", "student": "amara"}}
    text, resources = exporter.from_filename(str(submission / "tiny-check.ipynb"), resources=given)
    return text, resources
