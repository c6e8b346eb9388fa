"""nbgrader's own steps in this process: silent when all is well, plain words when not.

The classes are those behind nbgrader's commands; starting one command costs seconds, a step here
does not.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import ExportApp
from nbgrader.auth import Authenticator
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from sqlalchemy.exc import SAWarning

from grading import roster_ids, settings
from grading.refused import Refused, StepFailed


class Steps:
    """The steps of the course whose ``nbgrader_config.py`` lies in ``root``, named as the commands.

    nbgrader remembers in ``cache`` what a trainee submitted, and looks there for whose feedback to fetch:
    trainees who share one machine and user need one each. By default it is the user's own.
    """

    def __init__(self, root: Path, cache: Path | None = None) -> None:
        self.config = settings.load(root)
        if cache:
            self.config.Exchange.cache = str(cache)

    def generate_assignment(self, assignment: str) -> None:
        """Makes the release version of a check, and its rows in the gradebook."""
        self._convert(GenerateAssignment, assignment)

    def release_assignment(self, assignment: str) -> None:
        """Puts the release version into the exchange."""
        self._exchange("ReleaseAssignment", assignment, force=True)

    def fetch_assignment(self, assignment: str, folder: Path) -> None:
        """Copies what is missing of a released check into ``folder``."""
        with _inside(folder):
            self._exchange("FetchAssignment", assignment, replace_missing_files=True)

    def submit(self, assignment: str, folder: Path, student: str) -> None:
        """Submits a student's copy of a check, which lies in ``folder``."""
        with _inside(folder):
            self._exchange("Submit", assignment, student)

    def collect(self, assignment: str) -> list[str]:
        """Brings every submission in from the exchange; what was left there, and why."""
        return _left(self._exchange("Collect", assignment, update=True))

    def autograde(self, assignment: str, student: str | None = None) -> None:
        """Grades every submission that was collected, or one trainee's."""
        self._convert(Autograde, assignment, student)

    def submitted(self, assignment: str, student: str) -> Path:
        """Where a student's submission lies once it was collected."""
        return settings.folder(self.config, "submitted", assignment, student)

    def mark(self, assignment: str, student: str, cell: str, marks: float) -> None:
        """Gives a cell's marks by hand: what formgrader does when an instructor types them."""
        with Gradebook(self.config.CourseDirectory.db_url) as gradebook:
            submission = gradebook.find_submission(assignment, student)
            for grade in (grade for notebook in submission.notebooks for grade in notebook.grades):
                if grade.name == cell:
                    grade.manual_score, grade.needs_manual_grade = marks, False
            gradebook.db.commit()

    def generate_feedback(self, assignment: str) -> None:
        """Makes every feedback page."""
        self._convert(GenerateFeedback, assignment)

    def release_feedback(self, assignment: str, student: str | None = None) -> list[str]:
        """Puts the feedback pages, or one trainee's, into the exchange; what couldn't be returned, and why."""
        return _left(self._exchange("ReleaseFeedback", assignment, student))

    def fetch_feedback(self, assignment: str, folder: Path, student: str) -> None:
        """Copies a student's feedback into their copy of the check."""
        with _inside(folder):
            self._exchange("FetchFeedback", assignment, student)

    def export(self, to: Path) -> None:
        """Writes the gradebook into the file ``to``, with the export plugin that is configured."""
        app = ExportApp(config=self.config)
        app.coursedir = CourseDirectory(config=self.config)
        app.config.ExportPlugin.to = str(to)
        self._run("Export", app)

    def _convert(self, converter: Any, assignment: str, student: str | None = None) -> None:
        coursedir = self._coursedir(assignment, student)
        self._run(converter.__name__, converter(coursedir=coursedir, config=self.config, force=True))

    def _exchange(self, step: str, assignment: str, student: str | None = None, **options: bool) -> Any:
        """The step, once it's done."""
        maker = getattr(ExchangeFactory(config=self.config), step)
        authenticator = Authenticator(config=self.config)
        coursedir = self._coursedir(assignment, student)
        made = maker(coursedir=coursedir, authenticator=authenticator, config=self.config, **options)
        self._run(step, made)
        return made

    def _coursedir(self, assignment: str, student: str | None) -> CourseDirectory:
        """nbgrader takes an id for a pattern, so that an odd one would stand for others: raises :class:`Refused`."""
        if student is None:
            return settings.directory(self.config, assignment)
        if wrong := roster_ids.fault(student):
            raise Refused(wrong)
        return settings.directory(self.config, assignment, student)

    def _run(self, name: str, step: Any) -> None:
        said = _Said()
        step.log = step.coursedir.log = logging.Logger(name)
        step.log.addHandler(said)
        try:
            with warnings.catch_warnings():
                # nbgrader's own use of its database library; nothing that anybody could mend here.
                warnings.simplefilter("ignore", SAWarning)
                step.start()
        except Exception as error:
            of = f" of {step.coursedir.assignment_id}" if step.coursedir.assignment_id else ""
            raise StepFailed(f"{name}{of}: {error}\n{said.words()}") from error


def _left(step: Any) -> list[str]:
    """What our own steps of the exchange tell; another exchange's may tell nothing."""
    return list(getattr(step, "left", ()))


class _Said(logging.Handler):
    """What a step complained of."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(record.getMessage())

    def words(self) -> str:
        return "\n".join(self._lines)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """nbgrader fetches into, and submits from, the current folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
