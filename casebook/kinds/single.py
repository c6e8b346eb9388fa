"""Single choice: exactly one option is right. The answer is ``{"choice": "b"}``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebook.kinds.base import Example, Field, Given, Outcome, pairs, refuse
from casebook.kinds.options import Option, OptionsItem, faults, ids


@dataclass(frozen=True, kw_only=True)
class SingleItem(OptionsItem):
    """A single-choice item."""

    def outcome(self, given: Given | None) -> Outcome:
        """The whole mark for the right option, nothing for another."""
        if given is None:
            return Outcome(0.0, self.remarks(()))
        refuse(SINGLE.problem(self.public(), given))
        picked = given["choice"]
        return Outcome(1.0 if picked in self.right_ones() else 0.0, self.remarks((picked,)))


class Single:
    """The kind itself."""

    name = "single"
    record = SingleItem
    hint = "Choose one."
    manual = False

    def fields(self, public: Mapping[str, Any]) -> tuple[Field, ...]:
        """One group of radio buttons."""
        return (Field("choice", "one", options=pairs(public["options"])),)

    def problem(self, public: Mapping[str, Any], given: Given) -> str | None:
        """An answer names one option that exists."""
        choice = given.get("choice")
        if set(given) != {"choice"} or not isinstance(choice, str):
            return "One option has to be chosen."
        return None if choice in ids(public) else "That option doesn't exist."

    def faults(self, item: SingleItem) -> list[str]:
        """What is wrong with an item as written, in its author's terms."""
        right = len(item.right_ones())
        wrong = [] if right == 1 else [f"exactly one option must have 'right: true'; {right} have"]
        return wrong + faults(item)

    def examples(self) -> tuple[SingleItem, tuple[Example, ...]]:
        """Right, wrong and refused answers."""
        item = SingleItem(
            id="example",
            kind=self.name,
            stem="Who decides whether a letter is read?",
            points=("letters-victim-decides",),
            basis="section",
            options=(
                Option(id="a", text="The parole board", feedback="It has no part in it."),
                Option(id="b", text="The victim", feedback="The letter waits for them.", right=True),
                Option(id="c", text="You", feedback="Not yours to decide."),
            ),
        )
        return item, (
            Example({"choice": "b"}, 1.0),
            Example({"choice": "a"}, 0.0),
            Example({"choice": "z"}, refused=True),
            Example({"choice": ["b"]}, refused=True),
            Example({"choice": "b", "score": 1}, refused=True),
            Example({}, refused=True),
        )


SINGLE = Single()
