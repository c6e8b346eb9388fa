"""What is asked today, and what comes: the weakest point first, within the minutes of a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from casebook.content import Question
from casebook.refresher.memory import Memory, recall

MINUTES, RETENTIONS = (5, 30), (0.8, 0.95)
"""What may be set, from and to."""
TYPICAL = 45.0
"""Seconds that a question mostly takes, where there is none to say."""


@dataclass(frozen=True)
class Settings:
    """What the trainee set: the most minutes of a day, and the share that should still be remembered when asked."""

    minutes: int = 10
    retention: float = 0.9


def settings_of(given: Mapping[str, Any]) -> Settings:
    """The settings in an answer; what is missing, or not within bounds, is as it is at first."""
    first = Settings()
    minutes, retention = given.get("minutes"), given.get("retention")
    is_minutes = type(minutes) is int and MINUTES[0] <= minutes <= MINUTES[1]
    is_retention = type(retention) in (int, float) and RETENTIONS[0] <= float(str(retention)) <= RETENTIONS[1]
    return Settings(
        minutes=int(str(minutes)) if is_minutes else first.minutes,
        retention=float(str(retention)) if is_retention else first.retention,
    )


def is_in(pool: Iterable[Question], question: Question) -> bool:
    """Whether the course still has a question as it was asked."""
    return any((one.id, one.module, one.story) == (question.id, question.module, question.story) for one in pool)


def due_points(memories: Mapping[str, Memory], now: datetime, zone: tzinfo, retention: float) -> list[str]:
    """The points that are due by the end of the day, those that are most likely forgotten first."""
    today = now.astimezone(zone).date()
    due = (memory for memory in memories.values() if memory.due.astimezone(zone).date() <= today)
    return _weakest(due, now, retention)


def weakest(memories: Mapping[str, Memory], now: datetime, retention: float) -> list[str]:
    """Every point, those that are most likely forgotten first: for whoever comes back after months."""
    return _weakest(memories.values(), now, retention)


def _weakest(memories: Iterable[Memory], now: datetime, retention: float) -> list[str]:
    return [one.point for one in sorted(memories, key=lambda one: (recall(one, now, retention), one.due, one.point))]


def next_question(
    points: Sequence[str],
    pool: Sequence[Question],
    asked: Mapping[str, datetime],
    today: Collection[str],
    left: float,
) -> Question | None:
    """What to ask next of ``points``, the weakest first, in ``left`` seconds; ``None`` where nothing fits any more.

    ``asked`` tells when each question was asked last, ``today`` which were asked today: these are not asked again. For
    a point the question that was asked longest ago comes first, never asked before all; of several such the one that
    is about most of ``points`` for its seconds. A scenario takes minutes, so it comes only where it is about two of
    them or more, or where there is nothing else.
    """
    wanted = set(points)

    def worth(one: Question) -> float:
        return len(wanted & set(one.points)) / one.seconds

    for point in points:
        fitting = [one for one in pool if point in one.points and one.seconds <= left and one.id not in today]
        quick = [one for one in fitting if not one.story or len(wanted & set(one.points)) > 1]
        candidates = quick or fitting
        if candidates:
            return min(candidates, key=lambda one: (*_staleness(one, asked), -worth(one)))
    return None


def _staleness(question: Question, asked: Mapping[str, datetime]) -> tuple[bool, float]:
    at = asked.get(question.id)
    return (at is not None, at.timestamp() if at else 0.0)


def days_ahead(
    memories: Mapping[str, Memory],
    now: datetime,
    zone: tzinfo,
    settings: Settings,
    pool: Sequence[Question],
    days: int = 90,
) -> list[tuple[date, int]]:
    """On which of the coming days how many points are to be asked, as things stand; days with none are left out.

    What does not fit into a day's minutes goes over to the next. What is asked comes back later; that is not counted.
    Nor are points for which there is no question that fits into a day: nothing will ask them.
    """
    askable = {point for one in pool if one.seconds <= settings.minutes * 60 for point in one.points}
    today = now.astimezone(zone).date()
    a_day = max(1, int(settings.minutes * 60 / _typical(pool)))
    due = [max(today, one.due.astimezone(zone).date()) for point, one in memories.items() if point in askable]
    waiting, ahead = 0, []
    for n in range(days):
        day = today + timedelta(days=n)
        waiting += due.count(day)
        asked = min(waiting, a_day)
        waiting -= asked
        if asked:
            ahead.append((day, asked))
    return ahead


def _typical(pool: Sequence[Question]) -> float:
    quick = [one.seconds for one in pool if not one.story]
    return sum(quick) / len(quick) if quick else TYPICAL
