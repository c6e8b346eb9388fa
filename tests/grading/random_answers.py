"""Answers files that nobody would think of: of each item something that can be given, nothing, or what is no answer."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from casebook import engine
from casebook.answers import Answer
from casebook.kinds import KINDS
from casebook.kinds.base import Field, Item
from casebook.kinds.simulation import SimulationItem

AT = "2026-01-05T09:00:00+00:00"
NO_ANSWERS: tuple[Any, ...] = (
    {},
    {"choice": "z"},
    {"choices": ["a", "a"]},
    {"order": []},
    {"text": 3},
    {"a": None},
    {"path": [1]},
)


def lines(items: Sequence[Item], module: str, chance: random.Random) -> Iterator[Answer]:
    """Up to two answers to each item, in any order; of some items none, of a few something that is no answer."""
    given = [item for item in items for _ in range(chance.choice((0, 1, 1, 1, 1, 2)))]
    chance.shuffle(given)
    for item in given:
        yield Answer(module, item.id, chance.choice(NO_ANSWERS) if chance.random() < 0.05 else _given(item, chance), AT)


def _given(item: Item, chance: random.Random) -> dict[str, Any]:
    if isinstance(item, SimulationItem):
        return _played(item, chance)
    fields = KINDS[item.kind].fields(item.public())
    # Rows may be left out; a field that stands alone is filled in.
    kept = [field for field in fields if len(fields) == 1 or chance.random() < 0.9]
    return {field.name: _value(field, chance) for field in kept}


def _value(field: Field, chance: random.Random) -> Any:
    values = [value for value, _ in field.options]
    match field.control:
        case "one":
            return chance.choice(values)
        case "several":
            return sorted(chance.sample(values, chance.randint(0, len(values))))
        case "order":
            return chance.sample(values, len(values))
    return chance.choice(("", "I would ask her first.", " \n"))


def _played(item: SimulationItem, chance: random.Random) -> dict[str, Any]:
    story = chance.choice(item.stories).story
    state = engine.begin(story)
    while not engine.is_over(story, state) and chance.random() < 0.98:
        state = engine.choose(story, state, chance.choice(engine.choices(story, state)).id)
    return {"case": story.id, "path": list(state.path), "ended": None}
