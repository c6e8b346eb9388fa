"""The variants of a slot are alike in all but their case: nobody may be asked more, or something else, by the draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from authoring import asked, texts
from authoring.course import Course, Module
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.kinds.base import Item


def _unsafe(item: Item) -> str:
    """What settles that a choice in it is unsafe, if one is: nobody may be stopped by the draw."""
    bases = {part.basis or item.basis for part in asked.unsafe(item)}
    return "section" if "section" in bases else "inference" if bases else "none"


_ALIKE: dict[str, Callable[[Item], Any]] = {
    "kind": lambda item: item.kind,
    "points": lambda item: ", ".join(sorted(set(item.points))),
    "basis": lambda item: item.basis,
    "applied": lambda item: str(item.applied).lower(),
    "marks": lambda item: f"{item.marks or 0:g}",
    "unsafe": _unsafe,
}


def check(course: Course) -> Iterator[Problem]:
    """Variants that differ from the first of their slot."""
    for module in course.modules:
        yield from _module(module)


def _module(module: Module) -> Iterator[Problem]:
    first: dict[str, Item] = {}
    for n, item in enumerate(module.bank.items):
        if item.slot is None or not texts.is_finished(module.bank.file, ("items", n)):
            continue
        for name, ours, theirs in _differences(item, first.setdefault(item.slot, item)):
            what = f"{item.id}: {name} is {ours}; {first[item.slot].id}, of the same slot, has {theirs}."
            yield module.bank.file.problem(("items", n, name), what, "Make them alike; cases and keys may differ.")


def _differences(item: Item, other: Item) -> Iterator[tuple[str, Any, Any]]:
    """What is not alike: its name, and how it is here and there."""
    for name, of in _ALIKE.items():
        if of(item) != of(other):
            yield name, of(item), of(other)
    if item.kind == other.kind:
        for name in item.lists:
            ours, theirs = len(getattr(item, name)), len(getattr(other, name))
            if ours != theirs:
                yield name, f"a list of {ours}", theirs


RULE = Rule(
    code="variants",
    why="Chance decides which variant somebody gets. It can't decide what they're asked, or how much it counts.",
    check=check,
    example=Example(
        "grading/bank/last.yml",
        "slot: last-ask\n    marks: 2",
        "slot: last-ask\n    marks: 1",
        "last-ask-b: marks is 2; last-ask-a, of the same slot, has 1",
    ),
    of_whole=True,
)
