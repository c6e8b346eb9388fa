"""Autograding from data: nbgrader's own steps, on a notebook rebuilt from the source and the answers.

``c.Autograde.exporter_class`` is this class. The submitted notebook is never opened, so whatever is
in it has no effect: no cell of it runs, no output or metadata of it counts.
"""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from casebook.kinds.written import WrittenItem
from grading import gradebook, item_feedback
from grading.marking import task
from grading.scoring import Result, Scorer


class AnswersExporter(NotebookExporter):
    """Gives nbgrader the graded notebook in place of the submitted one."""

    def from_filename(self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any) -> tuple[Any, Any]:
        """The notebook for the submission in which ``filename`` lies; ``filename`` itself is not read.

        nbgrader asks twice. What it is given while it "sanitizes" it writes down, and then over: an empty one will do.
        """
        given = ResourcesDict()
        given.update(resources or {})
        nbgrader = given["nbgrader"]
        coursedir = self.parent.coursedir
        folder = coursedir.format_path(coursedir.source_directory, ".", nbgrader["assignment"])
        source = Path(folder) / f"{nbgrader['notebook']}.ipynb"
        if getattr(self.parent, "_sanitizing", False):
            notebook = nbformat.v4.new_notebook()
        else:
            notebook = rebuilt(source, Scorer(nbgrader["assignment"], Path(filename).parent))
        given["metadata"] = ResourcesDict()
        given["metadata"]["name"] = nbgrader["notebook"]
        return super().from_notebook_node(notebook, resources=given, **kwargs)


class SaveMarks(NbGraderPreprocessor):
    """Writes a submission's marks into the gradebook, in place of nbgrader's ``SaveAutoGrades``: the same rows, sooner.

    That one asks the gradebook for each cell by itself, and marks every task as waiting for an instructor, for ever. A
    task that is worth nothing (the one for comments) does not wait, nor does a written answer that is blank: it scores
    nothing. One with a text does; so does one that has manual marks from before, as with nbgrader's own written
    answers, for the text may be another now. Manual marks are kept.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """The same notebook; only the gradebook changes."""
        given = resources["nbgrader"]
        marks = {cell.metadata.nbgrader.grade_id: _marks(cell) for cell in nb.cells if _is_scored(cell)}
        gradebook.set_marks(given["db_url"], given["assignment"], given["student"], marks)
        return nb, resources


def _is_scored(cell: NotebookNode) -> bool:
    return is_written(cell) or bool(cell.metadata.get("nbgrader", {}).get("grade"))


def _marks(cell: NotebookNode) -> float | None:
    if is_written(cell):
        marks: float | None = cell.metadata.casebook.score
        return marks
    return float(cell.outputs[0].data["text/plain"])


def is_written(cell: NotebookNode) -> bool:
    """Whether ``cell`` is the task by which an instructor marks an item, with the answer to it."""
    return "score" in cell.metadata.get("casebook", {})


def rebuilt(source: Path, scorer: Scorer) -> NotebookNode:
    """The source notebook, graded (see :func:`graded`)."""
    return graded(blank(source), scorer)


def blank(source: Path) -> NotebookNode:
    """The source notebook without its code: what is the same for whoever answers."""
    notebook: NotebookNode = nbformat.read(source, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = ""
    return notebook


def graded(blank: NotebookNode, scorer: Scorer) -> NotebookNode:
    """``blank`` with each graded cell's score and feedback: as its output, or as a task's own words.

    ``blank`` stays as it is; the cells that are the same for everybody are shared with it.
    """
    cells = [_graded(cell, scorer) for cell in blank.cells]
    if scorer.trouble:
        cells.insert(1, nbformat.v4.new_markdown_cell(f"**{scorer.trouble}**", id="answers-trouble"))
    notebook = copy(blank)
    notebook.cells = cells
    return notebook


def _graded(cell: NotebookNode, scorer: Scorer) -> NotebookNode:
    nbgrader = cell.metadata.get("nbgrader", {})
    if nbgrader.get("grade"):
        result = scorer.result(nbgrader.grade_id)
        changed = _with_facts(cell, result)
        changed.outputs = [_output(result)]
        return changed
    if nbgrader.get("task") and scorer.grades(nbgrader.grade_id):
        result = scorer.result(nbgrader.grade_id)
        changed = _with_facts(cell, result)
        changed.source = _task(result)
        return changed
    return cell


def _task(result: Result) -> str:
    """What the instructor marks by."""
    if isinstance(result.item, WrittenItem):
        return task.to_html(result.item, result)
    return item_feedback.to_html(result)


def _with_facts(cell: NotebookNode, result: Result) -> NotebookNode:
    """A copy of ``cell`` that knows what its feedback page has to tell of the result."""
    changed = copy(cell)
    changed.metadata = copy(cell.metadata)
    changed.metadata["casebook"] = NotebookNode(item_feedback.facts(result))
    return changed


def _output(result: Result) -> NotebookNode:
    """The marks as plain text, which nbgrader reads as partial credit, and the feedback as HTML."""
    data = NotebookNode({"text/plain": repr(result.marks), "text/html": item_feedback.to_html(result)})
    # Not by nbformat's own function: it looks each one over by its schema, which takes longer than all the rest.
    return NotebookNode(output_type="execute_result", execution_count=1, metadata=NotebookNode(), data=data)
