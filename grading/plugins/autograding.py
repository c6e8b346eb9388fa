"""Autograding from data: nbgrader's own steps, on a notebook rebuilt from the source and the answers.

``c.Autograde.exporter_class`` is this class. The submitted notebook is never opened, so whatever is
in it has no effect: no cell of it runs, no output or metadata of it counts.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from grading import attempts, gradebook, lateness, unanswered
from grading.bulk.submitted import handed_in
from grading.graded_notebook import is_written, rebuilt
from grading.plugins import finding
from grading.scoring import Scorer


class AnswersExporter(NotebookExporter):
    """Gives nbgrader the graded notebook in place of the submitted one."""

    def __init__(self, *args: Any, **more: Any) -> None:
        """nbgrader makes it once it has found what to work on: see :mod:`grading.plugins.finding`."""
        super().__init__(*args, **more)
        finding.of(self.parent)

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
            nbgrader["has_time"] = handed_in(Path(filename).parent) is not None
            nbgrader["attempt"] = attempts.number(Path(filename).parent, nbgrader["assignment"])
            nbgrader["root"] = coursedir.root
            self._tell_of_no_answers(nbgrader["assignment"], nbgrader["student"], Path(filename).parent)
        given["metadata"] = ResourcesDict()
        given["metadata"]["name"] = nbgrader["notebook"]
        return super().from_notebook_node(notebook, resources=given, **kwargs)

    def _tell_of_no_answers(self, module: str, student: str, folder: Path) -> None:
        found = unanswered.of(self.parent.config, module, student, folder)
        if found:
            self.log.warning("%s: %s", student, found.words)


class SaveMarks(NbGraderPreprocessor):
    """Writes a submission's marks into the gradebook, in place of nbgrader's ``SaveAutoGrades``: the same rows, sooner.

    That one asks the gradebook for each cell by itself, and marks every task as waiting for an instructor, for ever. A
    task that is worth nothing (the one for comments) does not wait, nor does a written answer that is blank: it scores
    nothing. One with a text does; so does one that has manual marks from before, as with nbgrader's own written
    answers, for the text may be another now. Manual marks are kept, unless they are of an earlier attempt.
    """

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """The same notebook; only the gradebook changes."""
        given = resources["nbgrader"]
        marks = {cell.metadata.nbgrader.grade_id: _marks(cell) for cell in nb.cells if _is_scored(cell)}
        key, root = (given["assignment"], given["student"]), Path(given["root"])
        anew = attempts.is_another(attempts.read(root), key, given["attempt"])
        gradebook.set_marks(given["db_url"], *key, marks, anew=anew)
        if anew:
            attempts.note_graded(root, key, given["attempt"], datetime.now(UTC))
        if not given["has_time"]:
            # nbgrader would keep the time of an earlier submission, and work out from it whether this one is late.
            lateness.forget_time(given["db_url"], given["assignment"], given["student"])
        return nb, resources


def _is_scored(cell: NotebookNode) -> bool:
    return is_written(cell) or bool(cell.metadata.get("nbgrader", {}).get("grade"))


def _marks(cell: NotebookNode) -> float | None:
    if is_written(cell):
        marks: float | None = cell.metadata.casebook.score
        return marks
    return float(cell.outputs[0].data["text/plain"])
