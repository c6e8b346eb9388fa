"""Asks the course's own grading to score a check, where it is installed beside the course and nobody else grades.

``make learn`` names the course's root in :data:`VARIABLE`. Grading runs as a program of its own: keys never come into
the trainee's kernel, and ``casebook`` imports nothing of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

VARIABLE = "CASEBOOK_SELF_GRADING"
PATIENCE = 180
"""Seconds. Grading takes two or three; a machine that is very busy takes longer, and longer still helps nobody."""


class NotGraded(Exception):
    """Grading did not come to an end; the message tells the trainee so, and what to do."""


def is_offered() -> bool:
    """Whether a trainee can have checks graded on this machine."""
    return bool(os.environ.get(VARIABLE))


def grade(folder: Path, module: str) -> None:
    """Grades the check of ``module`` that lies in ``folder``: adds its result and its page. :class:`NotGraded`."""
    _run("grade", str(folder), module)


def certify(folder: Path, name: str) -> None:
    """Makes the certificate for ``name`` in the course's ``folder``. :class:`NotGraded`."""
    _run("certify", str(folder), name)


def _run(*words: str) -> None:
    root = os.environ.get(VARIABLE)
    if not root:
        raise NotGraded("You can't grade yourself on this computer. Ask your instructor.")
    command = [sys.executable, "-P", "-m", "grading.alone", *words]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env={**os.environ, "CASEBOOK_ROOT": root},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotGraded(f"Grading couldn't run ({error}). Your answers are saved. Try again.") from error
    if done.returncode:
        said = done.stderr.strip().splitlines()
        why = said[-1] if said else "Grading ended without saying why."
        raise NotGraded(f"{why} Your answers are saved.")
