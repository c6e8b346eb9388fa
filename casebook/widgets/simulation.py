"""The panel of a graded simulation: each decision is kept as it is first taken, and stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebook import engine, view
from casebook.desk import Desk
from casebook.engine import NoSuchChoice
from casebook.kinds.base import Given, NotAnAnswer
from casebook.kinds.simulation import TELLING, standing, stories_of
from casebook.view import View
from casebook.widgets.panel import AnsweringPanel


class SimulationPanel(AnsweringPanel):
    """Plays a story once. There is no way back in it, and none to begin again."""

    def __init__(self, desk: Desk, module: str, public: Mapping[str, Any]) -> None:
        self.public = public
        self.stories = stories_of(public)
        super().__init__(desk, module, public["id"])

    def current(self) -> View:
        """The story where its path stands."""
        kept, last = self._kept(), self.desk.last(self.module, self.item_id)
        changed = bool(kept and last and len(kept["path"]) < len(last.given.get("path") or ()))
        return view.simulation(self.public, self.stories, kept, changed=changed)

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """Keeps ``{"type": "begin", "case": …}`` or ``{"type": "choose", "step": …, "choice": …}``; the new view."""
        kept = self._kept()
        after = self._after(kept, event)
        if after != kept:
            self.desk.keep(self.module, self.item_id, {**after, "ended": self._ending(after)})
        self.refresh()
        return {"view": self.view}

    def _kept(self) -> Given | None:
        answers = self.desk.book.all(self.module, self.item_id)
        return standing(self.stories, [answer.given for answer in answers])

    def _after(self, kept: Given | None, event: dict[str, Any]) -> Given:
        match event:
            case {"type": "begin", "case": str(case)} if case in self.stories:
                return kept if kept and kept["path"] else {"case": case, "path": []}
            case {"type": "choose", "step": int(step), "choice": str(choice)} if kept:
                return self._chosen(kept, step, choice)
        raise NotAnAnswer("You can't do that here.")

    def _chosen(self, kept: Given, step: int, choice: str) -> Given:
        if step != len(kept["path"]):
            # Sent again after a reply was lost, or from a page left behind: what was decided first stands.
            return kept
        story = self.stories[kept["case"]]
        try:
            state = engine.choose(story, engine.replay(story, TELLING, tuple(kept["path"])), choice)
        except NoSuchChoice:
            raise NotAnAnswer("That choice isn't here anymore. Choose again.") from None
        return {"case": kept["case"], "path": list(state.path)}

    def _ending(self, kept: Given) -> str | None:
        """The ending that a path has come to: who reads the answers needs no story to know."""
        story = self.stories[kept["case"]]
        state = engine.replay(story, TELLING, tuple(kept["path"]))
        return state.scene if engine.is_over(story, state) else None
