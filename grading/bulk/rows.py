"""The rows that nbgrader's autograding leaves in the gradebook, written for many submissions in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader import api
from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy import Connection, bindparam, insert, select, update
from traitlets.config import Config

from grading import gradebook, settings
from grading.database import connected
from grading.lateness import Policy, seconds_late
from grading.refused import CheckRefused

_Student, _Submitted = api.Student.__table__, api.SubmittedAssignment.__table__
_Notebook, _Grade, _Comment = (row.__table__ for row in (api.SubmittedNotebook, api.Grade, api.Comment))


@dataclass(frozen=True)
class Graded:
    """What grading found in a submission: the marks of each question by its name, ``None`` where a person marks it.

    ``at`` is when it was handed in (UTC, without a zone, as nbgrader keeps it), if that is known; ``attempt`` says
    which one it is.
    """

    student: str
    at: datetime | None
    marks: Mapping[str, float | None]
    attempt: int = 1


@dataclass(frozen=True)
class _Cell:
    """A row for which every submission has a grade, or a comment, or both."""

    id: str
    name: str
    most: float
    task: bool


class Rows:
    """The gradebook's rows of one check. Raises :class:`CheckRefused` where the gradebook does not know it."""

    def __init__(self, config: Config, module: str) -> None:
        gradebook.there(config)
        where = settings.directory(config)
        self._module = module
        with Gradebook(where.db_url, where.course_id) as book:  # makes the tables where there are none
            try:
                assignment = book.find_assignment(module)
            except MissingEntry:
                raise CheckRefused(_UNKNOWN.format(module=module)) from None
            if len(assignment.notebooks) != 1 or assignment.notebooks[0].solution_cells:
                raise CheckRefused(
                    f"{module} in the gradebook doesn't match this course: its parts are different. {_AGAIN}"
                )
            notebook = assignment.notebooks[0]
            self._assignment, self._notebook, self._due = assignment.id, notebook.id, assignment.duedate
            self._cells = [
                *(_Cell(cell.id, cell.name, cell.max_score, task=False) for cell in notebook.grade_cells),
                *(_Cell(cell.id, cell.name, cell.max_score, task=True) for cell in notebook.task_cells),
            ]
        self._db_url = where.db_url
        self._policy = Policy(config)

    @property
    def names(self) -> set[str]:
        """The questions that the gradebook asks marks for, and the one for comments."""
        return {cell.name for cell in self._cells}

    def students(self) -> set[str]:
        """Who has rows of this check."""
        with connected(self._db_url) as connection:
            return set(
                connection.scalars(
                    select(_Submitted.c.student_id).where(_Submitted.c.assignment_id == self._assignment)
                )
            )

    def save(
        self, graded: Sequence[Graded], *, keep: Mapping[str, set[str]] | None = None, anew: Collection[str] = ()
    ) -> None:
        """Writes the rows of some submissions, all or none; marks and comments of an instructor stay as they are.

        ``keep`` names, by trainee, the questions whose marks by hand need not be looked at again. Those of trainees in
        ``anew`` are of an earlier attempt, and go.
        """
        with connected(self._db_url) as connection:
            submissions = self._submissions(connection, graded)
            notebooks = self._notebooks(connection, list(submissions.values()))
            gradebook.forget_by_hand(connection, [notebooks[submissions[student]] for student in anew])
            known = self._known(connection, list(notebooks.values()))
            self._add_comments(connection, list(notebooks.values()))
            new, changed = [], []
            totals = dict.fromkeys(submissions, 0.0)
            for one in graded:
                notebook = notebooks[submissions[one.student]]
                for cell in self._cells:
                    before = known.get((notebook, cell.id))
                    row = self._row(cell, one.marks, before, (keep or {}).get(one.student, set()))
                    totals[one.student] += _score(row["auto_score"], before)
                    if before:
                        changed.append({"key": before.id, **row})
                    else:
                        new.append({"notebook_id": notebook, "cell_id": cell.id, **row})
            _many(connection, insert(_Grade), new)
            _many(connection, update(_Grade).where(_Grade.c.id == bindparam("key")), changed)
            if self._policy.assigns:
                late = self._late(connection, list(submissions.values()))
                penalties = [
                    {
                        "key": notebooks[submissions[student]],
                        "late_submission_penalty": self._policy.penalty(student, total, late[submissions[student]]),
                    }
                    for student, total in totals.items()
                ]
                _many(connection, update(_Notebook).where(_Notebook.c.id == bindparam("key")), penalties)

    def _submissions(self, connection: Connection, graded: Sequence[Graded]) -> dict[str, str]:
        """The submissions' keys by trainee; who, and what, is not there yet is added."""
        students = [one.student for one in graded]
        there = set(connection.scalars(select(_Student.c.id).where(_Student.c.id.in_(students))))
        _many(connection, insert(_Student), [{"id": student} for student in students if student not in there])
        of_these = (_Submitted.c.assignment_id == self._assignment, _Submitted.c.student_id.in_(students))
        keys = _pairs(connection, select(_Submitted.c.student_id, _Submitted.c.id).where(*of_these))
        stamped = [{"key": keys[one.student], "timestamp": one.at} for one in graded if one.student in keys]
        new = [
            {"id": api.new_uuid(), "assignment_id": self._assignment, "student_id": one.student, "timestamp": one.at}
            for one in graded
            if one.student not in keys
        ]
        _many(connection, insert(_Submitted), new)
        _many(connection, update(_Submitted).where(_Submitted.c.id == bindparam("key")), stamped)
        return keys | {row["student_id"]: row["id"] for row in new}

    def _notebooks(self, connection: Connection, submissions: list[str]) -> dict[str, str]:
        """The submitted notebooks' keys by submission."""
        wanted = (_Notebook.c.notebook_id == self._notebook, _Notebook.c.assignment_id.in_(submissions))
        keys = _pairs(connection, select(_Notebook.c.assignment_id, _Notebook.c.id).where(*wanted))
        new = [
            {"id": api.new_uuid(), "assignment_id": submission, "notebook_id": self._notebook}
            for submission in submissions
            if submission not in keys
        ]
        _many(connection, insert(_Notebook), new)
        return keys | {row["assignment_id"]: row["id"] for row in new}

    def _known(self, connection: Connection, notebooks: list[str]) -> dict[tuple[str, str], Any]:
        wanted = select(_Grade).where(_Grade.c.notebook_id.in_(notebooks))
        return {(row.notebook_id, row.cell_id): row for row in connection.execute(wanted)}

    def _add_comments(self, connection: Connection, notebooks: list[str]) -> None:
        """An empty comment to every task, where there is none yet; nbgrader finds nothing to say by itself in ours."""
        wanted = select(_Comment.c.notebook_id, _Comment.c.cell_id).where(_Comment.c.notebook_id.in_(notebooks))
        there = {tuple(row) for row in connection.execute(wanted)}
        pairs = [(notebook, cell.id) for notebook in notebooks for cell in self._cells if cell.task]
        rows = [{"notebook_id": notebook, "cell_id": cell} for notebook, cell in pairs if (notebook, cell) not in there]
        _many(connection, insert(_Comment), rows)

    @staticmethod
    def _row(cell: _Cell, marks: Mapping[str, float | None], before: Any, keep: set[str]) -> dict[str, Any]:
        """What :class:`grading.plugins.autograding.SaveMarks` make of a cell's marks."""
        auto = marks.get(cell.name)
        by_hand = before is not None and before.manual_score is not None
        waits = auto is None or (by_hand and cell.name not in keep)
        if by_hand and cell.name in keep:
            waits = bool(before.needs_manual_grade)
        return {"auto_score": auto, "needs_manual_grade": waits and cell.most != 0}

    def _late(self, connection: Connection, submissions: list[str]) -> dict[str, float]:
        """By how many seconds each submission came late."""
        wanted = select(_Submitted.c.id, _Submitted.c.timestamp, _Submitted.c.extension)
        found = connection.execute(wanted.where(_Submitted.c.id.in_(submissions)))
        return {key: seconds_late(at, self._due, extension) for key, at, extension in found}


def _score(auto: float | None, before: Any) -> float:
    """The marks as nbgrader reckons them."""
    given = before.manual_score if before is not None and before.manual_score is not None else auto
    return 0.0 if given is None else given + ((before.extra_credit if before is not None else None) or 0.0)


def _pairs(connection: Connection, statement: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in connection.execute(statement)}


def _many(connection: Connection, statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


_AGAIN = "Run: nbgrader generate_assignment <check> --force"
_UNKNOWN = "The gradebook doesn't know {module} yet. Run: nbgrader generate_assignment {module}"
