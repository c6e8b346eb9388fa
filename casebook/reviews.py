"""What an expert has reviewed of a check's items, and what not. Pure.

Authors and instructors are both told it, from the same lines of the bank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casebook.kinds.base import Item
from casebook.kinds.simulation import SimulationItem
from casebook.story import Scene


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
    scenes = _once(scene for item in listed for scene in _scenes(item))
    choices = sum(choice.basis == "inference" for scene in scenes for choice in scene.choices)
    return Reviews(len(listed), waiting, sum(item.basis == "inference" for item in listed) + choices)


def _scenes(item: Item) -> Iterable[Scene]:
    if isinstance(item, SimulationItem):
        for each in item.stories:
            yield from each.story.scenes.values()


def _once(scenes: Iterable[Scene]) -> list[Scene]:
    """Each scene once: the second story of a simulation may share some with the first."""
    found: list[Scene] = []
    for scene in scenes:
        if scene not in found:
            found.append(scene)
    return found
