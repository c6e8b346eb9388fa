"""What was collected of a check: whose submissions, where they lie, and when they were handed in.

One rule says which folders are graded. Grading in bulk and nbgrader's own commands both go by it, and both name every
folder that isn't graded, with the reason.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from glob import escape, iglob
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from traitlets.config import Config

from casebook.answers import FILE_NAME
from grading import attempts, gradebook, roster_ids, settings, submission
from grading.attempts import Attempts, Key
from grading.roster_ids import Known

TIME = "timestamp.txt"
SECRET = "submission_secret.txt"  # noqa: S105 - the file's name
NBGRADERS_OWN = (TIME, SECRET)
"""Beside each submission; nbgrader returns feedback by the second."""


@dataclass(frozen=True)
class Submitted:
    """A trainee's submission, and its folder."""

    student: str
    folder: Path


@dataclass(frozen=True)
class PassedOver:
    """A folder among the submissions that isn't graded: whose it would be, as one printable line, and why.

    ``attempt`` is the attempt it belongs to, where that is why.
    """

    student: str
    words: str
    attempt: int = 0


def found(config: Config, module: str, step: str = "submitted") -> list[Submitted]:
    """Every trainee's folder of one step of a check, by trainee."""
    return looked_through(settings.directory(config), module, step)[0]


def passed_over(config: Config, module: str, students: set[str] | None = None) -> list[PassedOver]:
    """Every folder that was handed in to a check and isn't graded; or those of some ``students``."""
    where = settings.directory(config)
    everybodys = [*looked_through(where, module)[1], *misnamed(where, module)]
    return [one for one in everybodys if students is None or one.student in students]


def looked_through(
    where: CourseDirectory, module: str, step: str = "submitted"
) -> tuple[list[Submitted], list[PassedOver]]:
    """The folders of one step of a check: those that are a trainee's submission, and those that aren't."""
    known = Known(gradebook.ids(where.db_url) if step == "submitted" else ())
    opened = attempts.read(Path(where.root)) if step == "submitted" else {}
    left_out = set(where.student_id_exclude.split(",")) if where.student_id_exclude else set()
    taken, passed = [], []
    for student, _, folder in sorted(_folders(where, step, module)):
        if student in left_out:
            continue
        why, attempt = _why_not(student, folder, known), 0
        if not why and step == "submitted":
            why, attempt = _of_another_attempt(where, (module, student), folder, opened)
        if why:
            passed.append(PassedOver(roster_ids.shown(student), f"{why} {_folder(folder)}", attempt))
        else:
            taken.append(Submitted(student, folder))
    return taken, passed


def _of_another_attempt(
    where: CourseDirectory, key: Key, folder: Path, opened: Mapping[Key, Attempts]
) -> tuple[str, int]:
    """Why a submission doesn't count as the attempt that is wanted, and which it is; nothing where it counts."""
    module, student = key
    number, of = attempts.number(folder, module), opened.get(key)
    if number == 1 and of is None:
        return "", 0  # nearly everybody: nothing more is looked at
    graded = Path(where.format_path(where.autograded_directory, student, module))
    is_there = graded.is_dir()
    why = attempts.why_not(number, of, attempts.number(graded, module) if is_there else None, key)
    if not why or (is_there and is_same(folder, graded)):
        return "", 0
    return why, number


def is_same(folder: Path, graded: Path) -> bool:
    """Whether a submission is the very one that was graded: handed in at the same time, with the same answers."""
    return all(submission.plain(folder / name) == submission.plain(graded / name) for name in (TIME, FILE_NAME))


def misnamed(where: CourseDirectory, module: str) -> list[PassedOver]:
    """Every collected folder whose name differs from the check's only in case or Unicode form."""
    return [
        _of_no_check(student, folder, f" Did you mean {module}?")
        for student, name, folder in sorted(_folders(where, "submitted", "*"))
        if name != module and roster_ids.folded(name) == roster_ids.folded(module) and folder.is_dir()
    ]


def of_no_check(where: CourseDirectory) -> list[PassedOver]:
    """Every collected folder that isn't named after a check, in any casing."""
    checks = {roster_ids.folded(check) for check in settings.checks(where)}
    return [
        _of_no_check(student, folder)
        for student, name, folder in sorted(_folders(where, "submitted", "*"))
        if roster_ids.folded(name) not in checks and folder.is_dir()
    ]


def _of_no_check(student: str, folder: Path, question: str = "") -> PassedOver:
    why = f"There's no check called {roster_ids.shown(folder.name)}.{question}"
    return PassedOver(roster_ids.shown(student), f"{why} {_folder(folder)}")


def notebook(module: str) -> str:
    """The name of a check's notebook."""
    return f"{module}-check.ipynb"


def _folders(where: CourseDirectory, step: str, module: str) -> Iterator[tuple[str, str, Path]]:
    """Whatever lies where submissions do, with the trainee's and the check's name in its path; ``*``: every check."""
    kept = getattr(where, f"{step}_directory")
    pattern = re.compile(where.format_path(kept, "(?P<student>[^/]+)", "(?P<module>[^/]+)", escape=True))
    structure = where.directory_structure.format(
        nbgrader_step=escape(kept), student_id="*", assignment_id="*" if module == "*" else escape(module)
    )
    for path in iglob(os.path.join(escape(where.root), structure), include_hidden=True):  # noqa: PTH118, PTH207
        match = pattern.fullmatch(path)
        if match and not match["module"].startswith("."):  # what tools leave, and what is being collected
            yield match["student"], match["module"], Path(path)


def _why_not(student: str, folder: Path, known: Known) -> str:
    if wrong := roster_ids.fault(student):
        return wrong
    if question := known.did_you_mean(student):
        return f"No trainee has this id. {question}"
    if not folder.is_dir():
        return "It isn't a folder."
    if not os.access(folder, os.R_OK | os.X_OK):
        return "It can't be read. Ask your IT staff about its permissions."
    return ""


def _folder(folder: Path) -> str:
    return f"Its folder: {'/'.join(roster_ids.shown(part) for part in folder.parts[-2:])}."


def handed_in(folder: Path) -> datetime | None:
    """When a submission was handed in, in UTC without a zone, as nbgrader reads it; nothing where that is not told."""
    try:
        return _time(folder)
    except _NoTimeError:
        return None


def has_sound_time(folder: Path) -> bool:
    """Whether nbgrader can read when it was handed in, or is not told; with anything else there it would fail."""
    try:
        _time(folder)
    except _NoTimeError:
        return False
    return True


class _NoTimeError(Exception):
    pass


def _time(folder: Path) -> datetime | None:
    if not os.path.lexists(folder / TIME):
        return None
    told = submission.plain(folder / TIME)
    if told is None:
        raise _NoTimeError
    try:
        at: datetime | None = parse_utc(told.decode("utf-8").strip() or None)
    except Exception:  # of odd words its parser raises whatever it comes upon
        raise _NoTimeError from None
    if at is not None and not is_possible(at):
        raise _NoTimeError
    return at


def is_possible(at: datetime) -> bool:
    """Whether a time is one at which something can have been handed in; the first and last years fit no time zone."""
    return _YEARS[0] <= at.year <= _YEARS[1]


_YEARS = (1970, 9_998)
