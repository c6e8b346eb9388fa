"""Slots stand in the final alone, and all of it is slots: each with two variants or more, named after it, in a row."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course, Items, Module
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules.identifiers import LETTERS

FEWEST = 2
"""So many variants a slot has at least: of fewer nothing could be drawn."""


def check(course: Course) -> Iterator[Problem]:
    """Items that stand in a slot and should not, or should and do not; and slots that are not whole."""
    for module in course.modules:
        yield from _places(module.practice, final=False)
        yield from _places(module.refresher, final=False)
        yield from _places(module.bank, final=module.entry.part == "final")
        yield from _slots(module)


def _places(items: Items, *, final: bool) -> Iterator[Problem]:
    for n, item in enumerate(items.items):
        if final and item.slot is None:
            what = f"{item.id} isn't in a slot."
            yield items.file.problem(("items", n), what, "Write 'slot:' and which. The final asks only slots.")
        elif item.slot is not None and not final:
            what = f"{item.id} is in a slot, but only the final has slots."
            yield items.file.problem(("items", n, "slot"), what, "Take 'slot' out.")


def _slots(module: Module) -> Iterator[Problem]:
    file = module.bank.file
    places = {item.id: n for n, item in enumerate(module.bank.items)}
    for slot, variants in module.slots().items():
        ids = [item.id for item in variants]
        first = ("items", places[ids[0]], "slot")
        if len(ids) < FEWEST:
            what = f"The slot {slot} has one variant; it needs {FEWEST} or more."
            yield file.problem(first, what, "Write one like it, about a different case.")
        wanted = [f"{slot}-{letter}" for letter in LETTERS[: len(ids)]]
        if ids != wanted:
            what = f"The variants of {slot} are named {', '.join(ids)}."
            yield file.problem(first, what, f"Name them {', '.join(wanted)}, in this order.")
        elif places[ids[-1]] - places[ids[0]] >= len(ids):
            what = f"The variants of {slot} aren't next to each other."
            yield file.problem(first, what, "Put them together: anyone who changes one has to see the others.")


RULE = Rule(
    code="slots",
    why="A trainee gets one variant of each slot, by chance. A slot with one variant leaves nothing to draw.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml",
        "- id: tiny-owner\n",
        "- id: tiny-owner\n    slot: tiny-first\n",
        "tiny-owner is in a slot, but only the final has slots",
    ),
    of_whole=True,
)
