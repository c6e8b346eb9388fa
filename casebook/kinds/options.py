"""What the kinds that offer options share: their records, their public part, their remarks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from casebook.kinds.base import Item, Option, Remark


@dataclass(frozen=True, kw_only=True)
class OptionsItem(Item):
    """An item with options."""

    options: tuple[Option, ...]

    def public(self) -> dict[str, Any]:
        """Identifier, kind, case, stem and the options' words: nothing that tells right from wrong."""
        shown: dict[str, Any] = {"id": self.id, "kind": self.kind, "stem": self.stem}
        if self.case:
            shown["case"] = self.case
        shown["options"] = [{"id": option.id, "text": option.text} for option in self.options]
        return shown

    def right_ones(self) -> frozenset[str]:
        """The identifiers of the options that are right."""
        return frozenset(option.id for option in self.options if option.right)

    def remarks(self, picked: Collection[str]) -> tuple[Remark, ...]:
        """A remark on every option, picked or not."""
        return tuple(
            Remark(
                option=option.text,
                picked=option.id in picked,
                right=option.right,
                why=option.feedback,
                points=option.points or self.points,
                unsafe=option.unsafe,
            )
            for option in self.options
        )


def faults(item: OptionsItem) -> list[str]:
    """What is wrong with the options of an item as written, whatever its kind."""
    both = any(option.right and option.unsafe for option in item.options)
    return ["an option cannot be both right and unsafe"] if both else []


def labels(public: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The options of a public part, as (identifier, prose)."""
    return tuple((option["id"], option["text"]) for option in public["options"])


def ids(public: Mapping[str, Any]) -> set[str]:
    """The identifiers of a public part's options."""
    return {option["id"] for option in public["options"]}
