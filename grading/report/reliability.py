"""How far a check's marks can be trusted. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from grading.report import statistics
from grading.report.items import FEWEST, marks
from grading.report.statistics import Consistency


@dataclass(frozen=True)
class CheckFigures:
    """A check's reliability. What could not be reckoned is ``None``; ``why`` then says why, in words.

    ``questions`` counts what entered; ``left_out`` those that wait to be marked for most of the class.
    """

    module: str
    trainees: int
    questions: int
    left_out: int
    mean: float | None
    deviation: float | None
    most: float
    alpha: float | None = None
    interval: tuple[float, float] | None = None
    kr20: bool = False
    error: float | None = None
    consistency: Consistency | None = None
    why: str = ""


def figures(module: str, asked: pd.DataFrame, pass_mark: float) -> CheckFigures:
    """The reliability of one check, whose rows ``asked`` are."""
    table, most = marks(asked)
    worth = asked[asked["most"] > 0]["question"].nunique()
    n, k = table.shape
    total = table.sum(axis=1).to_numpy(dtype=float) if k else np.zeros(0)
    whole = float(most.sum(axis=1).iloc[0]) if n and k else 0.0
    plain = {
        "module": module,
        "trainees": n,
        "questions": k,
        "left_out": worth - k,
        "mean": float(total.mean()) if n else None,
        "deviation": float(total.std(ddof=1)) if n > 1 else None,
        "most": whole,
    }
    if n < FEWEST:
        return CheckFigures(**plain, why=f"Only {n} graded so far. It takes at least {FEWEST} to say.")
    if k < 2:
        return CheckFigures(**plain, why="Only one question: there's nothing to compare it with.")
    values = table.to_numpy(dtype=float)
    found = statistics.alpha(values)
    if found is None:
        return CheckFigures(**plain, why="Everybody has the same score, so there's nothing to tell apart.")
    deviation = float(total.std(ddof=1))
    return CheckFigures(
        **plain,
        alpha=found,
        interval=statistics.alpha_bounds(found, n, k),
        kr20=bool(((values == 0) | (values == most.to_numpy(dtype=float))).all()),
        error=statistics.error_of_measurement(deviation, found),
        consistency=statistics.consistency(float(total.mean()), deviation, found, whole, pass_mark),
    )
