"""A class whose abilities and misconceptions are known, and what it hands in. A Rasch-like model over real banks.

Somebody knows what is asked in one place (an option, a statement, an action, a step, a decision) with the chance
1 / (1 + exp(-(ability + point - difficulty))): the ability is drawn from a normal distribution for each trainee, the
difficulty for each item, and ``point`` is 0 but for the teaching points that were planted as weak. Who knows it, does
what the truth says; who does not, does something else. The truth is the bank's key, but for what was planted.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from casebook import engine, slots
from casebook.answers import FILE_NAME
from casebook.content import Point
from casebook.kinds.base import Item, Part
from casebook.kinds.order import OrderItem
from casebook.kinds.rate import RateItem
from casebook.kinds.several import SeveralItem
from casebook.kinds.simulation import TELLING, SimulationItem
from casebook.kinds.single import SingleItem
from casebook.kinds.sort import SortItem
from casebook.kinds.written import WrittenItem
from grading import bank, verdict
from grading.gradebook import Grade, Student, Submission
from grading.report import sitting
from grading.report.reading import Check, Class
from grading.scoring import Scorer

BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Planted:
    """What is wrong on purpose.

    ``wrong_key``: items whose truth is another option than the bank says. ``giveaway``: nearly everybody is right.
    ``unrelated``: right or wrong by a coin, whatever somebody knows. ``weak``: points that few have understood.
    ``believed``: the wrong option that those who do not know take, by item.
    """

    wrong_key: Mapping[str, str] = field(default_factory=dict)
    giveaway: frozenset[str] = frozenset()
    unrelated: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    believed: Mapping[str, str] = field(default_factory=dict)
    weakness: float = 3.0


@dataclass(frozen=True)
class Trainee:
    """A simulated trainee."""

    id: str
    ability: float


class Model:
    """The class of one seed: its trainees, its items' difficulties, and what they answer."""

    def __init__(self, size: int, seed: int, planted: Planted = Planted()) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same each time
        self.planted = planted
        self.trainees = [Trainee(f"t{n:04}", self.chance.gauss(0.9, 1.0)) for n in range(size)]
        self._difficulties: dict[str, float] = {}

    def difficulty(self, item: Item) -> float:
        """The difficulty of an item: drawn once, the same for all."""
        if item.id not in self._difficulties:
            self._difficulties[item.id] = self.chance.gauss(0.0, 0.5)
        return self._difficulties[item.id]

    def knows(self, trainee: Trainee, item: Item, points: Sequence[str]) -> bool:
        """Whether a trainee knows what one place of an item asks."""
        if item.id in self.planted.giveaway:
            return self.chance.random() < 0.995
        if item.id in self.planted.unrelated:
            return self.chance.random() < 0.5
        weaker = self.planted.weakness if any(point in self.planted.weak for point in points) else 0.0
        return self.chance.random() < 1 / (1 + math.exp(-(trainee.ability - weaker - self.difficulty(item))))

    def answer(self, trainee: Trainee, item: Item) -> dict[str, Any]:
        """What a trainee answers."""
        knows = lambda part: self.knows(trainee, item, getattr(part, "points", ()) or item.points)  # noqa: E731
        match item:
            case SingleItem():
                return {"choice": self._single(item, knows(item))}
            case SeveralItem():
                return {"choices": [o.id for o in item.options if o.right == knows(o)]}
            case SortItem():
                return {s.id: s.group if knows(s) else self._other(s.group, item.groups) for s in item.statements}
            case RateItem():
                return {a.id: str(a.best) if knows(a) else self._off(a.best) for a in item.actions}
            case OrderItem():
                return {"order": self._order(item, knows)}
            case SimulationItem():
                return self._played(item, knows)
            case WrittenItem():
                return {"text": "What I would do is this." if knows(item) else "I am not sure."}
        raise TypeError(item.kind)

    def _single(self, item: SingleItem, knows: bool) -> str:
        (key,) = item.right_ones()
        truth = self.planted.wrong_key.get(item.id, key)
        if knows:
            return truth
        return self.planted.believed.get(item.id) or self._other(truth, item.options)

    def _other(self, id: str, parts: Sequence[Any]) -> str:
        return self.chance.choice([part.id for part in parts if part.id != id])

    def _off(self, best: int) -> str:
        return str(self.chance.choice([rating for rating in range(5) if rating != best]))

    def _order(self, item: OrderItem, knows: Any) -> list[str]:
        places = {step.id: step.place + (0 if knows(step) else self.chance.uniform(-3, 3)) for step in item.steps}
        return sorted(places, key=places.__getitem__)

    def _played(self, item: SimulationItem, knows: Any) -> dict[str, Any]:
        story = item.stories[0].story
        state, left = engine.begin(story, TELLING), item.prospects[story.id]
        while not engine.is_over(story, state):
            there = engine.choices(story, state)
            best = max(there, key=lambda c: (c.score or 0) + left(engine.choose(story, state, c.id)))
            taken = best if knows(Part(id="", text="", feedback="", points=best.points)) else self.chance.choice(there)
            state = engine.choose(story, state, taken.id)
        return {"case": story.id, "path": list(state.path)}

    def lines(self, trainee: Trainee, check: Check) -> Iterator[dict[str, Any]]:
        """The lines of a trainee's answers file, in the order of the bank, of each slot one variant."""
        at = BEGIN
        for item in _asked(trainee, check):
            at += timedelta(seconds=20 + 60 * self.chance.random())
            for given in one_by_one(self.answer(trainee, item)):
                yield {"v": 1, "at": at.isoformat(), "module": check.module, "id": item.id, "given": given}


