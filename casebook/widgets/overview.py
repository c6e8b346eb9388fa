"""The panels that tell where a trainee stands: the list of modules, and the end of a check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from casebook import alone, asked, content, progress, results, view
from casebook.content import ContentMissing, Outline
from casebook.desk import Desk, NotSaved
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
        best = [results.best(results.read(self._folder(each))) for each in outlines]
        states = [progress.of(each, self.desk.book, Desk(self._folder(each)).book) for each in outlines]
        here = [self._is_here(each) for each in outlines]
        return view.modules(outlines, states, best, here, alone=alone.is_offered())

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "refresh"}``: the view as it is now."""
        return refreshed(self, event)

    def _is_here(self, outline: Outline) -> bool:
        """Whether a check's page is there with its questions: it may have been renamed or deleted."""
        return (self.desk.folder / outline.check).is_file() and content.is_check(self._folder(outline))

    def _folder(self, outline: Outline) -> Path:
        return (self.desk.folder / outline.check).parent


class AidsPanel(AnsweringPanel):
    """Job aids to open and print: all of them, or the one called ``slug``."""

    def __init__(self, desk: Desk, module: str, slug: str | None = None) -> None:
        self._slug = slug
        super().__init__(desk, module, slug or "aids")

    def current(self) -> View:
        """The job aids as the course has them."""
        shown = [aid for aid in content.aids(self.desk.folder) if self._slug in (None, aid.slug)]
        if not shown:
            raise ContentMissing(f"This version of the course has no job aid called {self._slug}.")
        return view.aids(shown)

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "refresh"}``: the view as it is now."""
        return refreshed(self, event)


class OpeningPanel(AnsweringPanel):
    """The top of a lesson or a check: how answers are kept, how far the trainee is, and the way on."""

    def __init__(self, desk: Desk, module: str) -> None:
        super().__init__(desk, module, "opening")

    def current(self) -> View:
        """The page as the answers file has it."""
        folder = self.desk.folder
        if content.is_check(folder):
            items, missing = _check(self)
            return self._view("question", items, missing, ("handing-in", "Finish"))
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
        return view.handing_in(self.module, len(items), missing, self._alone() if alone.is_offered() else None)

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "refresh"}``, ``"grade"`` (this attempt) or ``"again"`` (begin another): the view after it."""
        match event:
            case {"type": "grade"}:
                self._try(lambda folder: alone.grade(folder, self.module))
            case {"type": "again"}:
                self._try(results.begin_again)
            case _:
                return refreshed(self, event)
        return refreshed(self, {"type": "refresh"})

    def _try(self, act: Callable[[Path], None]) -> None:
        try:
            act(self.desk.folder)
        except alone.NotGraded as error:
            raise NotSaved(str(error)) from error
        except OSError as error:
            raise NotSaved(f"It could not be written to disk ({error.strerror or error}).") from error

    def _alone(self) -> View:
        folder = self.desk.folder
        return view.self_grading(results.read(folder), results.standing(folder), folder.name)


def _check(panel: AnsweringPanel) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """A check's items, as the trainee has them, and the numbers of those without an answer that fits them."""
    of_check = asked.of(panel.module, panel.desk)
    return of_check.items, of_check.missing


def refreshed(panel: AnsweringPanel, event: dict[str, Any]) -> dict[str, Any]:
    """A panel's answer to the only thing that can be asked of it."""
    if event.get("type") != "refresh":
        raise NotAnAnswer("That is not something to do here.")
    panel.refresh()
    return {"view": panel.view}
