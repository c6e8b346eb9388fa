"""What a program loads before it does anything, in CPU seconds: it is paid at each click on *Grade now*."""

from __future__ import annotations

import resource
import subprocess
import sys
from statistics import median

from bench import BenchFailed, pages
from bench.classes import Line

GRADE_NOW, NBGRADER = "grading.alone", "nbgrader.api"


def measure(rounds: int = 5) -> Line:
    """Grade now beside nbgrader, in turns. Raises :class:`BenchFailed`."""
    taken = [(_seconds(GRADE_NOW), _seconds(NBGRADER)) for _ in range(rounds)]
    ours, beside = (median(side) for side in zip(*taken, strict=True))
    return Line("What Grade now loads, beside nbgrader (CPU)", f"{ours:.2f} s", f"{beside:.2f} s", ours / beside, 0.5)


def _seconds(module: str) -> float:
    """CPU seconds of a Python that imports ``module`` and ends, those of an empty one included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        [sys.executable, "-c", f"import {module}"], cwd=pages.ROOT, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise BenchFailed(f"{module} can't be imported:\n{ran.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
