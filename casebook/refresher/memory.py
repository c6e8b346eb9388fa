"""What is remembered of each teaching point, and until when: a fold over the evidence, with py-fsrs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from itertools import groupby
from math import fsum
from statistics import fmean

from fsrs import Card, Rating, Scheduler

from casebook.refresher.evidence import Evidence
from casebook.refresher.rating import rating

LONGEST = 365
"""Days. Law, policy and people change: no point is left for longer than a year."""


@dataclass(frozen=True)
class Memory:
    """What is known of a teaching point: py-fsrs's card for it, how often it was asked and had been forgotten.

    ``share`` is how much was right the last time.
    """

    point: str
    card: Card
    last: datetime
    reviews: int
    lapses: int
    share: float

    @property
    def due(self) -> datetime:
        """When it should be asked next."""
        return self.card.due


def memories(evidence: Iterable[Evidence], zone: tzinfo, retention: float) -> dict[str, Memory]:
    """What is remembered of each point for which there is evidence; ``retention`` is the share wanted when it is due.

    All evidence of one day (in ``zone``) is one review: answering five questions on a point in an hour's lesson is not
    five times remembering it.
    """
    found: dict[str, Memory] = {}
    ordered = sorted(evidence, key=lambda one: (one.point, one.at))
    for point, of_point in groupby(ordered, key=lambda one: one.point):
        for _, of_day in groupby(of_point, key=lambda one: one.at.astimezone(zone).date()):
            review = _joined(list(of_day))
            found[point] = _after(found.get(point), review, retention)
    return found


def recall(memory: Memory, now: datetime, retention: float) -> float:
    """How likely it is that a point is remembered, from 0 to 1."""
    return _scheduler(retention).get_card_retrievability(memory.card, max(now, memory.last))


def _joined(of_day: Sequence[Evidence]) -> Evidence:
    timed = [(one.seconds, one.expected) for one in of_day if one.seconds is not None and one.expected is not None]
    is_timed = len(timed) == len(of_day)
    return Evidence(
        point=of_day[0].point,
        at=of_day[-1].at,
        share=fmean(one.share for one in of_day),
        unsafe=any(one.unsafe for one in of_day),
        seconds=fsum(seconds for seconds, _ in timed) if is_timed else None,
        expected=fsum(expected for _, expected in timed) if is_timed else None,
        hint=any(one.hint for one in of_day),
    )


def _after(before: Memory | None, review: Evidence, retention: float) -> Memory:
    rated = rating(review)
    # py-fsrs tells cards apart by a number that it else takes from the clock.
    card = before.card if before else Card(card_id=1, due=review.at)
    after, _ = _scheduler(retention).review_card(card, rated, review.at.astimezone(UTC))
    reviews, lapses = (before.reviews, before.lapses) if before else (0, 0)
    lapsed = rated == Rating.Again and before is not None
    return Memory(review.point, after, review.at, reviews + 1, lapses + lapsed, review.share)


@cache
def _scheduler(retention: float) -> Scheduler:
    # No steps of minutes: a point is asked once a day at most. No fuzz: the same answers give the same dates.
    return Scheduler(
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )
