"""Choose several: one or more options are right. The answer is ``{"choices": ["a", "c"]}``.

Partial credit: right picks minus wrong picks, not below zero, over the number of right ones. An
unsafe pick leaves no part of the marks: there is no being partly safe.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebook.kinds.base import Example, Field, Given, Outcome, pairs, refuse
from casebook.kinds.options import Option, OptionsItem, faults, ids


@dataclass(frozen=True, kw_only=True)
class SeveralItem(OptionsItem):
    """A choose-several item."""

    def outcome(self, given: Given | None) -> Outcome:
        """Part of the marks for part of the right options; see the module."""
        if given is None:
            return Outcome(0.0, self.remarks(()))
        refuse(SEVERAL.problem(self.public(), given))
        picked = set(given["choices"])
        return Outcome(self._share(picked), self.remarks(picked))

    def _share(self, picked: set[str]) -> float:
        if any(option.unsafe and option.id in picked for option in self.options):
            return 0.0
        right = self.right_ones()
        return max(0, len(picked & right) - len(picked - right)) / len(right)


class Several:
    """The kind itself."""

    name = "several"
    record = SeveralItem
    hint = "Choose all that apply. There may be just one."
    manual = False

    def fields(self, public: Mapping[str, Any]) -> tuple[Field, ...]:
        """One group of check boxes."""
        return (Field("choices", "several", options=pairs(public["options"])),)

    def problem(self, public: Mapping[str, Any], given: Given) -> str | None:
        """An answer names options that exist, each once; none is an answer too (it was unticked)."""
        choices = given.get("choices")
        if set(given) != {"choices"} or not isinstance(choices, list):
            return "The options chosen have to be a list."
        if not all(isinstance(choice, str) for choice in choices) or len(set(choices)) < len(choices):
            return "Each option can be chosen once."
        return None if set(choices) <= ids(public) else "One of the options chosen doesn't exist."

    def faults(self, item: SeveralItem) -> list[str]:
        """What is wrong with an item as written, in its author's terms."""
        wrong = [] if item.right_ones() else ["at least one option must have 'right: true'"]
        return wrong + faults(item)

    def examples(self) -> tuple[SeveralItem, tuple[Example, ...]]:
        """Right, partly right, wrong, unsafe and refused answers."""
        item = SeveralItem(
            id="example",
            kind=self.name,
            stem="Where may an advocate within the system be found?",
            points=("systems-where",),
            basis="section",
            options=(
                Option(id="a", text="The prosecutor's office", feedback="Yes.", right=True),
                Option(id="b", text="A court", feedback="Yes.", right=True),
                Option(id="c", text="A private shelter", feedback="That is in the community."),
                Option(id="d", text="Her own file, which you copy", feedback="No.", unsafe=True),
            ),
        )
        return item, (
            Example({"choices": ["b", "a"]}, 1.0),
            Example({"choices": ["a"]}, 0.5),
            Example({"choices": ["a", "b", "c"]}, 0.5),
            Example({"choices": ["a", "c"]}, 0.0),
            Example({"choices": ["c"]}, 0.0),
            Example({"choices": ["a", "b", "d"]}, 0.0),
            Example({"choices": []}, 0.0),
            Example({"choices": ["a", "a"]}, refused=True),
            Example({"choices": ["a", 1]}, refused=True),
            Example({"choices": "ab"}, refused=True),
            Example({}, refused=True),
        )


SEVERAL = Several()
