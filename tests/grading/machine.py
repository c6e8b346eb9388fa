"""nbgrader as an instructor and a trainee use it, for tests: its commands, and what its gradebook holds."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Machine:
    """Somebody's machine: a home of their own, the course in ``root``, and a folder that they work in."""

    root: Path
    home: Path
    folder: Path

    def run(self, *words: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """Runs a command of the environment; nothing of it reaches the home of whoever runs the tests."""
        return subprocess.run(
            [str(BIN / words[0]), *words[1:]],
            cwd=self.folder,
            env=environment(self.root, self.home),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )


def environment(root: Path, home: Path) -> dict[str, str]:
    """The environment of a user whose home is ``home`` and whose course is the one in ``root``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON", "PYTEST"))}
    return {
        **kept,
        "PATH": os.pathsep.join([str(BIN), os.environ["PATH"]]),
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_PATH": str(root),
        "CASEBOOK_ROOT": str(root),
    }


def gradebook(root: Path) -> Gradebook:
    """The gradebook of the course in ``root``."""
    return Gradebook(f"sqlite:///{root / 'grading/gradebook.db'}")


def marks(root: Path, check: str) -> dict[str, dict[str, float | None]]:
    """What autograding gave, by trainee and graded cell."""
    with gradebook(root) as book:
        return {
            submission.student.id: {
                grade.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.cell.type == "GradeCell"
            }
            for submission in book.assignment_submissions(check)
        }


def scores(root: Path, check: str) -> dict[str, dict[str, float]]:
    """What counts, by trainee and marked cell: autograding's marks, or an instructor's."""
    with gradebook(root) as book:
        return {
            submission.student.id: {
                grade.name: grade.score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.max_score
            }
            for submission in book.assignment_submissions(check)
        }


def autograded(root: Path, check: str) -> dict[str, dict[str, float | None]]:
    """What autograding gave, by trainee and marked cell; of what waits for an instructor nothing."""
    with gradebook(root) as book:
        return {
            submission.student.id: {
                grade.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.max_score
            }
            for submission in book.assignment_submissions(check)
        }
