"""One subject on show: read again as soon as its files change, and answered at a desk of its own."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import RLock
from typing import Any

from authoring.preview import key, subject
from authoring.preview.subject import Look, Subject
from authoring.problems import Problem
from casebook.answers import FILE_NAME
from casebook.desk import Desk
from casebook.kinds.base import Item
from casebook.story import Story
from casebook.view import View
from casebook.widgets import choosing
from casebook.widgets.panel import AnsweringPanel
from casebook.widgets.story import StoryPanel

_log = logging.getLogger("casebook")
_Stamps = tuple[tuple[int, int] | None, ...]


class Session:
    """A subject with the panel that shows it: the same panel, and the same keeping of answers, as in a notebook."""

    def __init__(self, subject: Subject, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.subject = subject
        self._desk = Desk(folder)
        self._lock = RLock()
        self._stamps: _Stamps | None = None
        self._version = 0
        self._look = Look(None)
        self._panel: AnsweringPanel | None = None
        self._author: View | None = None

    def state(self, seen: int = 0) -> View | None:
        """All that a page shows; ``None`` where it has ``seen`` the newest."""
        with self._lock:
            self._catch_up()
            if seen == self._version:
                return None
            panel = self._panel
            return {
                "version": self._version,
                "problems": [self._problem(problem) for problem in self._look.problems],
                "elsewhere": [self._problem(problem) for problem in self._look.elsewhere],
                "stale": self._look.shown is None,
                "panel": {"key": panel.key, "view": panel.view} if panel else None,
                "author": self._author,
            }

    def event(self, event: dict[str, Any]) -> View | None:
        """The panel's ``reply`` to an event, and its ``view`` after it; ``None`` where there is no panel."""
        with self._lock:
            if self._panel is None:
                return None
            reply = self._panel.reply(event)
            self._panel.catch_up()
            return {"reply": reply, "view": self._panel.view}

    def anew(self) -> None:
        """Forgets what was answered."""
        with self._lock:
            (self._desk.folder / FILE_NAME).unlink(missing_ok=True)
            self._stamps = None

    def _catch_up(self) -> None:
        stamps = tuple(_stamp(path) for path in self.subject.files)
        if stamps == self._stamps:
            return
        self._stamps, self._version = stamps, self._version + 1
        try:
            self._look = subject.look(self.subject)
            if self._look.shown is not None:
                self._show(self._look.shown)
        except Exception:
            # Nothing should come through the checks that cannot be shown; the author is not the one to find out why.
            _log.exception("%s could not be shown", self.subject.name)
            remedy = "Undo your last change. If that doesn't help, show it to a developer."
            self._look = Look(None, problems=(Problem(self.subject.path, 1, "This can't be shown.", remedy),))

    def _show(self, shown: Item | Story) -> None:
        """Puts a new panel in the place of the last; the path played and the answers stay, as far as they fit."""
        panel, author = self._made(shown), key.of(shown)
        if self._panel is not None:
            self._panel.close()
        self._panel, self._author = panel, author

    def _made(self, shown: Item | Story) -> AnsweringPanel:
        module, points = self.subject.module, self._look.points
        if isinstance(shown, Story):
            return StoryPanel(self._desk, module, shown, points)
        if self.subject.is_graded:
            return choosing.graded(self._desk, module, shown.public())
        return choosing.practice(self._desk, module, shown, points)

    def _problem(self, problem: Problem) -> View:
        file = problem.file
        where = file.relative_to(self.subject.root) if file.is_relative_to(self.subject.root) else file
        return {"where": f"{where}, line {problem.line}", "what": problem.what, "remedy": problem.remedy}


def _stamp(path: Path) -> tuple[int, int] | None:
    """What changes when a file is saved."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
