"""JupyterLab as an instructor starts it, on a course of the instructor's own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def course(course_root: Path, to: Path) -> Path:
    """A copy of the real course in the new folder ``to``, in which nothing was graded yet."""
    left = shutil.ignore_patterns("exchange", "release", "submitted", "autograded", "feedback", "gradebook.db")
    shutil.copytree(course_root, to, ignore=left)
    (to / "exchange").mkdir()
    return to


def jupyter_lab(root: Path) -> list[str]:
    """The command that becomes 'jupyter lab' in the course's folder, with its environment activated."""
    return [sys.executable, "-c", _START, str(root)]


# The flags come last, in one word, as for 'make learn'.
_START = """
import os, pathlib, shlex, sys
os.chdir(sys.argv[1])
os.environ["PATH"] = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
flags = shlex.split(sys.argv[3])
os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", "--allow-root", *flags])
"""
