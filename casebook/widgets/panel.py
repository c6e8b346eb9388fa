"""What all answering panels share: take an event, keep it, and say what became of it.

Each event from the page carries a number; each gets exactly one reply with that number. The page
says "NOT saved" where no reply comes.
"""

from __future__ import annotations

import logging
from typing import Any

from casebook import slots
from casebook.desk import Desk, NotSaved
from casebook.kinds.base import NotAnAnswer
from casebook.view import View
from casebook.widgets.runtime import Panel

_log = logging.getLogger("casebook")


class AnsweringPanel(Panel):
    """A panel whose events are answers of one item or story at one desk."""

    variants: tuple[str, ...] = ()
    """The variants of the slot in which the item stands, if it stands in one."""

    def __init__(self, desk: Desk, module: str, item_id: str) -> None:
        self.desk = desk
        self.module = module
        self.item_id = item_id
        self._newest: dict[str, int] = {}
        with desk.lock:
            view = self.current()
        # The view goes with the model: set later, it would be a second message.
        super().__init__(key=f"{desk.folder}|{module}|{item_id}", view=view)
        self.on_msg(self._received)

    def refresh(self) -> None:
        """Makes the view anew from the answers file."""
        with self.desk.lock:
            self.view = self.current()

    def current(self) -> View:
        """The view as the answers file has it."""
        raise NotImplementedError

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """Does what ``event`` asks; the reply. Raises :class:`NotSaved` or :class:`NotAnAnswer`."""
        raise NotImplementedError

    def reply(self, event: dict[str, Any]) -> dict[str, Any]:
        """The one reply to an event from a page; what is to be kept is then on disk."""
        with self.desk.lock:
            return {**self._reply(event), "number": event.get("number")}

    def _received(self, _widget: object, event: object, _buffers: object) -> None:
        if not isinstance(event, dict):
            return
        reply = self.reply(event)
        self.send(reply)
        if reply["type"] == "done":
            self.catch_up()

    def catch_up(self) -> None:
        """The view as it is after an event. The reply goes first: it is what the trainee waits for."""
        try:
            self.refresh()
        except Exception:
            # What was kept is on disk, and has been said to be; the view is made again when the page is opened.
            _log.exception("the view of %s could not be made again", self.item_id)

    def _reply(self, event: dict[str, Any]) -> dict[str, Any]:
        page, order = _place(event)
        if order < self._newest.get(page, 0):
            # A later event of the same page is on disk already: what stands last must stay last.
            return {"type": "done"}
        try:
            self._is_the_one()
            reply = self.handle(event)
            self._newest[page] = order
            return {"type": "done", **reply}
        except (NotSaved, NotAnAnswer) as error:
            return {"type": "refused", "message": str(error)}
        except Exception:
            # Whatever it is, the trainee is told that nothing was saved; IT finds it in the log.
            _log.exception("an event of %s could not be handled", self.item_id)
            return {"type": "refused", "message": "Something went wrong in the course. Choose Try again."}

    def _is_the_one(self) -> None:
        """Raises :class:`NotAnAnswer` where another variant was answered since the page was opened: it would not count.

        That can be where a folder is shared between machines on which the trainee has two ids.
        """
        recorded = slots.recorded(self.desk.book, self.module, self.variants) if self.variants else None
        if recorded not in (None, self.item_id):
            raise NotAnAnswer(
                "You already answered a different version of this question, and that answer counts. Open this page "
                "again to see it."
            )


def _place(event: dict[str, Any]) -> tuple[str, int]:
    """The page that an event is from, and its place in that page's line; of no page, no place."""
    page, order = event.get("page"), event.get("order")
    return (page, order) if isinstance(page, str) and type(order) is int else ("", 0)
