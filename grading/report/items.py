"""How each question did: how many had it right, whether it tells strong from weak, and what was chosen instead. Pure.

Only trainees whose whole check is marked stand in an item's figures, so that "the rest of the check" is the same thing
for all of them; what waits to be marked by hand is no part of it while it waits for most of the class.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from casebook.kinds.base import Item
from grading.report import keys
from grading.report.data import Frames
from grading.report.keys import Choice
from grading.report.reading import Check
from grading.report.statistics import Numbers, bounds, correlation, discrimination_index, outer_groups

FEWEST = 20
"""Answers: below, nothing is said of how a question tells strong from weak."""


@dataclass(frozen=True)
class Chosen:
    """How often something was chosen: by all, and by the lower and upper 27 percent; its correlation with the rest."""

    choice: Choice
    count: int
    lower: float | None
    upper: float | None
    correlation: float | None


@dataclass(frozen=True)
class ItemFigures:
    """What a class did with one item. ``question`` is the slot's name where the item is a variant.

    ``asked`` had it before them, ``blank`` of those gave no answer (of a slot: of all who could have had it).
    ``facility`` is the mean share of the marks. ``discrimination`` is the correlation with the rest of the check,
    ``outer`` the difference between the upper and lower 27 percent. ``seconds`` is the median of ``timed`` trainees.
    """

    item: Item
    question: str
    asked: int
    blank: int
    facility: float | None
    discrimination: float | None
    interval: tuple[float, float] | None
    outer: float | None
    chosen: tuple[Chosen, ...]
    seconds: float | None
    timed: int

    @property
    def enough(self) -> bool:
        """Whether there are enough answers to say how it tells strong from weak."""
        return self.asked >= FEWEST


def marks(asked: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Of one check: the marks by trainee and question, and the most there were; complete rows only.

    Left out are questions worth nothing, those that wait to be marked for more than half of the class, and then
    whoever still waits for a mark.
    """
    worth = asked[asked["most"] > 0]
    if worth.empty:
        return pd.DataFrame(), pd.DataFrame()
    table = worth.pivot_table(index="student", columns="question", values="score", dropna=False, sort=False)
    most = worth.pivot_table(index="student", columns="question", values="most", dropna=False, sort=False)
    table = table.loc[:, table.isna().mean() <= 0.5].dropna()
    return table, most.loc[table.index, table.columns]


def figures(check: Check, of: Frames) -> list[ItemFigures]:
    """The figures of every item of a check that somebody had, in the bank's order."""
    asked = of.asked[of.asked["module"] == check.module]
    chosen = of.chosen[of.chosen["module"] == check.module]
    table, most = marks(asked)
    picked = dict(iter(chosen.groupby("item")))
    blanks = asked[~asked["answered"].astype(bool)].groupby("question").size()
    by_item = {item: group for item, group in asked.groupby("item") if item}
    found = []
    for id, item in check.items.items():
        if id in by_item:
            question = item.slot or id
            rest = _rest(table, most, question)
            found.append(_figures(item, question, by_item[id], picked.get(id), rest, int(blanks.get(question, 0))))
    return found


def _rest(table: pd.DataFrame, most: pd.DataFrame, question: str) -> pd.Series:
    """The share that each trainee had of everything but ``question`` (Henrysson 1963); empty where that is nothing."""
    others = [name for name in table.columns if name != question]
    if not others:
        return pd.Series(dtype=float)
    return table[others].sum(axis=1) / most[others].sum(axis=1)


def _figures(
    item: Item, question: str, asked: pd.DataFrame, picked: pd.DataFrame | None, rest: pd.Series, blank: int
) -> ItemFigures:
    shares = asked.set_index("student")["share"].astype(float).dropna()
    both = shares.index.intersection(rest.index)
    x, y = _numbers(shares, both), _numbers(rest, both)
    enough = len(both) >= FEWEST
    r = correlation(x, y) if enough else None
    seconds = asked["seconds"].astype(float).dropna()
    return ItemFigures(
        item=item,
        question=question,
        asked=len(asked),
        blank=blank,
        facility=float(shares.mean()) if len(shares) else None,
        discrimination=r,
        interval=bounds(r, len(both)) if r is not None else None,
        outer=discrimination_index(x, y) if enough else None,
        chosen=_chosen(item, picked, both, y, enough),
        seconds=float(seconds.median()) if len(seconds) else None,
        timed=len(seconds),
    )


def _chosen(
    item: Item, picked: pd.DataFrame | None, students: pd.Index, rest: Numbers, enough: bool
) -> tuple[Chosen, ...]:
    listed = keys.choices(item)
    if not listed:
        return ()
    who: dict[tuple[str, str], list[str]] = {}
    if picked is not None:
        for student, field, option in zip(picked["student"], picked["field"], picked["option"], strict=True):
            who.setdefault((field, option), []).append(student)
    lower, upper = outer_groups(rest)
    found = []
    for choice in listed:
        by = who.get((choice.field, choice.option), [])
        one = np.asarray(students.isin(by), dtype=float)
        groups = enough and bool(lower.any())
        found.append(
            Chosen(
                choice,
                count=len(by),
                lower=float(one[lower].mean()) if groups else None,
                upper=float(one[upper].mean()) if groups else None,
                correlation=correlation(one, rest) if enough else None,
            )
        )
    return tuple(found)


def _numbers(of: pd.Series, students: pd.Index) -> Numbers:
    return np.asarray(of.loc[students], dtype=float)
