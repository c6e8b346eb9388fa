"""Where the refresher stands: what is due, what is asked next, and what is left of the day's minutes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property

from casebook.content import Question, Taught
from casebook.refresher import memory, plan
from casebook.refresher.log import Log, Review
from casebook.refresher.memory import Memory
from casebook.refresher.rating import NEAR

PATH_MINUTES = 15
"""The path of somebody who comes back after months: as long as that, whatever a day's minutes are."""


@dataclass(frozen=True)
class Today:
    """The refresher ``now``, in the time zone ``zone``: what was kept, what is remembered, what may be asked."""

    now: datetime
    zone: tzinfo
    log: Log
    points: Mapping[str, Taught]
    pool: Sequence[Question]
    known: Mapping[str, Memory]

    @cached_property
    def memories(self) -> dict[str, Memory]:
        """How well each of the course's points is remembered."""
        return {point: one for point, one in self.known.items() if point in self.points}

    @property
    def day(self) -> date:
        """The day, where the trainee is."""
        return self.now.astimezone(self.zone).date()

    @property
    def is_path(self) -> bool:
        """Whether the longer path was started today and isn't over."""
        path = self.log.path
        return path is not None and self._is_today(path) and self._spent(path) < PATH_MINUTES * 60

    @property
    def left(self) -> float:
        """The seconds that are left."""
        if self.is_path and self.log.path:
            return PATH_MINUTES * 60 - self._spent(self.log.path)
        return max(0.0, self.log.settings.minutes * 60 - self.spent)

    @property
    def spent(self) -> float:
        """The seconds spent today."""
        return self._spent()

    @cached_property
    def due(self) -> list[str]:
        """The points that are due by the end of the day, the weakest first."""
        return plan.due_points(self.memories, self.now, self.zone, self.log.settings.retention)

    @property
    def wanted(self) -> list[str]:
        """The points to ask about: those due; on the longer path all that were not asked on it."""
        if not self.is_path:
            return self.due
        asked = {point for review in self._since(self.log.path) for point in review.shown}
        weakest = plan.weakest(self.memories, self.now, self.log.settings.retention)
        return [point for point in weakest if point not in asked]

    @cached_property
    def next(self) -> Question | None:
        """The next question; ``None`` if there isn't one, or the day's minutes are over."""
        return self._next(self.wanted, self.left)

    @property
    def offers_path(self) -> bool:
        """Whether something is due, and the longer path would have a question for it."""
        return bool(self.due) and not self.is_path and self._next(self.due, PATH_MINUTES * 60) is not None

    def _next(self, points: Sequence[str], left: float) -> Question | None:
        asked = {review.question: review.at for review in self.log.reviews}
        today = {review.question for review in self.log.reviews if self._is_today(review.at)}
        return plan.next_question(points, self.pool, asked, today, left)

    @property
    def asks(self) -> bool:
        """Whether a question that was asked today is still open, and the course still has it."""
        ask = self.log.ask
        return ask is not None and self._is_today(ask.at) and plan.is_in(self.pool, ask.question)

    @property
    def answered(self) -> int:
        """How many questions were answered today."""
        return sum(self._is_today(review.at) for review in self.log.reviews)

    @cached_property
    def ahead(self) -> list[tuple[date, int]]:
        """The coming days on which something is to be asked, and about how many points."""
        return plan.days_ahead(self.memories, self.now, self.zone, self.log.settings, self.pool)

    @property
    def weak(self) -> list[str]:
        """The points of which too little was right the last time, least first: what to look up again."""
        order = list(self.points)
        weak = (point for point, one in self.memories.items() if one.share < NEAR)
        return sorted(weak, key=lambda point: (self.memories[point].share, order.index(point)))

    def recall(self, point: str) -> float:
        """How likely a point is remembered."""
        return memory.recall(self.memories[point], self.now, self.log.settings.retention)

    def due_on(self, point: str) -> date:
        """The day on which a point is due."""
        return self.memories[point].due.astimezone(self.zone).date()

    def _is_today(self, at: datetime) -> bool:
        return at.astimezone(self.zone).date() == self.day

    def _since(self, begun: datetime | None) -> list[Review]:
        reviews = (review for review in self.log.reviews if self._is_today(review.at))
        return [review for review in reviews if begun is None or review.at >= begun]

    def _spent(self, begun: datetime | None = None) -> float:
        return sum(review.seconds for review in self._since(begun))
