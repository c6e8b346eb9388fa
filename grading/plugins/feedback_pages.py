"""nbgrader's feedback step on this course's page: ``c.GenerateFeedback`` names both classes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters.base import BaseConverter
from nbgrader.preprocessors import NbGraderPreprocessor

from grading import attempts, feedback
from grading.gradebook import Student
from grading.graded_notebook import is_written
from grading.plugins import finding


class StillToMark(NbGraderPreprocessor):
    """Notes on each written answer whether its marks are still to come; nbgrader would show it as zero.

    And what the trainee is called: nbgrader hands on the id alone.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """The notebook with ``waits`` on such cells, and the trainee's name beside nbgrader's own words."""
        given = resources["nbgrader"]
        with Gradebook(given["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(given["notebook"], given["assignment"], given["student"])
            student = notebook.student
            given["name"] = Student(student.id, student.first_name or "", student.last_name or "").name
            waiting = {
                grade.name for grade in notebook.grades if grade.auto_score is None and grade.manual_score is None
            }
        for cell in nb.cells:
            if is_written(cell):
                cell.metadata.casebook["waits"] = cell.metadata.nbgrader.grade_id in waiting
        return nb, resources


class FeedbackExporter(HTMLExporter):
    """Turns a graded notebook, with the gradebook's scores and comments, into the trainee's page."""

    def __init__(self, *args: Any, **more: Any) -> None:
        """nbgrader makes it once it has found what to work on: see :mod:`grading.plugins.finding`."""
        super().__init__(*args, **more)
        finding.of(self.parent)

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_options: Any
    ) -> tuple[Any, Any]:
        """The page for a graded notebook; nbgrader's own steps put scores and comments in first."""
        nb, resources = self._preprocess(nb, self._init_resources(resources or {}))
        nbgrader = resources["nbgrader"]
        return feedback.page(nb, {**nbgrader, **self._attempts(nbgrader["assignment"], nbgrader["student"])}), resources

    def _attempts(self, module: str, student: str) -> dict[str, int | None]:
        """What the page says of the trainee's attempts, where another one was opened."""
        if not isinstance(self.parent, BaseConverter):
            return {}
        of = attempts.read(Path(self.parent.coursedir.root)).get((module, student))
        return of.on_page if of else {}
