"""The panel of the trainee's own partners. It stands in lessons; what it keeps lies beside them, never in a check."""

from __future__ import annotations

from typing import Any

from casebook import partner_map, view
from casebook.content import ITEMS_FILE, ContentMissing
from casebook.desk import Desk
from casebook.kinds.base import Given, NotAnAnswer
from casebook.view import View
from casebook.widgets.panel import AnsweringPanel

IN_A_CHECK = (
    "Record your partners in the lessons, not here: everything in a check's folder gets handed in. "
    "Open the lesson from your course folder."
)


class PartnersPanel(AnsweringPanel):
    """The list of partners; every change is on disk before it is shown."""

    def __init__(self, desk: Desk, module: str) -> None:
        super().__init__(desk, module, partner_map.MODULE)

    def current(self) -> View:
        """The partners as the answers file has them. :class:`ContentMissing` in a check's folder."""
        if self._in_a_check():
            raise ContentMissing(IN_A_CHECK)
        return view.partners(partner_map.recorded(self.desk.book), self.desk.today())

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """Does what ``event`` asks (save, take-out, put-back, refresh); the new view."""
        if self._in_a_check():
            raise NotAnAnswer(IN_A_CHECK)
        match event:
            case {"type": "refresh"}:
                pass
            case {"type": "save", "id": key, "partner": data} if partner_map.is_id(key):
                self._keep(key, partner_map.given(partner_map.partner(data)))
            case {"type": "take-out", "id": key} if partner_map.is_id(key):
                self._take_out(key)
            case {"type": "put-back", "id": key} if partner_map.is_id(key):
                self._put_back(key)
            case _:
                raise NotAnAnswer("You can't do that here.")
        self.refresh()
        return {"view": self.view}

    def _take_out(self, key: str) -> None:
        if key in partner_map.recorded(self.desk.book):
            self._keep(key, partner_map.REMOVED)

    def _put_back(self, key: str) -> None:
        before = partner_map.before_removal(self.desk.book, key)
        if before is None:
            raise NotAnAnswer("There's nothing to put back. Record the partner again.")
        self._keep(key, partner_map.given(before))

    def _keep(self, key: str, given: Given) -> None:
        """Keeps what is new: an event that was sent again, after its reply was lost, changes nothing."""
        last = self.desk.last(partner_map.MODULE, key)
        if last is None or last.given != given:
            self.desk.keep(partner_map.MODULE, key, given)

    def _in_a_check(self) -> bool:
        return (self.desk.folder / ITEMS_FILE).exists()
