"""Answers to marks: from an answers file and the bank, and from nothing else of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebook import answers
from casebook.answers import Book
from casebook.kinds.base import Given, Item, NotAnAnswer, Outcome
from grading import bank


@dataclass(frozen=True)
class Result:
    """An item's result: the answer that counts (if any), its outcome, and the marks.

    ``marks`` is ``None`` where an instructor has yet to give them. ``problem`` says why an answer was not
    one; it then scores as none.
    """

    item: Item
    given: Given | None
    outcome: Outcome
    marks: float | None
    problem: str | None = None


class Scorer:
    """Scores one submission folder of one check."""

    def __init__(self, module: str, folder: Path, items: Mapping[str, Item] | None = None) -> None:
        self.module = module
        self.items = bank.items(module) if items is None else items
        self.book, self.trouble = _book(folder / answers.FILE_NAME)

    def result(self, item_id: str) -> Result:
        """The result of one item of the bank."""
        item = self.items[item_id]
        return score(item, item.counting([answer.given for answer in self.book.all(self.module, item_id)]))


def score(item: Item, given: Given | None) -> Result:
    """One answer, scored. Whatever it holds, a result comes of it."""
    try:
        outcome, problem = item.outcome(given), None
    except NotAnAnswer as error:
        given, outcome, problem = None, item.outcome(None), str(error)
    # Rounded, for sums of thirds must not depend on the order of adding.
    marks = None if outcome.share is None else round(outcome.share * (item.marks or 0), 4)
    return Result(item, given, outcome, marks, problem)


def _book(path: Path) -> tuple[Book, str | None]:
    try:
        book = answers.read(path)
    except OSError as error:
        return Book(), f"The answers file could not be read ({error.strerror or error}); it counts as empty."
    if not book.unreadable:
        return book, None
    if len(book.unreadable) == 1:
        return book, "1 line of the answers file could not be read and was passed over."
    return book, f"{len(book.unreadable)} lines of the answers file could not be read and were passed over."
