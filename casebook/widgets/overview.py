"""The panels that tell where a trainee stands: the list of modules, and the end of a check."""

from __future__ import annotations

from typing import Any

from casebook import content, progress, slots, view
from casebook.answers import Answer, Book
from casebook.content import Outline
from casebook.desk import Desk
from casebook.kinds import KINDS
from casebook.kinds.base import NotAnAnswer
from casebook.view import View
from casebook.widgets.panel import AnsweringPanel


class ModulesPanel(AnsweringPanel):
    """Every module, how far the trainee has come in it, and what comes next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "start", "modules")

    def current(self) -> View:
        """The modules as the answers files have them."""
        outlines = content.outlines(self.desk.folder)
        return view.modules(outlines, [progress.of(each, self.desk.book, self._check(each)) for each in outlines])

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "refresh"}``: the view as it is now."""
        return refreshed(self, event)

    def _check(self, outline: Outline) -> Book:
        return Desk((self.desk.folder / outline.check).parent).book


class OpeningPanel(AnsweringPanel):
    """The top of a lesson or a check: how answers are kept, how far the trainee is, and the way on."""

    def __init__(self, desk: Desk, module: str) -> None:
        super().__init__(desk, module, "opening")

    def current(self) -> View:
        """The page as the answers file has it."""
        folder = self.desk.folder
        if content.is_check(folder):
            items, missing = _check(self)
            return self._view("question", items, missing, ("handing-in", "Hand in"))
        outline = next((one for one in content.outlines(folder) if one.slug == self.module), None)
        if outline is None:
            return self._view("step", (), (), None)
        missing = progress.missing(outline.steps, self.desk.book, self.module)
        return self._view("step", outline.steps, missing, (outline.check, "Take the check"))

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "refresh"}``: the view as it is now."""
        return refreshed(self, event)

    def _view(self, word: str, steps: tuple[str, ...], missing: tuple[int, ...], after: tuple[str, str] | None) -> View:
        return view.opening(self.desk.notices(), word, steps, missing, after)


class HandingInPanel(AnsweringPanel):
    """The end of a check: what is answered, what is missing, and handing it in."""

    def __init__(self, desk: Desk, module: str) -> None:
        super().__init__(desk, module, "handing-in")

    def current(self) -> View:
        """The check as the answers file has it."""
        items, missing = _check(self)
        return view.handing_in(self.module, len(items), missing)

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "refresh"}``: the view as it is now."""
        return refreshed(self, event)


def _check(panel: AnsweringPanel) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """A check's items, as the trainee has them, and the numbers of those without an answer that fits them."""
    check = content.check(panel.module, panel.desk.folder)
    items = slots.items(check, panel.desk.book, panel.desk.who())

    def fits(item_id: str, answer: Answer) -> bool:
        public = check.items[item_id]
        return KINDS[public["kind"]].problem(public, answer.given) is None

    return items, progress.missing(items, panel.desk.book, panel.module, fits)


def refreshed(panel: AnsweringPanel, event: dict[str, Any]) -> dict[str, Any]:
    """A panel's answer to the only thing that can be asked of it."""
    if event.get("type") != "refresh":
        raise NotAnAnswer("That is not something to do here.")
    panel.refresh()
    return {"view": panel.view}
