"""Simulated trainees through the final: how well its verdict tells who knows the section from who doesn't.

A trainee knows some teaching points and not others, each with the chance that is their ability. A question whose points
are all known is answered rightly, but for a slip now and then; any other is guessed, every choice as likely as the
next. Whether they *ought to* meet the final follows from what they know, not from what they answered: the share of
marks to be expected over both variants of every slot, and whether they know each point on which a choice would endanger
somebody. The verdict is the course's own (:mod:`grading.verdict`).

What is assumed: abilities, slips, and that guesses are even. Real wrong options attract people, and real trainees know
points that belong together, so the figures tell of the final's length and its rule, not of its wording.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np

from casebook import slots
from casebook.kinds import KINDS
from casebook.kinds.base import Field, Given, Item
from grading import bank, verdict
from grading.report import statistics
from grading.scoring import Result, score
from running import ways

CHECK = "final"
ABILITIES = {"knows it": 1.0, "nearly all": 0.95, "a good part": 0.8, "half": 0.5}
"""The share of teaching points that a trainee knows, on average."""
EACH = 125
"""Trainees of each ability: 500 in all."""
SLIP = 0.02
"""How often somebody gets wrong what they know: assumed."""
WRONGLY = 0.10
"""The share of verdicts other than they ought to be that a final may have without explaining itself."""
TRIES = 200
"""Guesses by which an item's chance marks are found."""


@dataclass(frozen=True)
class Group:
    """What became of the trainees of one ability: shares of them, but for ``trainees`` and ``marks`` (0 to 1)."""

    ability: str
    trainees: int
    marks: float
    ought: float
    met: float
    stopped_by_a_choice: float
    wrongly: float


@dataclass(frozen=True)
class Final:
    """The groups; ``wrongly`` is the share of all whose verdict isn't what they ought to get, ``alpha`` Cronbach's."""

    groups: tuple[Group, ...]
    wrongly: float
    alpha: float | None

    @property
    def trainees(self) -> int:
        """How many sat it."""
        return sum(group.trainees for group in self.groups)


@dataclass(frozen=True)
class _Sitter:
    ability: str
    shares: tuple[float, ...]
    marks: float
    ought: bool
    met: bool
    stopped: bool


def measure(seed: int = 1, abilities: dict[str, float] | None = None, each: int = EACH, slip: float = SLIP) -> Final:
    """The final of the course's own bank, sat by ``each`` trainees of each ability."""
    chance = random.Random(seed)  # noqa: S311
    final = _Sat(list(bank.items(CHECK).values()), bank.course().pass_mark_of(CHECK), slip, chance)
    sat = [
        final.sit(f"trainee-{ability}-{n}", ability, known)
        for ability, known in (ABILITIES if abilities is None else abilities).items()
        for n in range(each)
    ]
    named = dict.fromkeys(one.ability for one in sat)
    groups = tuple(_group([one for one in sat if one.ability == ability]) for ability in named)
    alpha = statistics.alpha(np.array([one.shares for one in sat]))
    return Final(groups, _share(one.ought != one.met for one in sat), alpha)


