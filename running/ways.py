"""Ways of answering an item, whatever its kind.

What can be filled in is known by the controls of its fields; what is right, unsafe or one step off, by the
item's own scoring. So a new kind of item needs nothing here; a new control needs a line in each table.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from casebook.kinds import KINDS
from casebook.kinds.base import Field, Given, Item
from casebook.kinds.simulation import SimulationItem
from running import played

Fields: TypeAlias = Sequence[Field]
Fill: TypeAlias = Callable[[Item, Fields], Given | None]

WHOLE = "Made up for the demonstration: an answer that does everything the question asks."
FAIR = "Made up for the demonstration: an answer that does some of what the question asks."
POOR = "Made up for the demonstration: an answer that misses the question."
WORTH = {WHOLE: 1.0, FAIR: 0.5, POOR: 0.0}
"""What is written where there is something to write, and the share of the marks that an instructor finds in it."""


@dataclass(frozen=True)
class Way:
    """A way of answering: of filling in fields, and of playing what has none. ``None`` where it cannot be done."""

    fill: Fill
    play: Callable[[SimulationItem], Given | None]

    def __call__(self, item: Item) -> Given | None:
        """The answer to ``item``."""
        if isinstance(item, SimulationItem):
            return self.play(item)
        return self.fill(item, KINDS[item.kind].fields(item.public()))


def _ids(field: Field) -> list[str]:
    return [id for id, _ in field.options]


_FIRST: dict[str, Callable[[Field], Any]] = {
    "one": lambda field: _ids(field)[0],
    "several": lambda field: _ids(field)[:1],
    "order": _ids,
    "text": lambda _field: POOR,
}
_BEGIN: dict[str, Callable[[Field], Any]] = {**_FIRST, "text": lambda _field: WHOLE}
# Every box; of radio buttons the last, for the one before goes out.
_ALL: dict[str, Callable[[Field], Any]] = {
    "one": lambda field: _ids(field)[-1],
    "several": _ids,
    "order": lambda field: _ids(field)[::-1],
    "text": lambda _field: FAIR,
}
# Chance, and every time the same: only random() gives the same numbers on every Python.
_GUESSED: dict[str, Callable[[Field, random.Random], Any]] = {
    "one": lambda field, chance: _any(_ids(field), chance),
    "several": lambda field, chance: [id for id in _ids(field) if chance.random() < 0.5],
    "order": lambda field, chance: sorted(_ids(field), key=lambda _id: chance.random()),
    "text": lambda _field, chance: _any(list(WORTH), chance),
}
_GONE: dict[str, Callable[[Any], Any]] = {
    "one": lambda _picked: "gone",
    "several": lambda picked: ["gone", *picked],
    "order": lambda picked: ["gone", *picked],
}
_EMPTY: dict[str, Any] = {"several": [], "text": ""}


def _any(listed: Sequence[str], chance: random.Random) -> str:
    return listed[int(chance.random() * len(listed))]


def _each(by_control: Mapping[str, Callable[[Field], Any]]) -> Fill:
    return lambda _item, fields: {field.name: by_control[field.control](field) for field in fields}


def _guessed(item: Item, fields: Fields) -> Given:
    chance = random.Random(item.id)  # noqa: S311
    return {field.name: _GUESSED[field.control](field, chance) for field in fields}


def _right(item: Item, fields: Fields) -> Given:
    """Changed one by one, from the first of everything, as long as the item's own scoring finds it better."""
    given: Given = {field.name: _BEGIN[field.control](field) for field in fields}
    while better := next((one for one in _changes(fields, given) if _worth(item, one) > _worth(item, given)), None):
        given = better
    return given


def _worth(item: Item, given: Given) -> tuple[float, int]:
    outcome = item.outcome(given)
    return outcome.share or 0.0, sum(remark.right for remark in outcome.remarks)


def _changes(fields: Fields, given: Given) -> Iterator[dict[str, Any]]:
    """Every answer that is one step from ``given``: another choice, a box more or less, two steps changed over."""
    for field in fields:
        for value in _CHANGED.get(field.control, _unchanged)(_ids(field), given[field.name]):
            yield {**given, field.name: value}


def _another(ids: list[str], picked: str) -> Iterator[str]:
    return (id for id in ids if id != picked)


def _a_box(ids: list[str], picked: list[str]) -> Iterator[list[str]]:
    return ([id for id in ids if (id in picked) != (id == box)] for box in ids)


def _two_changed_over(_ids: list[str], order: list[str]) -> Iterator[list[str]]:
    for first in range(len(order)):
        for second in range(first + 1, len(order)):
            changed = list(order)
            changed[first], changed[second] = changed[second], changed[first]
            yield changed


def _unchanged(_ids: list[str], _value: Any) -> Iterator[Any]:
    return iter(())


_CHANGED: dict[str, Callable[[list[str], Any], Iterator[Any]]] = {
    "one": _another,
    "several": _a_box,
    "order": _two_changed_over,
}


def _unsafe(item: Item, fields: Fields) -> Given:
    """What is right, but for the first thing in which it can be made unsafe."""
    given = _right(item, fields)
    return next((one for one in _changes(fields, given) if _is_unsafe(item, one)), given)


def _is_unsafe(item: Item, given: Given) -> bool:
    return any(remark.unsafe for remark in item.outcome(given).remarks)


def _slipped(item: Item, fields: Fields) -> Given:
    """What is right, but for one slip that is not unsafe; where one thing alone is asked, it is right."""
    given = _right(item, fields)
    return next((one for one in _slips(fields, given) if not _is_unsafe(item, one)), given)


def _slips(fields: Fields, given: Given) -> Iterator[dict[str, Any]]:
    for field in fields:
        value, ids = given[field.name], _ids(field)
        if field.control == "one" and len(fields) > 1:
            at = ids.index(value)
            yield {**given, field.name: ids[at - 1] if at else ids[1]}
        if field.control == "several":
            yield from ({**given, field.name: [*value, id]} for id in ids if id not in value)
        if field.control == "order":
            yield {**given, field.name: [*value[:-2], *value[:-3:-1]]}
        if field.control == "text":
            yield {**given, field.name: FAIR}


def _gone(item: Item, fields: Fields) -> Given | None:
    """What is right, with something in it that is not there (any more)."""
    given = _right(item, fields)
    field = next((field for field in fields if field.control in _GONE), None)
    return {**given, field.name: _GONE[field.control](given[field.name])} if field else None


def _emptied(_item: Item, fields: Fields) -> Given | None:
    """Everything taken back, where a page lets one do so."""
    if not all(field.control in _EMPTY for field in fields):
        return None
    return {field.name: _EMPTY[field.control] for field in fields}


RIGHT = Way(_right, played.right)
FIRST = Way(_each(_FIRST), played.first)
ALL = Way(_each(_ALL), played.last)
GUESS = Way(_guessed, played.guess)
UNSAFE = Way(_unsafe, played.unsafe)
SLIP = Way(_slipped, played.slip)
GONE = Way(_gone, played.gone)
EMPTIED = Way(_emptied, lambda _item: None)
