"""The evidence about teaching points in answers from lessons, graded checks, and the refresher's own questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean

from casebook import mastery
from casebook.kinds.base import Item, Outcome
from casebook.story import Choice, Verdict

OF_A_CHOICE: dict[Verdict, float] = {"sound": 1.0, "recovery": 0.5, "too-much": 0.0, "too-little": 0.0}
"""The share for each verdict in a scenario. A recovery gets half, because it fixes something that wasn't right."""

YEARS = range(1970, 9000)
"""The years accepted from a clock, even a wrong one. Closer to the calendar's ends, zones and intervals don't fit."""


@dataclass(frozen=True)
class Evidence:
    """One answer's evidence about one teaching point.

    ``share`` is how much of it was right. ``unsafe`` is true if something that was chosen would endanger somebody.
    ``seconds`` is how long it took, ``expected`` how long it usually takes. ``hint`` is true if one was asked for.
    """

    point: str
    at: datetime
    share: float
    unsafe: bool = False
    seconds: float | None = None
    expected: float | None = None
    hint: bool = False


Shown = Mapping[str, tuple[float, bool]]
"""For each point, the share that was right and whether something unsafe was chosen."""


def of_outcome(item: Item, outcome: Outcome) -> Shown:
    """Return what an answer to an item shows about each point. Empty if only an instructor can tell."""
    unsafe = any(remark.unsafe for remark in outcome.remarks)
    return {point: (share, unsafe) for point, share in mastery.by_point(item, outcome).items()}


def of_path(choices: Iterable[Choice]) -> Shown:
    """Return what the decisions taken in a scenario show about each of their points."""
    taken = [choice for choice in choices if choice.verdict]
    points = dict.fromkeys(point for choice in taken for point in choice.points)
    return {point: _decided([choice for choice in taken if point in choice.points]) for point in points}


def _decided(taken: list[Choice]) -> tuple[float, bool]:
    share = fmean(OF_A_CHOICE[choice.verdict] for choice in taken if choice.verdict)
    return share, any(choice.unsafe for choice in taken)


def moment(written: str) -> datetime | None:
    """Return a time from an answers file in UTC, or ``None`` if it can't be read or isn't within :data:`YEARS`."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    if at.year not in YEARS:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
