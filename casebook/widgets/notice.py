"""A panel that says something in plain words."""

from __future__ import annotations

from casebook.widgets.runtime import Panel


class NoticePanel(Panel):
    """Messages for the trainee; ``alarm`` where something has gone wrong."""

    def __init__(self, messages: list[str], *, alarm: bool = False) -> None:
        super().__init__(key="notice", view={"type": "notice", "messages": messages, "alarm": alarm})
