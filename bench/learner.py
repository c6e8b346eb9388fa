"""A simulated learner's year: our refresher beside a monthly quiz and beside rereading, with the same minutes.

The learner's memory is not the one that the refresher reckons with. It is the activation model of Pavlik and Anderson
(2005), "Practice and forgetting effects on vocabulary memory: an activation-based model of the spacing effect",
Cognitive Science 29, 559-586: every encounter with a point leaves a trace, a trace fades by a power of its age, and one
that is laid while the point is still active fades faster. Their numbers stand as they are; none of ours is fitted.

No point is as hard as the next: as Pavlik and Anderson (2008), "Using a model to compute the optimal schedule of
practice", Journal of Experimental Psychology: Applied 14, 101-117, each has an intercept of its own. Where all are
equally hard, who goes round them is never wrong: then a monthly quiz comes to the same after nine months.

Two things speak against the refresher here, and stay. The model takes a reread for as good an encounter as a question
with feedback; so the table also shows rereading as if it took no longer than a question. And nobody is too tired for a
quiz of hours.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp, inf, log
from statistics import fmean
from typing import TypeAlias

from casebook.content import Question
from casebook.refresher import memory, plan
from casebook.refresher.evidence import Evidence
from casebook.refresher.memory import Memory

# Pavlik and Anderson (2005): decay scale and intercept, recall threshold and noise, and how much slower time passes
# for memory between sessions than in one.
C, A, TAU, S, H = 0.217, 0.177, -0.704, 0.255, 0.025

SPREAD = 0.6
"""How far the points' intercepts lie from each other (a standard deviation): assumed, and not measured.

0 makes all points equally hard.
"""
POINTS = 46
"""Teaching points: those of the course."""
VARIANTS = 3
"""Questions for each point. More or fewer change nothing here: to this learner they are the same encounter."""
QUESTION = 50.0
"""Seconds for a question with its feedback: the median of the course's own (``content/refresher.json``) is 51."""
REREAD = 80.0
"""Seconds for rereading what teaches one point: the words of a lesson for each of its points, the median of the course,
at the speed of :data:`authoring.minutes.WORDS_A_MINUTE`."""
LEARNING_DAYS = 5
"""On each of the first days a fifth of the points is learned: each read once, and then asked once, as in a lesson."""
MONTHS, MONTH = 12, 30
DAY = 86_400.0
SEEDS = tuple(range(1, 6))

POOL = tuple(
    Question(f"{point}-{variant}", "m", (str(point),), QUESTION)
    for point in range(POINTS)
    for variant in range(VARIANTS)
)

_BEGUN = datetime(2026, 1, 1, 9, tzinfo=UTC)  # any day: nothing depends on which


@dataclass
class Learner:
    """A memory by the model. ``clock`` is the model's time in seconds, which runs slower between sessions."""

    chance: random.Random
    clock: float = 0.0
    now: float = 0.0
    intercepts: Mapping[int, float] = field(default_factory=dict)
    _traces: dict[int, list[tuple[float, float]]] = field(default_factory=dict)

    def wait(self, until: float) -> None:
        """Do something else until ``until``, in seconds of the year; no time passes where that is over."""
        self.clock += H * max(0.0, until - self.now)
        self.now = max(self.now, until)

    def encounter(self, point: int, seconds: float) -> None:
        """Meet a point for ``seconds``; its trace is as old as the end of them."""
        decay = C * exp(self._activation(point)) + A
        self.clock += seconds
        self.now += seconds
        self._traces.setdefault(point, []).append((self.clock, decay))

    def answer(self, point: int, seconds: float) -> bool:
        """Answer a question on a point, right or not, by chance and memory; feedback follows, so it is an encounter."""
        is_right = self.chance.random() < self.recall(point)
        self.encounter(point, seconds)
        return is_right

    def recall(self, point: int) -> float:
        """How likely the point is remembered now."""
        activation = self._activation(point)
        return 1 / (1 + exp((TAU - activation) / S)) if activation > -inf else 0.0

    def _activation(self, point: int) -> float:
        # A trace is a second old at least: the model's power of its age is not defined for none.
        strength = sum(max(1.0, self.clock - laid) ** -decay for laid, decay in self._traces.get(point, ()))
        return log(strength) + self.intercepts.get(point, 0.0) if strength else -inf


