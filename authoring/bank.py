"""The graded items with options, over the whole course: what is judged as a whole, not item by item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from authoring import texts, wording
from authoring.course import Course, Items
from authoring.problems import Problem
from casebook.kinds.options import OptionsItem
from casebook.kinds.single import SingleItem


@dataclass(frozen=True)
class Group:
    """Items that are judged together, and the file where the first of them stands."""

    name: str
    items: tuple[OptionsItem, ...]
    first: Items

    def problem(self, what: str, remedy: str) -> Problem:
        """A problem with the group as a whole."""
        return self.first.file.problem(("items",), what, remedy)


def judged(course: Course) -> Iterator[Group]:
    """Single-choice items, those with several right ones, and both; each only where there are enough to judge."""
    banks = [module.bank for module in course.modules]
    both = tuple(item for _, _, item in option_items(course))
    single = tuple(item for item in both if isinstance(item, SingleItem))
    several = tuple(item for item in both if not isinstance(item, SingleItem))
    named = (
        ("single-choice items", single),
        ("items with several right options", several),
        ("all options", both),
    )
    for name, items in named:
        if len(items) >= course.about.standards.judged_from:
            yield Group(f"{len(items)} {name}", items, banks[0])


def option_items(course: Course) -> Iterator[tuple[Items, int, OptionsItem]]:
    """Every graded item with options that is written: its file, its number in it, and the item."""
    for module in course.modules:
        for n, item in enumerate(module.bank.items):
            if isinstance(item, OptionsItem) and texts.is_finished(module.bank.file, ("items", n)):
                yield module.bank, n, item


def guessed(course: Course) -> str:
    """How far every guesser comes above chance, as lines of text, the best first; each module's bank by itself, too."""
    groups = [(group.name, group.items) for group in judged(course)]
    groups += [(f"{len(items)} of {slug}", items) for slug, items in _by_module(course)]
    return "\n\n".join(_guessed(name, items) for name, items in groups)


def _by_module(course: Course) -> Iterator[tuple[str, tuple[OptionsItem, ...]]]:
    for module in course.modules:
        yield module.slug, tuple(item for item in module.bank.items if isinstance(item, OptionsItem))


def _guessed(name: str, items: tuple[OptionsItem, ...]) -> str:
    if not items:
        return f"{name}: no options"
    above = {f"picks the {way}": wording.above_chance(items, score) for way, score in wording.guessers().items()}
    above["has learned this bank's habits"] = wording.learned(items)
    chance = fmean(wording.chance(item) for item in items)
    lines = [f"{name}: picking blindly finds {chance:.0%}. Compared with that, somebody who …"]
    lines += [f"  {points:+.0%}  {way}" for way, points in sorted(above.items(), key=lambda one: -one[1])]
    return "\n".join(lines)
