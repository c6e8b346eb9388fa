"""Rate each of several actions (situational judgement). The answer is ``{"a": "3", …}``: action to rating.

The exact rating earns an action's whole part of the marks. One off earns three quarters of it, since experts differ by
that much, but half where one of the two is 0: "never" is another answer than "poor". An action that must never be taken
earns only for exactly 0, and whoever rates one 3 or 4 earns nothing in the whole item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from casebook.kinds import rows
from casebook.kinds.base import Example, Field, Given, Item, Outcome, Part, Remark, refuse, shown

SCALE = (
    ("0", "0 Never"),
    ("1", "1 Poor"),
    ("2", "2 Not enough"),
    ("3", "3 Fine"),
    ("4", "4 Do this"),
)
_WORDS = dict(SCALE)
_UNSAFE_FROM = 3
_NEAR, _NEAR_NEVER = 0.75, 0.5
"""What one step off earns, and what it earns where it leads to or from "never"."""


@dataclass(frozen=True, kw_only=True)
class Action(Part):
    """An action, and its best rating. ``never`` marks one that would endanger somebody."""

    best: int
    never: bool = False


@dataclass(frozen=True, kw_only=True)
class RateItem(Item):
    """A rating item."""

    lists: ClassVar[dict[str, tuple[int, int]]] = {"actions": (3, 6)}
    actions: tuple[Action, ...]

    def public(self) -> dict[str, Any]:
        """The actions, without their ratings."""
        return {**super().public(), "actions": shown(self.actions)}

    def outcome(self, given: Given | None) -> Outcome:
        """The mean of what the actions earn; see the module."""
        if given is not None:
            refuse(RATE.problem(self.public(), given))
        rated = {id: int(rating) for id, rating in (given or {}).items()}
        remarks = tuple(self._remark(action, rated.get(action.id)) for action in self.actions)
        if any(remark.unsafe for remark in remarks):
            return Outcome(0.0, remarks)
        return Outcome(sum(_share(action, rated.get(action.id)) for action in self.actions) / len(remarks), remarks)

    def _remark(self, action: Action, rating: int | None) -> Remark:
        unsafe = action.never and rating is not None and rating >= _UNSAFE_FROM
        return Remark(
            part=action.text,
            did="You didn't rate this" if rating is None else f"You rated this “{_WORDS[str(rating)]}”",
            wanted=_wanted(action, rating, unsafe),
            picked=rating is not None,
            right=rating == action.best,
            why=action.feedback,
            points=action.points or self.points,
            unsafe=unsafe,
            blocks=unsafe and self.blocks(action.basis),
        )


def _wanted(action: Action, rating: int | None, unsafe: bool) -> str:
    if rating == action.best:
        return "right"
    best = f"it is “{_WORDS[str(action.best)]}”"
    if unsafe:
        return f"not safe, {best}"
    return f"close, {best}" if _share(action, rating) else best


def _share(action: Action, rating: int | None) -> float:
    if rating is None:
        return 0.0
    if rating == action.best:
        return 1.0
    if abs(rating - action.best) != 1 or action.never:
        return 0.0
    return _NEAR if rating and action.best else _NEAR_NEVER


class Rate:
    """The kind itself."""

    name = "rate"
    record = RateItem
    hint = "Rate each action by itself, from 0 to 4."
    manual = False

    def fields(self, public: Mapping[str, Any]) -> tuple[Field, ...]:
        """A row for each action, with the scale."""
        return rows.fields(public["actions"], SCALE)

    def problem(self, public: Mapping[str, Any], given: Given) -> str | None:
        """An answer rates actions that exist from 0 to 4."""
        return rows.problem(public["actions"], _WORDS.keys(), given)

    def faults(self, item: RateItem) -> list[str]:
        """What is wrong with an item as written, in its author's terms."""
        off = [action.id for action in item.actions if str(action.best) not in _WORDS]
        never = [action.id for action in item.actions if action.never and action.best != 0]
        wrong = [f"the 'best' of action {id} has to be 0, 1, 2, 3 or 4" for id in off]
        return wrong + [f"action {id} has 'never: true', so its 'best' has to be 0" for id in never]

    def examples(self) -> tuple[RateItem, tuple[Example, ...]]:
        """Right, partly right, wrong, unsafe and refused answers."""
        item = RateItem(
            id="example",
            kind=self.name,
            stem="A victim asks you where her partner lives now. How good is each of these?",
            points=("privacy-address",),
            basis="section",
            actions=(
                Action(id="a", text="Tell her what you may tell, and why no more", best=4, feedback="Plain and true."),
                Action(id="b", text="Give her the advocate's number", best=3, feedback="Good, if not all."),
                Action(id="c", text="Say that you will call back", best=1, feedback="It leaves her waiting."),
                Action(id="d", text="Give *him* her question", best=0, never=True, feedback="It tells him of her."),
            ),
        )
        return item, (
            Example({"a": "4", "b": "3", "c": "1", "d": "0"}, 1.0),
            Example({"a": "3", "b": "4", "c": "2", "d": "0"}, 0.8125),
            Example({"a": "4", "b": "3", "c": "0", "d": "0"}, 0.875),
            Example({"a": "4", "d": "1"}, 0.25),
            Example({"d": "0"}, 0.25),
            Example({"a": "0", "b": "0", "c": "4", "d": "2"}, 0.0),
            Example({"a": "4", "b": "3", "c": "1", "d": "3"}, 0.0),
            Example({"a": "5"}, refused=True),
            Example({"a": 4}, refused=True),
            Example({"z": "4"}, refused=True),
            Example({}, refused=True),
        )


RATE = Rate()