@dataclass(frozen=True)
class Year:
    """What came of a year: mean recall over all points at each month's end, and the seconds used on each day."""

    retention: tuple[float, ...]
    seconds: tuple[float, ...]

    @property
    def monthly(self) -> tuple[float, ...]:
        """The seconds used in each month."""
        return tuple(sum(self.seconds[first : first + MONTH]) for first in range(0, MONTHS * MONTH, MONTH))


Session: TypeAlias = Callable[[Learner, int], float]
"""What a strategy does on a day (from 0): the seconds that it took."""
Answered: TypeAlias = Callable[[int, int, bool], None]
"""Told of each answer while the points are learned: the point, the day, and whether it was right."""


def year(
    seed: int, session: Session, answered: Answered = lambda _point, _day, _right: None, spread: float = SPREAD
) -> Year:
    """A learner's year: the points are learned on the first days, and ``session`` is held on every day."""
    chance = random.Random(seed)  # noqa: S311 - a simulation, and the same each time
    learner = Learner(chance, intercepts={point: chance.gauss(0, spread) for point in range(POINTS)})
    retention, seconds = [], []
    for day in range(MONTHS * MONTH):
        learner.wait(day * DAY)
        for point, is_right in _lesson(learner, day):
            answered(point, day, is_right)
        seconds.append(session(learner, day))
        if (day + 1) % MONTH == 0:
            learner.wait((day + 1) * DAY)
            retention.append(fmean(learner.recall(point) for point in range(POINTS)))
    return Year(tuple(retention), tuple(seconds))


def _lesson(learner: Learner, day: int) -> Iterator[tuple[int, bool]]:
    """The points of the day, read and then asked, each with whether it was answered right."""
    todays = [point for point in range(POINTS) if day < LEARNING_DAYS and point % LEARNING_DAYS == day]
    for point in todays:
        learner.encounter(point, REREAD)
    for point in todays:
        yield point, learner.answer(point, QUESTION)


def is_learned(point: int, day: int) -> bool:
    """Whether a point was taught on ``day`` or before."""
    return point % LEARNING_DAYS <= day


@dataclass
class Refresher:
    """Our refresher, with its settings as they are at first: what is due, within the day's limit."""

    settings: plan.Settings = field(default_factory=plan.Settings)
    _evidence: dict[str, list[Evidence]] = field(default_factory=dict)
    _known: dict[str, Memory] = field(default_factory=dict)
    _asked: dict[str, datetime] = field(default_factory=dict)

    def answered(self, point: int, day: int, is_right: bool) -> None:
        """Take note of an answer."""
        at = _BEGUN + timedelta(days=day)
        said = Evidence(str(point), at, float(is_right), seconds=QUESTION, expected=QUESTION)
        self._evidence.setdefault(said.point, []).append(said)
        # A point's memory stands on its own evidence alone: only this one is made anew.
        self._known |= memory.memories(self._evidence[said.point], UTC, self.settings.retention)

    def session(self, learner: Learner, day: int) -> float:
        """Ask, one question after the other, until nothing is due or the day's minutes are used; the seconds."""
        now, today, used = _BEGUN + timedelta(days=day), set[str](), 0.0
        while question := self._next(now, today, self.settings.minutes * 60 - used):
            self.answered(int(question.points[0]), day, learner.answer(int(question.points[0]), question.seconds))
            self._asked[question.id] = now
            today.add(question.id)
            used += question.seconds
        return used

    def _next(self, now: datetime, today: set[str], left: float) -> Question | None:
        due = plan.due_points(self._known, now, UTC, self.settings.retention)
        return plan.next_question(due, POOL, self._asked, today, left)


