"""What an expert has reviewed of a check's items, and what not. Pure.

Authors and instructors are both told it, from the same lines of the bank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casebook.kinds.base import Item
from casebook.kinds.simulation import SimulationItem
from casebook.story import Choice


@dataclass(frozen=True)
class Reviews:
    """How many items there are, the ids of those that nobody has reviewed, and how many inferences are among all.

    Choices of simulations that are inferences are counted, too: they score nothing without a review.
    """

    items: int
    waiting: tuple[str, ...]
    inferences: int


def of(items: Iterable[Item]) -> Reviews:
    """The reviews of a bank's items."""
    listed = list(items)
    waiting = tuple(item.id for item in listed if not item.reviewed_by)
    distinct = _once(choice for item in listed for choice in _choices(item))
    choices = sum(choice.basis == "inference" for choice in distinct)
    return Reviews(len(listed), waiting, sum(item.basis == "inference" for item in listed) + choices)


def _choices(item: Item) -> Iterable[Choice]:
    if isinstance(item, SimulationItem):
        for each in item.stories:
            for scene in each.story.scenes.values():
                yield from scene.choices


def _once(choices: Iterable[Choice]) -> list[Choice]:
    """Each choice once: the second story of a simulation may share some with the first, in scenes of its own, too."""
    found: list[Choice] = []
    for choice in choices:
        if choice not in found:
            found.append(choice)
    return found
