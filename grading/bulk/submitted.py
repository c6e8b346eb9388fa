"""What was collected of a check: whose submissions, where they lie, and when they were handed in."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from glob import glob
from pathlib import Path

from nbgrader.utils import parse_utc
from traitlets.config import Config

from grading import settings, submission

TIME = "timestamp.txt"
NBGRADERS_OWN = (TIME, "submission_secret.txt")
"""Beside each submission; nbgrader returns feedback by the second."""


@dataclass(frozen=True)
class Submitted:
    """A trainee's submission, and its folder."""

    student: str
    folder: Path


def found(config: Config, module: str, step: str = "submitted") -> list[Submitted]:
    """Every trainee's folder of one step of a check, by trainee; found as nbgrader finds them."""
    where = settings.directory(config)
    kept = getattr(where, f"{step}_directory")
    pattern = re.compile(where.format_path(kept, "(?P<student>.*)", re.escape(module), escape=True))
    left_out = set(where.student_id_exclude.split(",")) if where.student_id_exclude else set()
    paths = glob(where.format_path(kept, "*", module))  # noqa: PTH207 - the pattern is nbgrader's own
    matches = ((pattern.fullmatch(path), path) for path in paths)
    named = {match["student"]: Path(path) for match, path in matches if match and Path(path).is_dir()}
    wanted = sorted(student for student in named.keys() - left_out if is_a_trainee(student))
    return [Submitted(student, named[student]) for student in wanted]


def is_a_trainee(name: str) -> bool:
    """Whether a folder's name can be a trainee's: one that a gradebook can keep, and that means nothing to a path."""
    return 0 < len(name) <= 128 and name.isprintable() and not name.startswith(".") and "/" not in name


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
    return at
