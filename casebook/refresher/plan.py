"""The plan for today and the days ahead: the weakest point first, within each day's minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from casebook.content import Question
from casebook.refresher.memory import Memory, recall

MINUTES, RETENTIONS = (5, 30), (0.8, 0.95)
"""The lowest and highest values that a trainee can set."""
TYPICAL = 45.0
"""Seconds that a question usually takes; used if the pool has only scenarios or is empty."""


@dataclass(frozen=True)
class Settings:
    """The trainee's settings: the most minutes a day, and the share that should still be remembered when asked."""

    minutes: int = 10
    retention: float = 0.9


def settings_of(given: Mapping[str, Any]) -> Settings:
    """Return the settings in an answer, with the default for each that is missing or out of bounds."""
    first = Settings()
    minutes, retention = given.get("minutes"), given.get("retention")
    is_minutes = type(minutes) is int and MINUTES[0] <= minutes <= MINUTES[1]
    is_retention = type(retention) in (int, float) and RETENTIONS[0] <= float(str(retention)) <= RETENTIONS[1]
    return Settings(
        minutes=int(str(minutes)) if is_minutes else first.minutes,
        retention=float(str(retention)) if is_retention else first.retention,
    )


def is_in(pool: Iterable[Question], question: Question) -> bool:
    """Return whether the course still has a question as it was asked."""
    return any((one.id, one.module, one.story) == (question.id, question.module, question.story) for one in pool)


def due_points(memories: Mapping[str, Memory], now: datetime, zone: tzinfo, retention: float) -> list[str]:
    """Return the points that are due by the end of the day, those most likely forgotten first."""
    today = now.astimezone(zone).date()
    due = (memory for memory in memories.values() if memory.due.astimezone(zone).date() <= today)
    return _weakest(due, now, retention)


def weakest(memories: Mapping[str, Memory], now: datetime, retention: float) -> list[str]:
    """Return every point, those most likely forgotten first, for a trainee who comes back after months."""
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
    """Return the next question to ask about ``points``, or ``None`` if nothing fits into the ``left`` seconds.

    ``points`` are in order, the weakest first. ``asked`` has the time each question was last asked. ``today`` has the
    questions asked today, which aren't asked again. For each point, questions that were never asked come first, then
    the one asked longest ago. In a tie, the question about the most of ``points`` per second comes first. A scenario
    takes minutes, so it is asked only if it is about two or more of ``points``, or if nothing else fits.
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
    """Return the coming days on which points will be asked, as of now, each with how many.

    Points that don't fit into a day's minutes move to the next day. A point that is asked will come back later, but
    that isn't counted. Points without a question that fits into a day aren't counted either, because nothing will ask
    about them.
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
