"""Whether a check is met: the one rule. Enough points, and no unsafe choice that blocks it. Pure.

An unsafe choice blocks where the section itself settles that it is unsafe, or an expert has confirmed the item's key,
and no later choice of the same story put it right. Every other unsafe choice is named and blocks nothing. Points are
nbgrader's and stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from casebook.prose import to_text
from grading.scoring import Result


@dataclass(frozen=True)
class UnsafeChoice:
    """Something a trainee chose that would endanger somebody. ``what`` and ``why`` are prose.

    ``item`` is the item it was chosen in, ``points`` the teaching points to read again.
    """

    item: str
    what: str
    why: str
    points: tuple[str, ...]
    blocks: bool
    repaired: bool = False

    @property
    def said(self) -> str:
        """What was chosen, as plain text."""
        return to_text(self.what)


def unsafe_choices(result: Result) -> tuple[UnsafeChoice, ...]:
    """The unsafe choices in a scored answer, in the order in which they are told."""
    return tuple(
        UnsafeChoice(result.item.id, one.part, one.why, one.points, one.blocks, one.repaired)
        for one in result.outcome.remarks
        if one.unsafe
    )


def to_data(choices: Iterable[UnsafeChoice]) -> list[dict[str, Any]]:
    """The choices as JSON data, for a graded notebook's metadata."""
    return [{**asdict(one), "points": list(one.points)} for one in choices]


def from_data(kept: Iterable[Mapping[str, Any]]) -> tuple[UnsafeChoice, ...]:
    """The choices that :func:`to_data` made data of."""
    return tuple(UnsafeChoice(**{**one, "points": tuple(one["points"])}) for one in kept)


def in_cells(cells: Iterable[Mapping[str, Any]]) -> tuple[UnsafeChoice, ...]:
    """The unsafe choices that the cells of a graded notebook tell of, in their order."""
    facts = (cell["metadata"].get("casebook", {}) for cell in cells)
    return tuple(choice for fact in facts for choice in from_data(fact.get("unsafe", ())))


def is_met(pass_mark: float, score: float, most: float, choices: Iterable[UnsafeChoice]) -> bool:
    """Whether ``score`` of ``most`` points, with these unsafe choices, meets a check of this pass mark (0 to 1)."""
    return has_enough(pass_mark, score, most) and not any(one.blocks for one in choices)


def has_enough(pass_mark: float, score: float, most: float) -> bool:
    """Whether the points alone would meet it; in hundredths, as points are shown."""
    return most > 0 and round(score, 2) >= round(pass_mark * most, 2)
