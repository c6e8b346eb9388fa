"""What stands on the other side of a panel in tests: a page that sends events and hears replies."""

from __future__ import annotations

from typing import Any

from casebook.answers import FILE_NAME
from casebook.widgets.panel import AnsweringPanel


class Page:
    """A page that shows ``panel``. ``on_disk`` is the answers file as it was when each reply came."""

    def __init__(self, panel: AnsweringPanel) -> None:
        self.panel = panel
        self.heard: list[dict[str, Any]] = []
        self.on_disk: list[bytes] = []
        self._number = 0
        panel.send = self._hear

    def ask(self, type: str, **event: object) -> dict[str, Any]:
        """The one reply to an event."""
        self._number += 1
        number = f"n-{self._number}"
        before = len(self.heard)
        self.panel._received(self.panel, {"type": type, **event, "number": number}, [])
        (reply,) = self.heard[before:]
        assert reply.pop("number") == number
        return reply

    def done(self, type: str, **event: object) -> dict[str, Any]:
        """The reply to an event that is done."""
        reply = self.ask(type, **event)
        assert reply.pop("type") == "done", reply
        return reply

    def refused(self, type: str, **event: object) -> str:
        """The words of a refusal."""
        reply = self.ask(type, **event)
        assert reply.keys() == {"type", "message"}
        assert reply["type"] == "refused", reply
        return str(reply["message"])

    def _hear(self, content: dict[str, Any], *_buffers: object) -> None:
        path = self.panel.desk.folder / FILE_NAME
        self.heard.append(content)
        self.on_disk.append(path.read_bytes() if path.is_file() else b"")
