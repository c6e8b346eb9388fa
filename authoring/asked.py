"""What each bank asks: its questions, and which of them are about safety."""

from __future__ import annotations

from dataclasses import dataclass

from authoring import texts
from authoring.course import Course, Module
from casebook.kinds.base import Item, Part


@dataclass(frozen=True)
class Question:
    """A question of a check: an item, or a slot of the final with its variants.

    ``number`` is the place of its first item in the bank.
    """

    number: int
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """The slot, or the item."""
        return self.items[0].slot or self.items[0].id

    @property
    def points(self) -> frozenset[str]:
        """The teaching points that settle it; all variants of a slot have the same."""
        return frozenset(self.items[0].points)

    @property
    def offers_unsafe(self) -> bool:
        """Whether everybody who gets it may choose something unsafe, whichever variant they draw."""
        return all(unsafe(item) for item in self.items)


def questions(module: Module) -> list[Question]:
    """The questions of a module's bank, in its order."""
    found: dict[str, tuple[int, tuple[Item, ...]]] = {}
    for n, item in enumerate(module.bank.items):
        number, items = found.get(item.slot or item.id, (n, ()))
        found[item.slot or item.id] = (number, (*items, item))
    return [Question(number, items) for number, items in found.values()]


def unsafe(item: Item) -> tuple[Part, ...]:
    """The parts of an item that would endanger somebody: unsafe options, and actions never to take."""
    return tuple(part for part in item.parts() if getattr(part, "unsafe", False) or getattr(part, "never", False))


def safety_points(course: Course) -> list[str]:
    """The teaching points where people get hurt when an officer gets them wrong."""
    return [point.id for point in course.points.values() if point.safety]


def is_written(module: Module) -> bool:
    """Whether a bank asks something, and nothing of it is still to be written."""
    return bool(module.bank.items) and texts.is_finished(module.bank.file)
