"""What the kinds that offer options share: their records, their public part, their remarks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from casebook.kinds.base import Item, Part, Remark, shown


@dataclass(frozen=True, kw_only=True)
class Option(Part):
    """One option."""

    right: bool = False
    unsafe: bool = False


@dataclass(frozen=True, kw_only=True)
class OptionsItem(Item):
    """An item with options."""

    lists: ClassVar[dict[str, tuple[int, int]]] = {"options": (3, 5)}
    options: tuple[Option, ...]

    def public(self) -> dict[str, Any]:
        """Identifier, kind, case, stem and the options' words: nothing that tells right from wrong."""
        return {**super().public(), "options": shown(self.options)}

    def right_ones(self) -> frozenset[str]:
        """The identifiers of the options that are right."""
        return frozenset(option.id for option in self.options if option.right)

    def remarks(self, picked: Collection[str]) -> tuple[Remark, ...]:
        """A remark on every option, picked or not."""
        return tuple(self._remark(option, option.id in picked) for option in self.options)

    def _remark(self, option: Option, picked: bool) -> Remark:
        return Remark(
            part=option.text,
            did="You chose this" if picked else "You didn't choose this",
            wanted=_wanted(option, picked),
            picked=picked,
            right=picked == option.right,
            why=option.feedback,
            points=option.points or self.points,
            unsafe=picked and option.unsafe,
            blocks=picked and option.unsafe and self.blocks(option.basis),
        )


def _wanted(option: Option, picked: bool) -> str:
    if picked and option.unsafe:
        return "not safe"
    verdict = "right" if option.right else "not right"
    return verdict if picked else f"it is {verdict}"


def faults(item: OptionsItem) -> list[str]:
    """What is wrong with the options of an item as written, whatever its kind."""
    both = any(option.right and option.unsafe for option in item.options)
    return ["an option can't be both right and unsafe"] if both else []


def ids(public: Mapping[str, Any]) -> set[str]:
    """The identifiers of a public part's options."""
    return {option["id"] for option in public["options"]}