def quiz(monthly: Sequence[float]) -> Session:
    """One quiz a month of so many seconds, on its first day (of the first month: the first after the lessons).

    It goes round the points: where one month's quiz ends, the next one begins.
    """
    asked = 0

    def session(learner: Learner, day: int) -> float:
        nonlocal asked
        if day != LEARNING_DAYS and (day == 0 or day % MONTH):
            return 0.0
        many = int(monthly[day // MONTH] // QUESTION)
        for number in range(asked, asked + many):
            learner.answer(number % POINTS, QUESTION)
        asked += many
        return many * QUESTION

    return session


def rereading(monthly: Sequence[float], seed: int, seconds: float = REREAD) -> Session:
    """Rereading points by chance on days by chance, so many seconds a month; ``seconds`` for each time."""
    chance = random.Random(f"rereading {seed}")  # noqa: S311 - a simulation, and the same each time
    days: list[int] = []
    for month, used in enumerate(monthly):
        first = month * MONTH
        days += (chance.randrange(first, first + MONTH) for _ in range(round(used / seconds)))

    def session(learner: Learner, day: int) -> float:
        many = days.count(day)
        for _ in range(many):
            known = [point for point in range(POINTS) if is_learned(point, day)]
            learner.encounter(chance.choice(known), seconds)
        return many * seconds

    return session


@dataclass(frozen=True)
class Month:
    """A month's end, over several learners: mean recall by each way, and the refresher's minutes.

    ``minutes`` are the mean of a month; ``load`` is the longest day of any learner, ``quiz_load`` that of the quiz.
    """

    number: int
    refresher: float
    quiz: float
    rereading: float
    quick_rereading: float
    minutes: float
    load: float
    quiz_load: float


def months(seeds: Iterable[int] = SEEDS, spread: float = SPREAD) -> list[Month]:
    """The months of a year with the refresher, and with as many minutes in every month by the other ways."""
    years = [_years(seed, spread) for seed in seeds]
    return [_month(n, [list(ways) for ways in zip(*years, strict=True)]) for n in range(MONTHS)]


def _years(seed: int, spread: float) -> tuple[Year, Year, Year, Year]:
    """One learner's year by each way: the refresher, the quiz, rereading, and rereading as quickly as a question."""
    refresher = Refresher()
    ours = year(seed, refresher.session, refresher.answered, spread)
    ways = (quiz(ours.monthly), *(rereading(ours.monthly, seed, seconds) for seconds in (REREAD, QUESTION)))
    quizzed, reread, quickly = (year(seed, way, spread=spread) for way in ways)
    return ours, quizzed, reread, quickly


def _month(n: int, ways: Sequence[Sequence[Year]]) -> Month:
    ours, quizzed = ways[:2]
    refresher, quiz_recall, reread, quickly = (fmean(year.retention[n] for year in years) for years in ways)
    minutes = fmean(year.monthly[n] for year in ours) / 60
    return Month(n + 1, refresher, quiz_recall, reread, quickly, minutes, _longest(ours, n), _longest(quizzed, n))


def _longest(years: Iterable[Year], month: int) -> float:
    """The minutes of a month's longest day."""
    return max(max(year.seconds[month * MONTH : (month + 1) * MONTH]) for year in years) / 60


def table(found: Iterable[Month]) -> str:
    """The months as a Markdown table."""
    limit = plan.Settings().minutes
    names = ("month", "refresher", "monthly quiz", "rereading", "quick rereading", "minutes", "longest day", "of quiz")
    lines = [f"| {' | '.join(names)} |", f"|{'|'.join('-' * (len(name) + 1) + ':' for name in names)}|"]
    for month in found:
        ways = (month.refresher, month.quiz, month.rereading, month.quick_rereading)
        loads = (f"{month.minutes:.0f}", f"{month.load:.0f} of {limit}", f"{month.quiz_load:.0f}")
        cells = (str(month.number), *(f"{way:.1%}" for way in ways), *loads)
        lines.append(f"| {' | '.join(cell.rjust(len(name)) for cell, name in zip(cells, names, strict=True))} |")
    return "\n".join(lines)
