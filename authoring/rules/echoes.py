"""A right option's words do not stand in another item of the same check: one would answer the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authoring import texts, wording
from authoring.course import Course, Items
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.kinds.base import Item
from casebook.kinds.options import OptionsItem

RUN = 5
"""So many words in a row are no chance."""


def check(course: Course) -> Iterator[Problem]:
    """Right options that another item of the same check repeats."""
    for module in course.modules:
        written = [
            (n, item) for n, item in enumerate(module.bank.items) if texts.is_finished(module.bank.file, ("items", n))
        ]
        for n, item in written:
            # Of a slot nobody has two variants before them.
            others = [o for _, o in written if o.id != item.id and (item.slot is None or o.slot != item.slot)]
            yield from _item(module.bank, n, item, others)


def _item(bank: Items, n: int, item: Item, others: Sequence[Item]) -> Iterator[Problem]:
    right = set[tuple[str, ...]]()
    for option in item.options if isinstance(item, OptionsItem) else ():
        right |= _runs(option.text) if option.right else set()
    for other in others:
        shown = [other.case or "", other.stem, *(part.text for part in other.parts())]
        shared = right & set().union(*map(_runs, shown))
        if shared:
            what = f"{item.id}: '{' '.join(min(shared))}' is in {other.id}, too."
            yield bank.file.problem(("items", n, "options"), what, "Reword one, unless neither gives away the other.")


def _runs(text: str) -> set[tuple[str, ...]]:
    words = wording.words(text)
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


RULE = Rule(
    code="echoes",
    why="Trainees can go back and forth in a check: what one question says must not answer another.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml",
        "text: Its owner\n        right: true\n",
        "text: It has rained on Ada's day\n        right: true\n",
        "is in tiny-return",
    ),
    smells=True,
)
