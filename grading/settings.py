"""The course's ``nbgrader_config.py``, as nbgrader itself reads it: where things lie, and how they are graded."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config


def load(root: Path) -> Config:
    """What is configured in ``root``, as for a command of nbgrader that is run there."""
    app = NbGrader()
    before = Path.cwd()
    os.chdir(root)  # nbgrader's configuration is that of the folder it is run in
    try:
        app.load_config_file()
    finally:
        os.chdir(before)
    # nbgrader makes its gradebook with 'alembic', which it looks for on PATH.
    tools = str(Path(sys.executable).parent)
    if tools not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = tools + os.pathsep + os.environ["PATH"]
    return Config(app.config)


def directory(config: Config, module: str = "", student: str = "*") -> CourseDirectory:
    """Where a module's check and its submissions lie."""
    return CourseDirectory(config=config, assignment_id=module, student_id=student)


def checks(where: CourseDirectory) -> list[str]:
    """The names of the course's checks: the folders of its source notebooks."""
    source = Path(where.format_path(where.source_directory, ".", "check")).parent
    return sorted(path.name for path in source.glob("*/"))


def folder(config: Config, step: str, module: str, student: str) -> Path:
    """A trainee's folder of one step (``submitted``, ``autograded``, ``feedback``) of a check."""
    where = directory(config)
    return Path(where.format_path(getattr(where, f"{step}_directory"), student, module))
