"""A summary of one trainee's answers to one check, small enough to pass between processes. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from casebook import attempts, blank, engine, mastery
from casebook.answers import Answer
from casebook.kinds import KINDS
from casebook.kinds.base import Given, Item
from casebook.kinds.simulation import TELLING, SimulationItem
from grading.report import traces
from grading.report.traces import Traces
from grading.scoring import Result, Scorer

_ENOUGH_TO_TELL = 4
"""Answers: two people may well make one same pause, but hardly three."""
PAUSE = 15 * 60
"""Seconds: whoever gives no answer for longer was doing something else."""


@dataclass(frozen=True)
class Asked:
    """One question of a sitting. ``item`` is empty where nobody knows which variant of a slot it was.

    ``chosen`` are pairs of a field's name and what was chosen in it; ``points`` what the answer shows of each teaching
    point, ``about`` the item's own points; ``taken`` the story, the scene, the choice and where it led, for each
    decision; ``seconds`` what passed before its
    answers, as far as the answers file tells it.
    """

    question: str
    item: str
    answered: bool
    chosen: tuple[tuple[str, str], ...]
    points: Mapping[str, float]
    about: tuple[str, ...]
    taken: tuple[tuple[str, str, str, str], ...] = ()
    seconds: float | None = None


@dataclass(frozen=True)
class Sitting:
    """A trainee's answers to a check; ``trouble`` says what of the answers file could not be read.

    ``pace`` stands for which answers were given when, where any were; ``traces`` are what in it no page writes.
    """

    student: str
    module: str
    asked: tuple[Asked, ...]
    trouble: str | None = None
    pace: str = ""
    traces: Traces = field(default_factory=Traces)


def of(student: str, scorer: Scorer) -> Sitting:
    """The sitting that a scorer's answers file holds."""
    questions = dict.fromkeys(item.slot or item.id for item in scorer.items.values())
    given = [one for one in scorer.book.answers if one.module == scorer.module and one.id != attempts.ID]
    spent = seconds(given)
    asked = tuple(_asked(name, scorer.result(name), spent) for name in questions)
    own = [one for one in given if one.id in scorer.items]
    return Sitting(student, scorer.module, asked, scorer.trouble, pace(own), traces.of(student, scorer))


def pace(given: Sequence[Answer]) -> str:
    """A digest of which answers were given when; empty if there were none.

    For a few answers, it uses their times. For more, it uses the pauses between them, so shifting the times of a copy
    doesn't hide it.
    """
    times = [moment(one.at) for one in given]
    first = times[0] if len(given) >= _ENOUGH_TO_TELL else None
    since = [str(at - first) if at and first else one.at for one, at in zip(given, times, strict=True)]
    told = json.dumps([(one.id, one.given, at) for one, at in zip(given, since, strict=True)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest() if given else ""


def _asked(question: str, result: Result, spent: Mapping[str, float]) -> Asked:
    item, given = result.item, result.given
    return Asked(
        question=question,
        item=item.id if result.seen else "",
        answered=given is not None and not is_blank(given),
        chosen=tuple(chosen(item, given)) if given is not None else (),
        points=mastery.by_point(item, result.outcome),
        about=item.points,
        taken=_taken(item, given) if given is not None and isinstance(item, SimulationItem) else (),
        seconds=spent.get(item.id),
    )


def is_blank(given: Given) -> bool:
    """Whether an answer was taken back, or nothing was written, sorted or decided."""
    return all(not value or (isinstance(value, str) and blank.is_blank(value)) for value in _said(given))


def _said(given: Given) -> list[object]:
    """The content of an answer. While a path is empty, the name of its story doesn't count as content."""
    return [given["path"]] if "path" in given else list(given.values())


def chosen(item: Item, given: Given) -> Iterator[tuple[str, str]]:
    """Each field of an answer and what was chosen in it; steps come with their place, from 1. Words don't count."""
    if isinstance(item, SimulationItem):
        return
    for asked in KINDS[item.kind].fields(item.public()):
        value = given.get(asked.name)
        if asked.control == "one" and isinstance(value, str):
            yield asked.name, value
        elif asked.control == "several" and isinstance(value, list):
            yield from ((asked.name, one) for one in value)
        elif asked.control == "order" and isinstance(value, list):
            yield from ((step, str(place)) for place, step in enumerate(value, start=1))


def _taken(item: SimulationItem, given: Given) -> tuple[tuple[str, str, str, str], ...]:
    story = next(each.story for each in item.stories if each.story.id == given["case"])
    state = engine.replay(story, TELLING, tuple(given["path"]))
    steps = engine.steps(story, state)
    # None if the story has started but nothing has been decided.
    led = [step.scene for step in steps[1:]] + [state.scene] * bool(steps)
    return tuple((story.id, step.scene, step.choice.id, to) for step, to in zip(steps, led, strict=True))


def seconds(given: Sequence[Answer]) -> dict[str, float]:
    """For each item, the seconds between its answers and whatever was answered before each of them.

    The first answer has none before it. Anything over :data:`PAUSE`, or under 0 (a clock was set), is left out.
    """
    spent: dict[str, float] = {}
    for before, after in pairwise((one.id, moment(one.at)) for one in given):
        if before[1] is None or after[1] is None:
            continue
        gap = (after[1] - before[1]).total_seconds()
        if 0 <= gap <= PAUSE:
            spent[after[0]] = spent.get(after[0], 0.0) + gap
    return spent


def moment(at: str) -> datetime | None:
    """The moment of a stamp; nothing where it is none, or does not say in which zone it is."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    return found if found.tzinfo else None
