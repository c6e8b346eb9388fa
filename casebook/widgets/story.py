"""The panel of a practice scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebook.content import Point
from casebook.desk import Desk
from casebook.playing import Playing
from casebook.story import Story
from casebook.view import View
from casebook.widgets.panel import AnsweringPanel


class StoryPanel(AnsweringPanel):
    """Plays a story; every event is on disk before its consequence is shown."""

    def __init__(self, desk: Desk, module: str, story: Story, points: Mapping[str, Point]) -> None:
        self.playing = Playing(desk, module, story.id, story, points)
        super().__init__(desk, module, story.id)

    def current(self) -> View:
        """The story where its last kept path has led."""
        return self.playing.view()

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """Plays an event (begin, skip, choose, back, again); the new view."""
        self.playing.play(event)
        self.refresh()
        return {"view": self.view}
