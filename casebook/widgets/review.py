"""The panel of the start page that tells what to look at next."""

from __future__ import annotations

from typing import Any

from casebook import content
from casebook.desk import Desk
from casebook.refresher.evidence import moment
from casebook.view import View
from casebook.view.review import review
from casebook.widgets import learning
from casebook.widgets.overview import refreshed
from casebook.widgets.panel import AnsweringPanel


class ReviewPanel(AnsweringPanel):
    """What is due, what went wrong, and what is new to whoever comes back after months."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "start", "review")

    def current(self) -> View:
        """As the answers and results have it."""
        graded = tuple(learning.in_checks(self.desk))
        today = learning.today(self.desk, lambda zone: (*graded, *learning.in_lessons(self.desk, zone)))
        answered = (moment(answer.at) for answer in self.desk.book.answers[-1:])
        times = [at for at in (*answered, *(one.at for one in graded)) if at]
        return review(today, max(times, default=None), content.changes(self.desk.folder))

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """``{"type": "refresh"}``: the view as it is now."""
        return refreshed(self, event)
