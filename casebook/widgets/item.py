"""The panel of one item: for practice (feedback at once) or graded (answers only)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebook import progress, view
from casebook.answers import Answer
from casebook.content import Point
from casebook.desk import Desk
from casebook.kinds import KINDS
from casebook.kinds.base import Given, Item, NotAnAnswer, revision
from casebook.view import View
from casebook.widgets.panel import AnsweringPanel


class ItemPanel(AnsweringPanel):
    """Shows the public part of an item and keeps each answer as it is given."""

    def __init__(self, desk: Desk, module: str, public: Mapping[str, Any]) -> None:
        self.public = public
        super().__init__(desk, module, public["id"])

    def current(self) -> View:
        """The item with its last answer, if that still fits it; and whether the item is another than was answered."""
        last = self.desk.last(self.module, self.item_id)
        fits = last if last and not self._problem(last.given) else None
        shown = view.item(self.public, fits.given if fits else None, graded=True)
        return {**shown, "saved_at": fits.at if fits else None, "changed": self._changed(last)}

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """Keeps ``{"type": "answer", "given": …}``."""
        if event.get("type") != "answer":
            raise NotAnAnswer("That isn't an answer.")
        return {"at": self._keep(event.get("given"), checked=False).at}

    def _keep(self, given: object, *, checked: bool) -> Answer:
        if not isinstance(given, dict):
            raise NotAnAnswer("That isn't an answer.")
        problem = self._problem(given)
        if problem:
            raise NotAnAnswer(problem)
        return self.desk.keep(self.module, self.item_id, given, revision(self.public), checked=checked)

    def _changed(self, last: Answer | None) -> View | None:
        if last is None or not progress.is_answered(last):
            return None
        if self._problem(last.given):
            return view.changed(last.at, fits=False)
        reworded = last.rev is not None and last.rev != revision(self.public)
        return view.changed(last.at, fits=True) if reworded else None

    def _problem(self, given: Given) -> str | None:
        return KINDS[self.public["kind"]].problem(self.public, given)


class PracticePanel(ItemPanel):
    """An item with its key beside it: shows what is right as soon as the trainee asks."""

    def __init__(self, desk: Desk, module: str, item: Item, points: Mapping[str, Point]) -> None:
        self.item = item
        self.points = points
        super().__init__(desk, module, item.public())

    def current(self) -> View:
        """As any item, marked as practice."""
        return {**super().current(), "graded": False}

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """Keeps an answer; ``{"type": "check", …}`` also gives the feedback on it."""
        if event.get("type") != "check":
            return super().handle(event)
        kept = self._keep(event.get("given"), checked=True)
        return {"at": kept.at, "feedback": view.remarks(self.item.outcome(kept.given), self.points)}
