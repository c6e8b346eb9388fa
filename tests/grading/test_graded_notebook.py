"""The graded notebook: rebuilt from the source and the answers, whatever was submitted."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from casebook.answers import Answer, append
from casebook.kinds.base import Item
from grading.graded_notebook import rebuilt
from grading.scoring import Scorer

AT = "2026-01-05T09:00:00+00:00"


@pytest.fixture
def source(small_built: Path) -> Path:
    return small_built / "course/source/tiny/tiny-check.ipynb"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission: one item right, of the other one right pick of two."""
    append(tmp_path / "answers.jsonl", Answer("tiny", "tiny-owner", {"choice": "b"}, AT))
    append(tmp_path / "answers.jsonl", Answer("tiny", "tiny-return", {"choices": ["a"]}, AT))
    return tmp_path


@pytest.fixture
def notebook(source: Path, folder: Path, items: dict[str, Item]) -> NotebookNode:
    return rebuilt(source, Scorer("tiny", folder, items))


def grade_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    marked = (cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade"))
    return {cell.metadata.nbgrader.grade_id: cell for cell in marked}


def test_nbgrader_reads_the_marks_from_each_graded_cell(notebook: NotebookNode):
    read = {id: determine_grade(cell) for id, cell in grade_cells(notebook).items()}
    assert read == {"tiny-owner": (2, 2), "tiny-return": (1.5, 3)}


def test_a_graded_cell_shows_the_feedback(notebook: NotebookNode):
    (output,) = grade_cells(notebook)["tiny-return"].outputs
    assert "You didn&#x27;t choose this: it is right." in output.data["text/html"]
    assert output.data["text/plain"] == "1.5"


def test_nothing_is_left_that_could_be_run(notebook: NotebookNode):
    assert {cell.source for cell in notebook.cells if cell.cell_type == "code"} == {""}


def test_the_words_of_the_check_are_those_of_the_source(notebook: NotebookNode, source: Path):
    words = [cell.source for cell in nbformat.read(source, as_version=4).cells if cell.cell_type == "markdown"]
    assert [cell.source for cell in notebook.cells if cell.cell_type == "markdown"] == words
    assert "Some days later." in words


def test_cells_that_are_not_graded_have_no_output(notebook: NotebookNode):
    graded = grade_cells(notebook).values()
    others = [cell for cell in notebook.cells if cell.cell_type == "code" and cell not in graded]
    assert others
    assert not any(cell.outputs for cell in others)


def test_it_is_a_valid_notebook(notebook: NotebookNode):
    nbformat.validate(notebook)


def test_a_damaged_answers_file_is_told_of_near_the_top(source: Path, folder: Path, items: dict[str, Item]):
    with (folder / "answers.jsonl").open("ab") as file:
        file.write(b"torn")
    notebook = rebuilt(source, Scorer("tiny", folder, items))
    assert notebook.cells[1].source == "**1 line of the answers file could not be read and was skipped.**"
    nbformat.validate(notebook)
