"""The feedback page of a check. ``c.GenerateFeedback.exporter_class`` is this class.

One HTML file without script and with nothing from elsewhere: it can be mailed, printed and kept.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from markdown_it import MarkdownIt
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from casebook.results import Result
from grading import bank
from grading.exporter import is_written

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


class StillToMark(NbGraderPreprocessor):
    """Notes on each written answer whether its marks are still to come; nbgrader would show it as zero."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """The notebook with ``waits`` on such cells."""
        given = resources["nbgrader"]
        with Gradebook(given["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(given["notebook"], given["assignment"], given["student"])
            waiting = {
                grade.name for grade in notebook.grades if grade.auto_score is None and grade.manual_score is None
            }
        for cell in nb.cells:
            if is_written(cell):
                cell.metadata.casebook["waits"] = cell.metadata.nbgrader.grade_id in waiting
        return nb, resources


class FeedbackExporter(HTMLExporter):
    """Turns a graded notebook, with the gradebook's scores and comments, into the trainee's page."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_options: Any
    ) -> tuple[Any, Any]:
        """The page for a graded notebook; nbgrader's own steps put scores and comments in first."""
        nb, resources = self._preprocess(nb, self._init_resources(resources or {}))
        nbgrader = resources["nbgrader"]
        return page(nb, nbgrader), resources


def alone(nb: NotebookNode, result: Result, student: str) -> str:
    """The page of a self-graded check, whose cells have their marks."""
    about = {"assignment": result.module, "student": student, "score": result.score, "max_score": result.most}
    return page(nb, about, waits=result.waits, self_graded=True)


def page(nb: NotebookNode, nbgrader: dict[str, Any], *, waits: float = 0, self_graded: bool = False) -> str:
    """The page as HTML. ``nbgrader`` holds assignment, student, score, max_score and late_penalty.

    Where nobody but the course graded it, it says so, and what ``waits`` for marks that will not come.
    """
    info, check = bank.course(), nbgrader["assignment"]
    score, most = float(nbgrader["score"]), float(nbgrader["max_score"])
    parts = [part for cell in nb.cells if (part := _part(cell))]
    return _template().render(
        course=info.title,
        title=info.titles.get(check, check),
        student=nbgrader["student"],
        score=_number(score),
        most=_number(most),
        late=_number(float(nbgrader.get("late_penalty") or 0)),
        pass_percent=round(info.pass_mark_of(check) * 100),
        met=info.met(check, score, most),
        waits=any(part.get("waits") for part in parts),
        uncounted=_number(waits),
        self_graded=self_graded,
        parts=parts,
    )


def _part(cell: NotebookNode) -> dict[str, Any] | None:
    """A cell as a part of the page; nothing for a cell that shows nothing."""
    nbgrader = cell.metadata.get("nbgrader", {})
    if cell.cell_type == "markdown":
        if is_written(cell):
            return _written(cell)
        if nbgrader.get("task"):
            return {"comment": _comment(cell)} if nbgrader.get("comment") else None
        page_only = cell.metadata.get("casebook", {}).get("page_only")
        return None if page_only else {"words": _markdown(cell.source)}
    if not nbgrader.get("grade"):
        return None
    html = "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)
    # Made by item_feedback from the bank, every word escaped.
    return {"item": Markup(html), "marks": _marks(cell)}  # noqa: S704


def _written(cell: NotebookNode) -> dict[str, Any]:
    """A written answer with its marks, or without them yet, and what the instructor says of it."""
    return {
        # Made by item_feedback too; of what the trainee wrote nothing can act (item_feedback.inert).
        "item": Markup(cell.source),  # noqa: S704
        "marks": _marks(cell),
        "waits": cell.metadata.casebook.get("waits", False),
        "remark": _comment(cell),
    }


def _marks(cell: NotebookNode) -> dict[str, str]:
    nbgrader = cell.metadata.nbgrader
    return {"score": _number(nbgrader["score"]), "most": _number(nbgrader["points"])}


def _comment(cell: NotebookNode) -> Markup | None:
    comment = cell.metadata.nbgrader.get("comment")
    return _markdown(comment) if comment else None


def _markdown(source: str) -> Markup:
    # The parser escapes all HTML in it (html: False).
    return Markup(_MARKDOWN.render(source))  # noqa: S704


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


@cache
def _template() -> Template:
    folder = Path(__file__).parent / "templates"
    return Environment(loader=FileSystemLoader(folder), autoescape=True).get_template("feedback.html.j2")
