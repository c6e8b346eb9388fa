"""The late penalty: nbgrader's, worked out from the points that a submission has now.

nbgrader calculates it while autograding, and never again: points an instructor gives later would escape it. So it's
calculated again wherever points change or leave: when grading, before feedback pages, exports and the report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from nbgrader import api
from nbgrader.converters import Autograde
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Connection, bindparam, func, or_, select, update
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from grading.database import connected
from grading.refused import Refused

_SUBMITTED, _NOTEBOOK = api.SubmittedAssignment.__table__, api.SubmittedNotebook.__table__
_NEAR = 1e-9


class Policy:
    """The course's penalty, as ``nbgrader_config.py`` sets it: the plugin of nbgrader's ``AssignLatePenalties``."""

    def __init__(self, config: Config) -> None:
        self._config = config

    @property
    def assigns(self) -> bool:
        """Whether autograding sets penalties at all."""
        return self._assigns is not None

    @property
    def takes_off(self) -> bool:
        """Whether lateness can cost anything. Where it cannot, penalties in the gradebook are somebody's own."""
        if self._assigns is None:
            return False
        plugin = self._assigns.plugin_inst
        return type(plugin) is not LateSubmissionPlugin or plugin.penalty_method != "none"

    def penalty(self, student: str, score: float, seconds: float) -> float | None:
        """The points to take off ``score``, within nbgrader's own bounds. Raises :class:`Refused`."""
        if self._assigns is None or seconds <= 0:
            return None
        try:
            taken = self._assigns.plugin_inst.late_submission_penalty(student, score, seconds)
            if taken is None:
                return None
            return float(self._assigns._check_late_penalty(SimpleNamespace(score=score), taken))
        except Exception as error:
            name = type(self._assigns.plugin_inst).__name__
            raise Refused(
                f"{student}'s late penalty can't be calculated: {name} failed ({type(error).__name__}: {error}). "
                "Fix it. nbgrader_config.py names it (c.AssignLatePenalties.plugin_class)."
            ) from error

    @cached_property
    def _assigns(self) -> Any:
        """nbgrader's own step, if autograding takes it."""
        steps = Autograde(config=self._config).autograde_preprocessors
        kinds = (import_item(step) if isinstance(step, str) else step for step in steps)
        kind = next((one for one in kinds if isinstance(one, type) and issubclass(one, AssignLatePenalties)), None)
        if kind is None:
            return None
        assigns = kind(config=self._config)
        assigns.init_plugin()
        return assigns


def seconds_late(at: datetime | None, due: datetime | None, extension: timedelta | None) -> float:
    """By how much a submission came late; without a time, or a due date, it did not."""
    if at is None or due is None:
        return 0.0
    return (at - (due + (extension or timedelta()))).total_seconds()


def settle(config: Config, module: str = "", students: Collection[str] | None = None) -> None:
    """Makes each penalty in the gradebook that of the current points: of every check, of one, or of some trainees.

    Raises :class:`Refused` where the course's plugin fails.
    """
    settle_in(str(config.CourseDirectory.db_url), Policy(config), module, students)


def settle_in(db_url: str, policy: Policy, module: str = "", students: Collection[str] | None = None) -> None:
    """The same, of the gradebook at ``db_url``."""
    if not policy.takes_off:
        return
    with connected(db_url) as connection:
        found = list(_reckoned(connection, module, students))
        changed = [
            {"key": one.notebook, "late_submission_penalty": now}
            for one in found
            if not _alike(one.penalty, now := policy.penalty(one.student, one.score, one.seconds))
        ]
        if changed:
            connection.execute(update(_NOTEBOOK).where(_NOTEBOOK.c.id == bindparam("key")), changed)


def forget_time(db_url: str, module: str, student: str) -> None:
    """Takes a submission's time out of the gradebook: nobody knows when what is graded now was handed in."""
    of_check = select(api.Assignment.id).where(api.Assignment.name == module).scalar_subquery()
    whose = (_SUBMITTED.c.assignment_id == of_check, _SUBMITTED.c.student_id == student)
    with connected(db_url) as connection:
        connection.execute(update(_SUBMITTED).where(*whose).values(timestamp=None))


@dataclass(frozen=True)
class _Reckoned:
    """A graded notebook: what it scores now, by how much it came late, and the penalty that is kept of it."""

    notebook: str
    student: str
    score: float
    seconds: float
    penalty: float | None


def _reckoned(connection: Connection, module: str, students: Collection[str] | None) -> Iterator[_Reckoned]:
    """Notebooks that may have come late, and those with a penalty."""
    kept = api.SubmittedNotebook.late_submission_penalty
    may_be_late = or_(api.SubmittedAssignment.timestamp > api.Assignment.duedate, kept.is_not(None))
    wanted = [may_be_late]
    if module:
        wanted.append(api.Assignment.name == module)
    if students is not None:
        wanted.append(api.SubmittedAssignment.student_id.in_(students))
    about = (
        api.SubmittedAssignment.student_id,
        api.SubmittedAssignment.timestamp,
        api.SubmittedAssignment.extension,
        api.Assignment.duedate,
    )
    score = func.coalesce(func.sum(api.Grade.score), 0.0)
    found = (
        select(api.SubmittedNotebook.id, kept, score, *about)
        .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .outerjoin(api.Grade, api.Grade.notebook_id == api.SubmittedNotebook.id)
        .where(*wanted)
        .group_by(api.SubmittedNotebook.id, kept, *about)
    )
    for notebook, penalty, points, student, at, extension, due in connection.execute(found):
        yield _Reckoned(notebook, student, points, seconds_late(at, due, extension), penalty)


def _alike(before: float | None, now: float | None) -> bool:
    if before is None or now is None:
        return before is now
    return abs(before - now) < _NEAR
