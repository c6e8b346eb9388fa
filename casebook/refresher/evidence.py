"""What answers say about teaching points: from lessons, from graded checks, and from the refresher's own questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean

from casebook import mastery
from casebook.kinds.base import Item, Outcome
from casebook.story import Choice, Verdict

OF_A_CHOICE: dict[Verdict, float] = {"sound": 1.0, "recovery": 0.5, "too-much": 0.0, "too-little": 0.0}
"""What a decision in a scenario shows; what was put right was not right before."""

YEARS = range(1970, 9000)
"""What a clock may show, however wrong it is. Nearer to the ends of the calendar no time zone or interval fits in."""


@dataclass(frozen=True)
class Evidence:
    """What one answer says about one teaching point.

    ``share`` of it was right; ``unsafe`` where something that was chosen would endanger somebody. ``seconds`` it took,
    of those that it mostly takes (``expected``); ``hint`` where one was asked for.
    """

    point: str
    at: datetime
    share: float
    unsafe: bool = False
    seconds: float | None = None
    expected: float | None = None
    hint: bool = False


Shown = Mapping[str, tuple[float, bool]]
"""For each point the share that was right, and whether something unsafe was chosen."""


def of_outcome(item: Item, outcome: Outcome) -> Shown:
    """What an answer to an item shows; nothing where only an instructor could say."""
    unsafe = any(remark.unsafe for remark in outcome.remarks)
    return {point: (share, unsafe) for point, share in mastery.by_point(item, outcome).items()}


def of_path(choices: Iterable[Choice]) -> Shown:
    """What the decisions taken in a scenario show: each of the points that it is about."""
    taken = [choice for choice in choices if choice.verdict]
    points = dict.fromkeys(point for choice in taken for point in choice.points)
    return {point: _decided([choice for choice in taken if point in choice.points]) for point in points}


def _decided(taken: list[Choice]) -> tuple[float, bool]:
    share = fmean(OF_A_CHOICE[choice.verdict] for choice in taken if choice.verdict)
    return share, any(choice.unsafe for choice in taken)


def moment(written: str) -> datetime | None:
    """A time as an answers file has it; ``None`` where it is none."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    if at.year not in YEARS:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
