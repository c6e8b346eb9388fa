"""What nbgrader's gradebook holds of a class, read with a few queries, however large the class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader import api
from sqlalchemy import Connection, Select, func, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, ProgrammingError
from traitlets.config import Config

from grading.database import connected
from grading.refused import Refused
from grading.verdict import UnsafeChoice


@dataclass(frozen=True)
class Student:
    """A trainee as the gradebook knows them; what it does not know is empty."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        """The name to be shown; the id where there is none."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


@dataclass(frozen=True)
class Grade:
    """One question; ``name`` is the item's id, or the slot's. ``waits``: an instructor has yet to look at it."""

    name: str
    most: float
    auto: float | None
    manual: float | None
    extra: float | None
    waits: bool

    @property
    def score(self) -> float:
        """The marks, as nbgrader reckons them: what an instructor gave stands before what was found."""
        given = self.auto if self.manual is None else self.manual
        return 0.0 if given is None else given + (self.extra or 0.0)


@dataclass(frozen=True)
class Submission:
    """A trainee's graded check; ``at`` is when it was handed in, in UTC, where that is known.

    ``comments`` are an instructor's, by question; ``name`` is the trainee's, to be shown. The gradebook has no place
    for ``unsafe`` choices: :mod:`grading.graded` reads them from the graded notebook.
    """

    student: str
    module: str
    at: datetime | None
    penalty: float
    grades: tuple[Grade, ...]
    comments: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    unsafe: tuple[UnsafeChoice, ...] = ()

    @property
    def score(self) -> float:
        """The marks of all questions, less what lateness costs."""
        return round(sum(grade.score for grade in self.grades) - self.penalty, 4)

    @property
    def most(self) -> float:
        """The marks there are."""
        return round(sum(grade.most for grade in self.grades), 4)

    @property
    def waits(self) -> bool:
        """Whether an instructor has yet to mark something of it."""
        return any(grade.waits for grade in self.grades)


def is_there(config: Config) -> bool:
    """Whether there is a gradebook: SQLite would make an empty one when asked. A server tells by itself."""
    url = make_url(str(config.CourseDirectory.db_url))
    return url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:") or Path(url.database).exists()


def there(config: Config) -> None:
    """Raises :class:`Refused` where there is no gradebook yet."""
    if not is_there(config):
        raise Refused(
            f"There's no gradebook yet ({config.CourseDirectory.db_url} isn't there). "
            "The first check creates it: nbgrader generate_assignment, release_assignment, collect, autograde."
        )


def ids(db_url: str) -> set[str]:
    """The ids of the class; none if there's no gradebook yet."""
    return set(_column(db_url, select(api.Student.id)))


def due(db_url: str, module: str) -> datetime | None:
    """When a check is due, in UTC without a zone, if that was ever said."""
    return next(iter(_column(db_url, select(api.Assignment.duedate).where(api.Assignment.name == module))), None)


def _column(db_url: str, statement: Select[Any]) -> list[Any]:
    """One column of the gradebook. No gradebook is made for it, and one without tables has nothing to tell."""
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        return []
    try:
        with connected(db_url) as connection:
            return list(connection.scalars(statement))
    except (OperationalError, ProgrammingError):
        return []  # whoever reads or writes marks next says what's wrong


def students(db_url: str) -> list[Student]:
    """The class, by id."""
    row = api.Student
    with connected(db_url) as connection:
        found = connection.execute(select(row.id, row.first_name, row.last_name, row.email).order_by(row.id))
        return [Student(*(each or "" for each in student)) for student in found]


def submissions(db_url: str, module: str | None = None, among: Sequence[str] | None = None) -> list[Submission]:
    """Every graded submission, or those of one check, or of some trainees, by module and trainee.

    Their questions are in the order of their names.
    """
    wanted = [] if module is None else [api.Assignment.name == module]
    if among is not None:
        wanted.append(api.SubmittedAssignment.student_id.in_(among))
    heads = (
        select(
            api.SubmittedAssignment.id,
            api.SubmittedAssignment.student_id,
            api.Assignment.name,
            api.SubmittedAssignment.timestamp,
            api.Student.first_name,
            api.Student.last_name,
        )
        .join(api.Student, api.Student.id == api.SubmittedAssignment.student_id)
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .where(*wanted)
        .order_by(api.Assignment.name, api.SubmittedAssignment.student_id)
    )
    notebooks = (
        select(api.SubmittedNotebook.assignment_id, api.SubmittedNotebook.late_submission_penalty)
        .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .where(*wanted)
    )
    with connected(db_url) as connection:
        grades = _grades(connection.execute(_of_grades().where(*wanted)).all())
        comments: dict[str, dict[str, str]] = defaultdict(dict)
        for submission, name, comment in connection.execute(_of_comments().where(*wanted)):
            comments[submission][name] = comment
        penalties: dict[str, float] = defaultdict(float)
        for submission, penalty in connection.execute(notebooks):
            penalties[submission] += penalty or 0.0
        return [
            Submission(
                student=student,
                module=name,
                at=at.replace(tzinfo=UTC) if at else None,
                penalty=penalties[key],
                grades=tuple(grades[key]),
                comments=comments[key],
                name=Student(student, first or "", last or "").name,
            )
            for key, student, name, at, first, last in connection.execute(heads)
        ]


