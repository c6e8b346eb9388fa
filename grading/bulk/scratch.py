"""Where files are made before they are moved into place: never where submissions, graded notebooks or pages can lie.

A course may lay these out in any order (``c.CourseDirectory.directory_structure``), so every folder beside them may be
a trainee's or a check's. The scratch folder therefore has a hidden name, which no trainee and no check has, and only
folders with a name of our own are ever removed from it.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path

from traitlets.config import Config

from grading import settings

FOLDER = ".bulk-scratch"
_RUN = "run-"


def home(config: Config) -> Path:
    """The scratch folder of a course, which also holds its lock."""
    return Path(settings.directory(config).root) / "grading" / FOLDER


def folder(config: Config, step: str) -> Path:
    """The scratch folder for a step's files: the course's own, or one on the disk where that step's files go."""
    first, goal = home(config), _begins(config, step)
    for each in (first, goal):
        each.mkdir(parents=True, exist_ok=True)
    if _moves(first, goal):
        return first
    beside = goal / FOLDER
    beside.mkdir(exist_ok=True)
    return beside


def new(within: Path, module: str) -> Path:
    """A new folder for one run over a check."""
    return Path(tempfile.mkdtemp(prefix=f"{_RUN}{module}-", dir=within))


def empty(within: Path) -> None:
    """Removes what killed runs left behind, and nothing else."""
    for left in within.glob(f"{_RUN}*"):
        if left.is_dir() and not left.is_symlink():
            # A worker whose parent was killed may still write there for a moment: what it leaves goes next time.
            shutil.rmtree(left, ignore_errors=True)


def _begins(config: Config, step: str) -> Path:
    """The folder that all files of a step share: the path as far as it names neither a trainee nor a check."""
    where = settings.directory(config)
    fixed = []
    for part in Path(where.directory_structure).parts:
        if "{student_id}" in part or "{assignment_id}" in part:
            break
        fixed.append(part.format(nbgrader_step=getattr(where, f"{step}_directory")))
    return Path(where.root, *fixed)


def _moves(source: Path, goal: Path) -> bool:
    """Whether a folder can be renamed from one to the other: not where they are on different disks, or mounts.

    Where that may not be tried, it is taken for granted; a trainee's folder that cannot be moved is told by name.
    """
    tried = Path(tempfile.mkdtemp(prefix=_RUN, dir=source))
    there = goal / f".{tried.name}"
    try:
        os.rename(tried, there)  # noqa: PTH104 - a test counts the moves of trainees' folders
    except OSError as error:
        tried.rmdir()
        return error.errno != errno.EXDEV
    there.rmdir()
    return True
