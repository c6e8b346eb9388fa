"""What the class knows of each teaching point, and who needs help with what. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

HALF = 0.5
HAS, PART, NOT_YET = "learned", "partly", "not yet"
LEVELS = (HAS, PART, NOT_YET)


@dataclass(frozen=True)
class PointFigures:
    """A teaching point: how many trainees were asked about it, their mean, and how many stand at each level."""

    point: str
    trainees: int
    answers: int
    mean: float
    levels: dict[str, int]


def level(share: float, pass_mark: float) -> str:
    """The level of a share, in hundredths as it is shown: from the pass mark on it is had, from half on in part."""
    shown = round(share, 2)
    if shown >= round(pass_mark, 2):
        return HAS
    return PART if shown >= HALF else NOT_YET


def by_trainee(points: pd.DataFrame) -> pd.DataFrame:
    """The mean share of each trainee (rows) in each point (columns); missing where nothing was asked.

    Every answer that says something of a point weighs the same, whatever its marks.
    """
    if points.empty:
        return pd.DataFrame(dtype=float)
    return points.pivot_table(index="student", columns="point", values="share", aggfunc="mean")


def figures(points: pd.DataFrame, pass_mark: float) -> list[PointFigures]:
    """Every point that somebody was asked about, the weakest first."""
    table = by_trainee(points)
    answers = points.groupby("point").size()
    found = [
        PointFigures(
            point=str(point),
            trainees=int(column.count()),
            answers=int(answers[point]),
            mean=float(column.mean()),
            levels=_levels([float(share) for share in column.dropna()], pass_mark),
        )
        for point, column in table.items()
    ]
    return sorted(found, key=lambda one: (round(one.mean, 9), one.point))


def _levels(shares: list[float], pass_mark: float) -> dict[str, int]:
    reached = [level(share, pass_mark) for share in shares]
    return {name: reached.count(name) for name in LEVELS}


def needs(points: pd.DataFrame, pass_mark: float) -> dict[str, list[tuple[str, float]]]:
    """For each trainee the points below the pass mark with their share, the weakest first; nobody without any."""
    found: dict[str, list[tuple[str, float]]] = {}
    for student, row in by_trainee(points).iterrows():
        below = [(str(p), float(s)) for p, s in row.dropna().items() if level(float(s), pass_mark) != HAS]
        if below:
            found[str(student)] = sorted(below, key=lambda one: (round(one[1], 9), one[0]))
    return found