def one_by_one(given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a page keeps of an answer: each decision of a path by itself."""
    yield from ({**given, "path": given["path"][:n]} for n in range(len(given["path"]))) if "path" in given else ()
    yield given


def _asked(trainee: Trainee, check: Check) -> list[Item]:
    variants: dict[str, list[str]] = {}
    for item in check.items.values():
        variants.setdefault(item.slot or item.id, []).append(item.id)
    return [check.items[slots.draw(trainee.id, slot, ids)] for slot, ids in variants.items()]


def check_of(module: str) -> Check:
    """A check of the real course."""
    course = bank.course()
    return Check(module, course.titles[module], course.pass_mark_of(module), bank.items(module))


def handed_in(model: Model, checks: Sequence[Check], folder: Path) -> Class:
    """The class, as it is read once everything was handed in, graded by the course's own scoring, and marked."""
    submissions, sittings = {}, {}
    for check in checks:
        for trainee in model.trainees:
            where = folder / trainee.id / check.module
            keep(where, model.lines(trainee, check))
            scorer = Scorer(check.module, where, check.items)
            key = (check.module, trainee.id)
            sittings[key] = sitting.of(trainee.id, scorer)
            submissions[key] = graded(trainee.id, scorer)
    points: dict[str, Point] = bank.points()
    students = tuple(Student(trainee.id) for trainee in model.trainees)
    return Class("A simulated class", students, tuple(checks), points, bank.course().pass_mark, submissions, sittings)


def keep(folder: Path, lines: Iterator[dict[str, Any]]) -> None:
    """Writes an answers file at once: forcing each line to disk would take most of a test's time."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE_NAME).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def graded(student: str, scorer: Scorer) -> Submission:
    """What the gradebook holds of it, once an instructor gave what was written all or no marks."""
    grades = []
    for name, marks in scorer.marks().items():
        result = scorer.result(name)
        most = result.item.marks or 0.0
        manual = None
        if marks is None and result.given is not None:
            manual = most if result.given["text"].startswith("What") else 0.0
        grades.append(Grade(name, most, marks, manual, None, waits=False))
    questions = dict.fromkeys(item.slot or item.id for item in scorer.items.values())
    unsafe = tuple(choice for name in questions for choice in verdict.unsafe_choices(scorer.result(name)))
    return Submission(student, scorer.module, BEGIN, 0.0, tuple(grades), unsafe=unsafe)
