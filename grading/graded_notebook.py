"""The notebook to grade, rebuilt from the source notebook and the answers. Pure: it imports nothing of nbgrader.

Both ways of grading go through here: nbgrader's own (``grading.plugins``) and a trainee's own (``grading.alone``).
"""

from __future__ import annotations

from copy import copy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from casebook.kinds.written import WrittenItem
from grading import item_feedback
from grading.marking import task
from grading.scoring import Result, Scorer


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
    if scorer.unanswered:
        cells.insert(1, _no_answers(scorer))
    notebook = copy(blank)
    notebook.cells = cells
    return notebook


def _no_answers(scorer: Scorer) -> NotebookNode:
    """Says that there was nothing to score; the feedback page goes by its metadata."""
    about = {"no_answers": True, "trouble": scorer.trouble or ""}
    words = "**We didn't get any answers for this check.**"
    return nbformat.v4.new_markdown_cell(words, id="no-answers", metadata={"casebook": about})


def has_no_answers(notebook: NotebookNode) -> NotebookNode | None:
    """The cell that says so, in the graded notebook of a submission without answers."""
    told = (cell for cell in notebook.cells if cell.metadata.get("casebook", {}).get("no_answers"))
    return next(told, None)


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
