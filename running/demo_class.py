"""The demonstration class: twelve trainees, each with a way of answering a check, and their instructor.

What a trainee does is data: one sitting for each time that they submit, and a sitting says, for the
items of a check in their order, which lines go into the answers file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from casebook.kinds.base import Given, Item
from casebook.kinds.written import WrittenItem
from running.ways import ALL, EMPTIED, FIRST, GONE, GUESS, RIGHT, SLIP, UNSAFE, WORTH, Way

Kept: TypeAlias = tuple[str, Given] | bytes
"""An answer (item, what was given), kept as the course keeps it; or bytes that land in the file some other way."""

Items: TypeAlias = Sequence[Item]
Sitting: TypeAlias = Callable[[Items], Iterator[Kept]]


@dataclass(frozen=True)
class Trainee:
    """A trainee: the name that nbgrader knows them by, what they do in words, and their sittings."""

    name: str
    does: str
    sittings: tuple[Sitting, ...]


def by_rubric(item: Item, given: Given) -> float:
    """The marks that the instructor gives: the level of the rubric that is nearest to what was written, or below."""
    found = max((WORTH.get(text, 0.0) for text in given.values() if isinstance(text, str)), default=0.0)
    most = item.marks or 0.0
    levels = [level.marks for level in item.rubric] if isinstance(item, WrittenItem) else [0.0, most]
    return min(sorted(levels), key=lambda marks: abs(marks - found * most))


def _every(way: Way) -> Sitting:
    """Answers every item, ``way`` or, where that cannot be done, right."""

    def sitting(items: Items) -> Iterator[Kept]:
        for item in items:
            given = way(item) or RIGHT(item)
            if given is not None:
                yield item.id, given

    return sitting


def _nothing(_items: Items) -> Iterator[Kept]:
    return iter(())


def _half(items: Items) -> Iterator[Kept]:
    return _every(RIGHT)(items[: len(items) // 2])


def _damaged(items: Items) -> Iterator[Kept]:
    """Half is kept; the line after it is torn by a crash; the rest is kept, and two odd lines come at the end."""
    half = len(items) // 2
    yield from _every(RIGHT)(items[:half])
    yield b'{"v": 1, "at": "2026-01-05T09:00:00+00:00", "mod'
    yield from _every(RIGHT)(items[half + 1 :])
    yield b"a line that some other program wrote\n"
    yield b"\xff\xfe not UTF-8 \x80\n"


def _change_of_mind(items: Items) -> Iterator[Kept]:
    """The first of everything, then what is right, and in the end nothing in the last item that can be emptied."""
    yield from _every(FIRST)(items)
    yield from _every(RIGHT)(items)
    emptied = [(item.id, given) for item in items if (given := EMPTIED(item)) is not None]
    yield from emptied[-1:]


def _old_copy(items: Items) -> Iterator[Kept]:
    """What is right; but of each kind the first item holds something that is gone, and one item is gone as well."""
    first = {item.kind: item.id for item in reversed(items)}
    for item in items:
        yield from _every(GONE if first[item.kind] == item.id else RIGHT)([item])
    yield "gone-question", {"choice": "a"}


LIST = """\
id,first name,last name,e-mail,unit
amara,Amara,Okafor,amara@example.org,North
bent,Bent,Nilsen,bent@example.org,North
chen,Chen,Liang,chen@example.org,North
dolores,Dolores,Reyes,dolores@example.org,North
emil,Emil,Novak,emil@example.org,Harbor
fatima,Fatima,Haddad,fatima@example.org,Harbor
goran,Goran,Petrov,goran@example.org,Harbor
hana,Hana,Mori,hana@example.org,Harbor
ivan,Ivan,Horvat,ivan@example.org,Central
joy,Joy,Adeyemi,joy@example.org,Central
kofi,Kofi,Mensah,kofi@example.org,Central
lucia,Lucia,Romano,lucia@example.org,Central
"""
"""The class's list as an office keeps it, in a spreadsheet."""

TRAINEES = (
    Trainee("amara", "answers every question right", (_every(RIGHT),)),
    Trainee("bent", "takes the first of everything", (_every(FIRST),)),
    Trainee("chen", "guesses", (_every(GUESS),)),
    Trainee("dolores", "stops halfway, with everything right so far", (_half,)),
    Trainee("emil", "submits without answering", (_nothing,)),
    Trainee("fatima", "gets everything right, but the answers file is damaged", (_damaged,)),
    Trainee("goran", "changes every answer, then takes back the last change", (_change_of_mind,)),
    Trainee("hana", "checks every box, and takes the last of everything", (_every(ALL),)),
    Trainee("ivan", "picks the unsafe option wherever there is one", (_every(UNSAFE),)),
    Trainee("joy", "submits twice, with everything right the second time", (_every(FIRST), _every(RIGHT))),
    Trainee("kofi", "gets everything right, in an old copy with other questions", (_old_copy,)),
    Trainee("lucia", "average: a slip wherever several things are asked", (_every(SLIP),)),
)
