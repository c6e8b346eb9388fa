"""Put steps in order. The answer is ``{"order": ["c", "a", "b"]}``, all steps, first to last.

What counts is the pairs of steps that stand the right way round. Chance gets half of them right, so half
earns nothing: a share of ``2 * right / pairs - 1``, and not below zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar

from casebook.kinds.base import Example, Field, Given, Item, Outcome, Part, Remark, pairs, refuse, shown


@dataclass(frozen=True, kw_only=True)
class Step(Part):
    """A step, and the place where it belongs: 1 is the first."""

    place: int


@dataclass(frozen=True, kw_only=True)
class OrderItem(Item):
    """An ordering item; its steps are written in the order in which they are shown at first."""

    lists: ClassVar[dict[str, tuple[int, int]]] = {"steps": (3, 8)}
    steps: tuple[Step, ...]

    def public(self) -> dict[str, Any]:
        """The steps as they are shown at first, without their places."""
        return {**super().public(), "steps": shown(self.steps)}

    def outcome(self, given: Given | None) -> Outcome:
        """Part of the marks for an order that is right in part; see the module."""
        if given is None:
            return Outcome(0.0, self._remarks({}))
        refuse(ORDER.problem(self.public(), given))
        order = given["order"]
        return Outcome(self._share(order), self._remarks({id: n for n, id in enumerate(order, start=1)}))

    def _share(self, order: Sequence[str]) -> float:
        places = {step.id: step.place for step in self.steps}
        both = list(combinations((places[id] for id in order), 2))
        return max(0.0, 2 * sum(first < second for first, second in both) / len(both) - 1)

    def _remarks(self, put: Mapping[str, int]) -> tuple[Remark, ...]:
        """A remark on every step, in the right order."""
        return tuple(self._remark(step, put.get(step.id)) for step in sorted(self.steps, key=lambda step: step.place))

    def _remark(self, step: Step, put: int | None) -> Remark:
        right = put == step.place
        return Remark(
            part=step.text,
            did=f"You put this in place {put}" if put else "You didn't place this",
            wanted="right" if right else f"it goes in place {step.place}",
            picked=put is not None,
            right=right,
            why=step.feedback,
            points=step.points or self.points,
        )


class Order:
    """The kind itself."""

    name = "order"
    record = OrderItem
    hint = "Put the steps in order, the first at the top."
    manual = False

    def fields(self, public: Mapping[str, Any]) -> tuple[Field, ...]:
        """One list to put in order."""
        return (Field("order", "order", options=pairs(public["steps"])),)

    def problem(self, public: Mapping[str, Any], given: Given) -> str | None:
        """An answer names every step once."""
        order = given.get("order")
        if set(given) != {"order"} or not isinstance(order, list) or not all(isinstance(id, str) for id in order):
            return "The steps have to be put in order."
        if sorted(order) != sorted(step["id"] for step in public["steps"]):
            return "Each step has to be there exactly once, and nothing else."
        return None

    def faults(self, item: OrderItem) -> list[str]:
        """What is wrong with an item as written, in its author's terms."""
        places = [step.place for step in item.steps]
        right = list(range(1, len(places) + 1))
        if sorted(places) != right:
            return [f"the places of its steps are 1 to {len(places)}, each once"]
        return ["its steps are shown in the right order; write them in a different order"] if places == right else []

    def examples(self) -> tuple[OrderItem, tuple[Example, ...]]:
        """Right, partly right, wrong and refused answers."""
        item = OrderItem(
            id="example",
            kind=self.name,
            stem="A victim calls and is afraid. What comes first, and what then?",
            points=("first-call",),
            basis="section",
            steps=(
                Step(id="a", text="Offer the advocate's number", place=3, feedback="She can say no to it."),
                Step(id="b", text="Ask whether she can talk *safely*", place=1, feedback="He may stand beside her."),
                Step(id="c", text="Write down what was agreed", place=4, feedback="It comes when all is said."),
                Step(id="d", text="Listen", place=2, feedback="Nothing can be offered before."),
            ),
        )
        return item, (
            Example({"order": ["b", "d", "a", "c"]}, 1.0),
            Example({"order": ["d", "b", "a", "c"]}, 2 * 5 / 6 - 1),
            Example({"order": ["b", "c", "a", "d"]}, 0.0),
            Example({"order": ["c", "a", "d", "b"]}, 0.0),
            Example({"order": ["b", "d", "a"]}, refused=True),
            Example({"order": ["b", "d", "a", "a"]}, refused=True),
            Example({"order": ["b", "d", "a", "z"]}, refused=True),
            Example({"order": ["b", "d", "a", 1]}, refused=True),
            Example({"order": "bdac"}, refused=True),
            Example({}, refused=True),
        )


ORDER = Order()
