"""Which submissions nbgrader's own ``autograde`` and ``generate_feedback`` work on: those that grading in bulk does.

nbgrader finds folders by patterns, and takes the name of what it found for a pattern again. It makes its exporter once
it has found them, and before it works on any: the exporters of this course call :func:`only_submissions` then.
"""

from __future__ import annotations

import os
from glob import glob
from pathlib import Path

from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter, NbGraderException

from grading import roster_ids, set_aside
from grading.bulk import submitted
from grading.bulk.submitted import Submitted

EVERYBODY = "*"
_STEPS = {True: "submitted", False: "autograded"}


def only_submissions(converter: BaseConverter) -> None:
    """Replaces what nbgrader found by the trainees' own folders, and names what isn't graded.

    Raises ``NbGraderException`` if the command was given something other than a trainee's id, or if nothing is left.
    """
    if not converter.assignments:
        return  # it isn't at work on folders
    where, grades = converter.coursedir, isinstance(converter, Autograde)
    wanted, module = where.student_id, where.assignment_id
    if wanted != EVERYBODY and (wrong := roster_ids.fault(wanted)):
        raise _told(converter, f"{wrong} Give a trainee's id, or leave --student out for everybody.")
    taken, passed = submitted.looked_through(where, module, _STEPS[grades])
    if grades:
        for left in (*passed, *submitted.misnamed(where, module), *submitted.of_no_check(where)):
            if wanted in (EVERYBODY, left.student):
                converter.log.error("%s: %s Not graded.", left.student, left.words)
        _lay_in_notebooks(converter, taken)
    converter.assignments = {
        str(one.folder): notebooks
        for one in taken
        if wanted in (EVERYBODY, one.student) and (notebooks := _notebooks(one.folder, where.notebook_id))
    }
    if not converter.assignments:
        raise _told(converter, f"No submissions to {module} were found.")


def _lay_in_notebooks(converter: BaseConverter, taken: list[Submitted]) -> None:
    """An empty notebook for answers that came without one; grading doesn't read it, and nbgrader doesn't do without."""
    where = converter.coursedir
    name = submitted.notebook(where.assignment_id)
    for one in taken:
        if where.student_id not in (EVERYBODY, one.student) or os.path.lexists(one.folder / name):
            continue
        if one.folder.is_symlink() or one.folder.parent.is_symlink():
            set_aside.before_autograding([str(one.folder / name)])  # before anything is laid where the link leads
            continue
        try:
            set_aside.lay_in(one.folder, name)
            converter.log.warning("%s: %s is missing; the answers still count.", one.student, name)
        except OSError as error:
            converter.log.error("%s: %s: %s. Not graded.", one.student, one.folder, error.strerror or error)


def _notebooks(folder: Path, pattern: str) -> list[str]:
    return [str(folder / name) for name in sorted(glob(f"{pattern}.ipynb", root_dir=folder))]  # noqa: PTH207


def of(parent: object) -> None:
    """As :func:`only_submissions`, where an exporter's ``parent`` is one of nbgrader's steps."""
    if isinstance(parent, BaseConverter):
        only_submissions(parent)


def _told(converter: BaseConverter, words: str) -> NbGraderException:
    converter.log.error(words)
    return NbGraderException(words)
