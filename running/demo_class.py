"""The demonstration class: twelve trainees, each with a way of answering a check.

What a trainee does is data: one sitting for each time that they submit, and a sitting says, for the
items of a check in their order, which lines go into the answers file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from casebook.kinds import KINDS
from casebook.kinds.base import Given
from casebook.kinds.options import OptionsItem

Kept: TypeAlias = tuple[str, Given] | bytes
"""An answer (item, what was given), kept as the course keeps it; or bytes that land in the file some other way."""

Items: TypeAlias = Sequence[OptionsItem]
Sitting: TypeAlias = Callable[[Items], Iterator[Kept]]
Pick: TypeAlias = Callable[[OptionsItem], list[str]]
"""The options that are picked in an item; where only one can be, the first of them."""


@dataclass(frozen=True)
class Trainee:
    """A trainee: the name that nbgrader knows them by, what they do in words, and their sittings."""

    name: str
    does: str
    sittings: tuple[Sitting, ...]


def _right(item: OptionsItem) -> list[str]:
    return [option.id for option in item.options if option.right]


def _first(item: OptionsItem) -> list[str]:
    return [item.options[0].id]


def _all(item: OptionsItem) -> list[str]:
    """Every box; of radio buttons the last, for the one before goes out."""
    ids = [option.id for option in item.options]
    return ids if _several(item) else ids[-1:]


def _unsafe(item: OptionsItem) -> list[str]:
    """The first unsafe option, with the right ones where several can be picked; else what is right."""
    unsafe = [option.id for option in item.options if option.unsafe][:1]
    return unsafe + _right(item) if _several(item) else (unsafe or _right(item))


def _one_too_many(item: OptionsItem) -> list[str]:
    """What is right, and where several can be picked the first that is wrong without being unsafe."""
    wrong = [option.id for option in item.options if not (option.right or option.unsafe)]
    return _right(item) + wrong[:1] if _several(item) else _right(item)


def _guess(item: OptionsItem) -> list[str]:
    """Chance, and every time the same: only ``random()`` gives the same numbers on every Python."""
    chance = random.Random(item.id)  # noqa: S311
    ids = [option.id for option in item.options]
    if _several(item):
        return [id for id in ids if chance.random() < 0.5]
    return [ids[int(chance.random() * len(ids))]]


def _several(item: OptionsItem) -> bool:
    return KINDS[item.kind].fields(item.public())[0].control == "several"


def _given(item: OptionsItem, picked: list[str]) -> Given:
    field = KINDS[item.kind].fields(item.public())[0]
    return {field.name: picked if field.control == "several" else picked[0]}


def _every(pick: Pick) -> Sitting:
    """Answers every item, by ``pick``."""

    def sitting(items: Items) -> Iterator[Kept]:
        for item in items:
            yield item.id, _given(item, pick(item))

    return sitting


def _nothing(_items: Items) -> Iterator[Kept]:
    return iter(())


def _half(items: Items) -> Iterator[Kept]:
    return _every(_right)(items[: len(items) // 2])


def _damaged(items: Items) -> Iterator[Kept]:
    """Half is kept; the line after it is torn by a crash; the rest is kept, and two odd lines come at the end."""
    half = len(items) // 2
    yield from _every(_right)(items[:half])
    yield b'{"v": 1, "at": "2026-01-05T09:00:00+00:00", "mod'
    yield from _every(_right)(items[half + 1 :])
    yield b"a line that some other program wrote\n"
    yield b"\xff\xfe not UTF-8 \x80\n"


def _change_of_mind(items: Items) -> Iterator[Kept]:
    """The first option everywhere, then what is right, and in the end no box of the last item that has boxes."""
    yield from _every(_first)(items)
    yield from _every(_right)(items)
    last = [item for item in items if _several(item)][-1:]
    yield from ((item.id, _given(item, [])) for item in last)


def _old_copy(items: Items) -> Iterator[Kept]:
    """What is right; but of each kind the first item gets an option that is gone, and one item is gone as well."""
    gone = {item.kind: item.id for item in reversed(items)}
    for item in items:
        more = ["gone"] if gone[item.kind] == item.id else []
        yield item.id, _given(item, more + _right(item))
    yield "gone-question", {"choice": "a"}


TRAINEES = (
    Trainee("amara", "answers every question right", (_every(_right),)),
    Trainee("bent", "takes the first option everywhere", (_every(_first),)),
    Trainee("chen", "guesses", (_every(_guess),)),
    Trainee("dolores", "stops half way, all right so far", (_half,)),
    Trainee("emil", "submits without answering", (_nothing,)),
    Trainee("fatima", "all right, but the answers file got damaged", (_damaged,)),
    Trainee("goran", "changes every answer, and empties the last", (_change_of_mind,)),
    Trainee("hana", "ticks every box", (_every(_all),)),
    Trainee("ivan", "picks what is unsafe wherever it is offered", (_every(_unsafe),)),
    Trainee("joy", "submits twice, the second time all right", (_every(_first), _every(_right))),
    Trainee("kofi", "all right, in an old copy with other questions", (_old_copy,)),
    Trainee("lucia", "average: picks one too many where several fit", (_every(_one_too_many),)),
)