def forget_by_hand(connection: Connection, notebooks: Sequence[str]) -> None:
    """Takes an instructor's marks and comments out of submitted notebooks: they are of an earlier attempt."""
    if not notebooks:
        return
    by_hand = {_GRADE: ("manual_score", "extra_credit"), _COMMENT: ("manual_comment",)}
    for table, columns in by_hand.items():
        of_these = update(table).where(table.c.notebook_id.in_(notebooks))
        connection.execute(of_these.values(**dict.fromkeys(columns)))


def set_marks(db_url: str, module: str, student: str, marks: Mapping[str, float | None], *, anew: bool = False) -> None:
    """Keeps the marks of a submission's questions, and says of each whether an instructor has yet to look at it.

    ``marks`` are ``None`` where an instructor gives them. What is worth nothing is never to be looked at. ``anew``:
    those that an instructor gave are of an earlier attempt, and go.
    """
    of_one = _of_questions(_GRADE, _GRADE.c.id, _CELL.c.name, _GRADE.c.manual_score, _MOST).where(
        api.Assignment.name == module, api.SubmittedAssignment.student_id == student
    )
    with connected(db_url) as connection:
        if anew:
            forget_by_hand(connection, list(connection.scalars(_of_notebooks(module, student))))
        for key, name, manual, most in connection.execute(of_one).all():
            now: dict[str, Any] = {}
            if name in marks:
                now = {"auto_score": marks[name], "needs_manual_grade": marks[name] is None or manual is not None}
            if most == 0:
                now["needs_manual_grade"] = False
            if now:
                connection.execute(update(_GRADE).where(_GRADE.c.id == key).values(**now))


_CELL, _GRADE, _COMMENT = (row.__table__ for row in (api.BaseCell, api.Grade, api.Comment))
_OF_GRADED, _OF_TASK = api.GradeCell.__table__, api.TaskCell.__table__
_MOST = func.coalesce(_OF_GRADED.c.max_score, _OF_TASK.c.max_score)


def _of_notebooks(module: str, student: str) -> Select[Any]:
    """The keys of a submission's notebooks."""
    return (
        select(api.SubmittedNotebook.id)
        .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .where(api.Assignment.name == module, api.SubmittedAssignment.student_id == student)
    )


def _of_questions(row: Any, *columns: Any) -> Select[Any]:
    """``columns`` of the grades, or of the comments, each with its question and its submission."""
    return (
        select(*columns)
        .select_from(row)
        .join(_CELL, _CELL.c.id == row.c.cell_id)
        .outerjoin(_OF_GRADED, _OF_GRADED.c.id == _CELL.c.id)
        .outerjoin(_OF_TASK, _OF_TASK.c.id == _CELL.c.id)
        .join(api.SubmittedNotebook, api.SubmittedNotebook.id == row.c.notebook_id)
        .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
    )


def _of_grades() -> Select[Any]:
    marks = (_GRADE.c.auto_score, _GRADE.c.manual_score, _GRADE.c.extra_credit, _GRADE.c.needs_manual_grade)
    asked = (api.SubmittedNotebook.assignment_id, _CELL.c.name, _MOST, *marks)
    return _of_questions(_GRADE, *asked).order_by(_CELL.c.name)


def _of_comments() -> Select[Any]:
    said = (api.SubmittedNotebook.assignment_id, _CELL.c.name, api.Comment.comment)
    return _of_questions(_COMMENT, *said).where(api.Comment.comment.is_not(None))


def _grades(rows: Iterable[Sequence[Any]]) -> dict[str, list[Grade]]:
    found: dict[str, list[Grade]] = defaultdict(list)
    for submission, name, most, *marks in rows:
        found[submission].append(Grade(name, most or 0.0, *marks))
    return found
