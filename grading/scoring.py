"""Answers to marks: from an answers file and the bank, and from nothing else of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from casebook import slots
from casebook.kinds.base import Given, Item, NotAnAnswer, Outcome
from grading import bank, submission


@dataclass(frozen=True)
class Result:
    """An item's result: the answer that counts (if any), its outcome, and the marks.

    ``marks`` is ``None`` where an instructor has yet to give them. ``problem`` says why an answer was not
    one; it then scores as none. ``seen`` is false where the trainee answered no variant of a slot, so that nobody
    can say which they had before them: ``item`` is then one of them, and no word of it may be told.
    """

    item: Item
    given: Given | None
    outcome: Outcome
    marks: float | None
    problem: str | None = None
    seen: bool = True


class Scorer:
    """Scores one submission folder of one check."""

    def __init__(self, module: str, folder: Path, items: Mapping[str, Item] | None = None) -> None:
        self.module = module
        self.items = bank.items(module) if items is None else items
        self._questions = _questions(self.items)
        self._results: dict[str, Result] = {}
        self.book, self.trouble = submission.read(folder)

    @property
    def unanswered(self) -> bool:
        """Whether the answers file holds no answer to any question of the check."""
        return not any(one.module == self.module and one.id in self.items for one in self.book.answers)

    def grades(self, grade_id: str) -> bool:
        """Whether a cell of this name is a question: an item of the bank, or a slot."""
        return grade_id in self._questions

    def marks(self) -> dict[str, float | None]:
        """The marks of every question, by its name."""
        return {grade_id: self.result(grade_id).marks for grade_id in self._questions}

    def result(self, grade_id: str) -> Result:
        """The result of one question: of an item, or of the variant of a slot that was answered first."""
        if grade_id not in self._results:
            self._results[grade_id] = self._result(self._questions[grade_id])
        return self._results[grade_id]

    def _result(self, variants: tuple[str, ...]) -> Result:
        recorded = slots.recorded(self.book, self.module, variants)
        item = self.items[recorded or variants[0]]
        result = score(item, item.counting([answer.given for answer in self.book.all(self.module, item.id)]))
        return replace(result, seen=recorded is not None or item.slot is None)


def _questions(items: Mapping[str, Item]) -> dict[str, tuple[str, ...]]:
    """The items that stand for each question, by nbgrader's name of it: one, or all variants of a slot."""
    found: dict[str, tuple[str, ...]] = {}
    for item in items.values():
        grade_id = item.slot or item.id
        found[grade_id] = (*found.get(grade_id, ()), item.id)
    return found


def score(item: Item, given: Given | None) -> Result:
    """One answer, scored. Whatever it holds, a result comes of it."""
    try:
        outcome, problem = item.outcome(given), None
    except NotAnAnswer as error:
        given, outcome, problem = None, item.outcome(None), str(error)
    # Rounded, for sums of thirds must not depend on the order of adding.
    marks = None if outcome.share is None else round(outcome.share * (item.marks or 0), 4)
    return Result(item, given, outcome, marks, problem)
