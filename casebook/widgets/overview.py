"""The panels that tell where a trainee stands: the list of modules, and the end of a check."""

from __future__ import annotations

from typing import Any

from casebook import content, progress, view
from casebook.answers import Book
from casebook.content import Outline
from casebook.desk import Desk
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
            items = tuple(content.check(self.module, folder).items)
            return self._view("question", items, ("handing-in", "Hand in"))
        outline = next((one for one in content.outlines(folder) if one.slug == self.module), None)
        if outline is None:
            return self._view("step", (), None)
        return self._view("step", outline.steps, (outline.check, "Take the check"))

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "refresh"}``: the view as it is now."""
        return refreshed(self, event)

    def _view(self, word: str, steps: tuple[str, ...], after: tuple[str, str] | None) -> View:
        missing = progress.missing(steps, self.desk.book, self.module)
        return view.opening(self.desk.notices(), word, steps, missing, after)


class HandingInPanel(AnsweringPanel):
    """The end of a check: what is answered, what is missing, and handing it in."""

    def __init__(self, desk: Desk, module: str) -> None:
        super().__init__(desk, module, "handing-in")

    def current(self) -> View:
        """The check as the answers file has it."""
        items = tuple(content.check(self.module, self.desk.folder).items)
        return view.handing_in(self.module, len(items), progress.missing(items, self.desk.book, self.module))

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "refresh"}``: the view as it is now."""
        return refreshed(self, event)


def refreshed(panel: AnsweringPanel, event: dict[str, Any]) -> dict[str, Any]:
    """A panel's answer to the only thing that can be asked of it."""
    if event.get("type") != "refresh":
        raise NotAnAnswer("That is not something to do here.")
    panel.refresh()
    return {"view": panel.view}
