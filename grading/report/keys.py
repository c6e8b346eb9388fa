"""What there was to choose in an item, and which of it is the key. Pure.

It is found by the controls of an item's fields and by its own scoring, so a new kind of item needs nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebook.kinds import KINDS
from casebook.kinds.base import Field, Given, Item, Remark
from casebook.kinds.simulation import SimulationItem
from casebook.prose import to_text


@dataclass(frozen=True)
class Choice:
    """Something that could be chosen: ``row`` is the part it was about (empty where the item has only options)."""

    field: str
    option: str
    row: str
    text: str
    key: bool


def choices(item: Item) -> tuple[Choice, ...]:
    """Everything that could be chosen in an item, in its order; nothing where one writes or plays."""
    if isinstance(item, SimulationItem):
        return ()
    fields = KINDS[item.kind].fields(item.public())
    return tuple(choice for field in fields for choice in _of_field(item, field))


def _of_field(item: Item, field: Field) -> Iterator[Choice]:
    row = to_text(field.label)
    for option, text in field.options:
        if field.control == "order":
            yield from _places(item, field, option, to_text(text))
        else:
            given: Given = {field.name: [option] if field.control == "several" else option}
            key = any(remark.picked and remark.right for remark in _remarks(item, given))
            yield Choice(field.name, option, row, to_text(text), key)


def _places(item: Item, field: Field, step: str, text: str) -> Iterator[Choice]:
    others = [id for id, _ in field.options if id != step]
    for place in range(1, len(others) + 2):
        given: Given = {field.name: [*others[: place - 1], step, *others[place - 1 :]]}
        key = any(remark.right and to_text(remark.part) == text for remark in _remarks(item, given))
        yield Choice(step, str(place), text, str(place), key)


def _remarks(item: Item, given: Given) -> tuple[Remark, ...]:
    return item.outcome(given).remarks


def question(item: Item) -> str:
    """What an item asks, as plain words: its case, where it has one, and its stem."""
    return " ".join(to_text(words).replace("\n", " ") for words in (item.case, item.stem) if words)
