"""The panels that tell where a trainee stands: the list of modules, and the end of a check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from casebook import alone, asked, attempts, content, progress, results, view
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
        again = [not alone.is_offered() and self._is_open_again(each) for each in outlines]
        return view.modules(outlines, states, best, here, alone=alone.is_offered(), again=again)

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "refresh"}``: the view as it is now."""
        return refreshed(self, event)

    def _is_here(self, outline: Outline) -> bool:
        """Whether a check's page is there with its questions: it may have been renamed or deleted."""
        return (self.desk.folder / outline.check).is_file() and content.is_check(self._folder(outline))

    def _is_open_again(self, outline: Outline) -> bool:
        """Whether the instructor has opened an attempt that the trainee hasn't begun."""
        check = Desk(self._folder(outline))
        return attempts.opened(check.folder) > check.attempt(outline.slug)

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
        if alone.is_offered():
            return view.handing_in(self.module, len(items), missing, alone=self._alone())
        return view.handing_in(self.module, len(items), missing, attempts=self._attempts())

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "refresh"}``, or what the page offers: the view after it.

        Alone: ``"grade"`` (this attempt) or ``"again"`` (begin another). In a class: ``"begin"`` (the attempt that
        it numbers) or ``"back"`` (to the one before).
        """
        match event:
            case {"type": "grade"}:
                self._try(lambda folder: alone.grade(folder, self.module))
            case {"type": "again"}:
                self._try(results.begin_again)
            case {"type": "begin", "attempt": int(number)} if not alone.is_offered():
                self._try(lambda folder: self._begin(folder, number))
            case {"type": "back"} if not alone.is_offered():
                self._try(self._go_back)
            case _:
                return refreshed(self, event)
        return refreshed(self, {"type": "refresh"})

    def _begin(self, folder: Path, number: int) -> None:
        # Another tab may have begun it meanwhile: then there is nothing left to do.
        if number == self._attempts()["next"]:
            attempts.begin(folder, number)

    def _go_back(self, folder: Path) -> None:
        if self._can_go_back():
            attempts.go_back(folder)

    def _try(self, act: Callable[[Path], None]) -> None:
        try:
            act(self.desk.folder)
        except alone.NotGraded as error:
            raise NotSaved(str(error)) from error
        except OSError as error:
            raise NotSaved(f"It couldn't be written to disk ({error.strerror or error}).") from error

    def _attempts(self) -> View:
        attempt, opened = self.desk.attempt(self.module), attempts.opened(self.desk.folder)
        following, first = max(attempt + 1, opened), attempts.first(self.desk.book, self.module)
        return view.another_attempt(
            attempt,
            following if following <= attempts.LARGEST else None,
            since=first.at if first else "",
            is_open=opened > attempt,
            can_go_back=self._can_go_back(),
        )

    def _can_go_back(self) -> bool:
        """Whether this attempt has nothing in it that going back could cost."""
        book = self.desk.book
        return not (book.answers or book.unreadable) and bool(results.put_away(self.desk.folder))

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
        raise NotAnAnswer("You can't do that here.")
    panel.refresh()
    return {"view": panel.view}
