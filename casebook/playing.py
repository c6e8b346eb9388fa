"""A scenario as it is played at a desk. What is kept is the playing's number and its path of choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebook import engine, view
from casebook.content import Point
from casebook.desk import Desk
from casebook.engine import NoSuchChoice, State, Step
from casebook.kinds.base import Given, NotAnAnswer
from casebook.story import Story
from casebook.view import View

_FRESH: Given = {"playing": 0, "path": [], "skipped": False, "ended": None}


class Playing:
    """Plays a story, whose events are kept under ``name``; each is on disk before its consequence is shown."""

    def __init__(self, desk: Desk, module: str, name: str, story: Story, points: Mapping[str, Point]) -> None:
        self.desk = desk
        self.module = module
        self.name = name
        self.story = story
        self.points = points

    def view(self) -> View:
        """The story where its last kept path has led."""
        kept = self._kept()
        state = self._state(kept) if kept["playing"] else None
        changed = state is not None and len(state.path) < len(kept["path"])
        over = state is not None and engine.is_over(self.story, state)
        return view.story(
            self.story,
            state,
            self.points,
            skipped=kept["skipped"],
            playing=kept["playing"],
            changed=changed,
            met=self._met() if over else (),
        )

    def play(self, event: dict[str, Any]) -> None:
        """Plays an event (begin, skip, choose, back, again). Raises :class:`NotAnAnswer` and :class:`NotSaved`."""
        kept = self._kept()
        after = self._ended(self._after(kept, event))
        if after != kept:
            self.desk.keep(self.module, self.name, after)

    def skipped(self) -> bool:
        """Whether it was skipped."""
        return bool(self._kept()["skipped"])

    def ended(self) -> tuple[Step, ...] | None:
        """The decisions taken, where the story has come to an ending."""
        kept = self._kept()
        state = self._state(kept) if kept["playing"] else None
        if state is None or not engine.is_over(self.story, state):
            return None
        return tuple(engine.steps(self.story, state))

    def _ended(self, kept: Given) -> Given:
        """``kept`` with the ending it has come to: who reads the answers needs no story to know."""
        state = self._state(kept) if kept["playing"] else None
        over = state is not None and engine.is_over(self.story, state)
        return {**kept, "ended": state.scene if state and over else None}

    def _kept(self) -> Given:
        last = self.desk.last(self.module, self.name)
        return {**_FRESH, **last.given} if last and _is_playing(last.given) else _FRESH

    def _met(self) -> set[str]:
        """Every scene that any playing came to."""
        met = set()
        for answer in self.desk.book.all(self.module, self.name):
            if _is_playing(answer.given) and answer.given["playing"]:
                state = self._state(answer.given)
                met |= {state.scene, *(step.scene for step in engine.steps(self.story, state))}
        return met

    def _state(self, kept: Given) -> State:
        return engine.replay_as_far_as_possible(self.story, kept["playing"] - 1, tuple(kept["path"]))

    def _after(self, kept: Given, event: dict[str, Any]) -> Given:
        match event:
            case {"type": "begin"}:
                return {**kept, "playing": max(1, kept["playing"]), "skipped": False}
            case {"type": "skip"}:
                return {**_FRESH, "skipped": True}
            case {"type": "again", "playing": int(pressed_in)} if pressed_in < kept["playing"]:
                return kept  # sent again after a reply was lost
            case {"type": "again"}:
                return {**_FRESH, "playing": kept["playing"] + 1}
            case {"type": "back", "step": int(step)}:
                return {**kept, "path": self._path(kept)[: max(0, step)]}
            case {"type": "choose", "step": int(step), "choice": str(choice)}:
                return self._chosen(kept, step, choice)
        raise NotAnAnswer("You can't do that here.")

    def _chosen(self, kept: Given, step: int, choice: str) -> Given:
        if not kept["playing"]:
            raise NotAnAnswer("Choose Begin first.")
        path = self._path(kept)
        if step != len(path):
            # Sent again after a reply was lost, or from a page left behind: what stands, stands.
            return kept
        try:
            engine.choose(self.story, self._state(kept), choice)
        except NoSuchChoice:
            raise NotAnAnswer("That choice isn't here anymore. Choose again.") from None
        return {**kept, "path": [*path, choice]}

    def _path(self, kept: Given) -> list[str]:
        return list(self._state(kept).path)


def _is_playing(given: Given) -> bool:
    playing, path, skipped = (given.get(name) for name in ("playing", "path", "skipped"))
    if type(playing) is not int or playing < 0 or type(skipped) is not bool:
        return False
    return isinstance(path, list) and all(isinstance(choice, str) for choice in path)
