"""What is planted in the simulated classes: in each of four real checks three bad questions, and two weak points."""

from __future__ import annotations

from casebook.kinds.base import Item
from casebook.kinds.single import SingleItem
from grading.report.reading import Check
from tests.grading.report.simulated import Planted, check_of

MODULES = ("victim-offender-dialogue", "community-advocates", "impact-panels", "partner-violence")
WEAK = frozenset({"community-supervisees-too", "dialogue-voluntary"})
CLASS = 200


def checks() -> list[Check]:
    return [check_of(module) for module in MODULES]


def planted() -> Planted:
    """In each check one item with a wrong key, one giveaway, one unrelated to ability; and the weak points."""
    wrong_key: dict[str, str] = {}
    giveaway: set[str] = set()
    unrelated: set[str] = set()
    believed: dict[str, str] = {}
    for check in checks():
        plain = [item for item in check.items.values() if isinstance(item, SingleItem) and not is_weak(item)]
        wrong_key[plain[0].id] = wrong_option(plain[0])
        giveaway.add(plain[1].id)
        unrelated.add(plain[2].id)
        believed |= {item.id: wrong_option(item) for item in plain[3:4]}
    return Planted(wrong_key, frozenset(giveaway), frozenset(unrelated), WEAK, believed)


def wrong_option(item: SingleItem) -> str:
    return next(option.id for option in item.options if not option.right)


def is_weak(item: Item) -> bool:
    parts = (point for part in item.parts() for point in part.points)
    return not WEAK.isdisjoint([*item.points, *parts])