class _Sat:
    """The final, as simulated trainees sit it."""

    def __init__(self, items: Sequence[Item], pass_mark: float, slip: float, chance: random.Random) -> None:
        self._pass_mark, self._slip, self._chance = pass_mark, slip, chance
        self._slots: dict[str, dict[str, Item]] = {}
        for item in items:
            self._slots.setdefault(item.slot or item.id, {})[item.id] = item
        self._right = {item.id: ways.RIGHT(item) for item in items}
        guessed = {item.id: [self._guessed(item) for _ in range(TRIES)] for item in items}
        self._by_chance = {id: fmean(one.outcome.share or 0.0 for one in some) for id, some in guessed.items()}
        self._points = sorted({point for item in items for point in item.points})
        self._guarded = [set(item.points) for item in items if any(map(_blocks, guessed[item.id]))]

    def sit(self, id: str, ability: str, known: float) -> _Sitter:
        """One trainee, from what they know to the verdict."""
        knows = {point for point in self._points if self._chance.random() < known}
        asked = [variants[slots.draw(id, slot, tuple(variants))] for slot, variants in self._slots.items()]
        results = [self._answered(item, knows) for item in asked]
        earned, most = sum(one.marks or 0.0 for one in results), sum(item.marks or 0.0 for item in asked)
        choices = [choice for one in results for choice in verdict.unsafe_choices(one)]
        met = verdict.is_met(self._pass_mark, earned, most, choices)
        stopped = not met and verdict.has_enough(self._pass_mark, earned, most)
        shares = tuple(one.outcome.share or 0.0 for one in results)
        return _Sitter(ability, shares, earned / most, self._ought(knows), met, stopped)

    def _answered(self, item: Item, knows: set[str]) -> Result:
        if knows.issuperset(item.points) and self._chance.random() >= self._slip:
            return score(item, self._right[item.id])
        return self._guessed(item)

    def _guessed(self, item: Item) -> Result:
        fields = KINDS[item.kind].fields(item.public())
        given: Given = {field.name: _GUESSES[field.control](field, self._chance) for field in fields}
        return score(item, given)

    def _ought(self, knows: set[str]) -> bool:
        worth = [
            (item.marks or 0.0, 1.0 if knows.issuperset(item.points) else self._by_chance[item.id])
            for variants in self._slots.values()
            for item in variants.values()
        ]
        expected = sum(most * share for most, share in worth) / sum(most for most, _ in worth)
        return expected >= self._pass_mark and all(points <= knows for points in self._guarded)


def _blocks(result: Result) -> bool:
    return any(choice.blocks for choice in verdict.unsafe_choices(result))


def _one(field: Field, chance: random.Random) -> Any:
    return field.options[int(chance.random() * len(field.options))][0]


def _several(field: Field, chance: random.Random) -> Any:
    return [id for id, _ in field.options if chance.random() < 0.5]


_GUESSES: dict[str, Callable[[Field, random.Random], Any]] = {"one": _one, "several": _several}
"""By a field's control. The final asks nothing to be put in order, or to be written."""


def _group(sat: Sequence[_Sitter]) -> Group:
    return Group(
        ability=sat[0].ability,
        trainees=len(sat),
        marks=fmean(one.marks for one in sat),
        ought=_share(one.ought for one in sat),
        met=_share(one.met for one in sat),
        stopped_by_a_choice=_share(one.stopped for one in sat),
        wrongly=_share(one.ought != one.met for one in sat),
    )


def _share(of: Iterable[bool]) -> float:
    listed = list(of)
    return sum(listed) / len(listed)


def table(final: Final) -> str:
    """The figures as lines of text."""
    head = f"{'Knows of the points':<22}{'trainees':>9}{'score':>8}{'should':>10}{'passed':>7}{'unsafe':>8}{'wrong':>9}"
    lines = [head]
    for one in final.groups:
        shares = (one.marks, one.ought, one.met, one.stopped_by_a_choice, one.wrongly)
        told = [f"{100 * share:.0f}%" for share in shares]
        lines.append(f"{one.ability:<22}{one.trainees:>9}{told[0]:>8}{told[1]:>10}{told[2]:>7}{told[3]:>8}{told[4]:>9}")
    alpha = "-" if final.alpha is None else f"{final.alpha:.2f}"
    lines += [
        "",
        f"Reliability (Cronbach's alpha): {alpha}. Wrong verdicts: {100 * final.wrongly:.1f}%.",
        "'unsafe': enough points, and stopped by an unsafe choice.",
    ]
    if final.wrongly > WRONGLY:
        lines += ["", _why(final)]
    return "\n".join(lines)


def _why(final: Final) -> str:
    """Whose verdicts aren't what they ought to be, most of all, and how much of that an unsafe choice accounts for."""
    worst = max(final.groups, key=lambda one: one.wrongly)
    sure = max(final.groups, key=lambda one: one.ought)
    return (
        f"More than {100 * WRONGLY:.0f}%. Most of it is among those who know '{worst.ability}' "
        f"({100 * worst.wrongly:.0f}%): {100 * worst.ought:.0f}% of them should pass the final, so many are near "
        f"the line. Of those who know '{sure.ability}', an unsafe choice stops {100 * sure.stopped_by_a_choice:.0f}% "
        "who had enough points: that rule is strict on purpose, and they may take the final again."
    )
