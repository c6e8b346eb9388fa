"""Each part's feedback says why, in one to three sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring.course import Course, Items
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.kinds.base import Item

MOST_SENTENCES = 3
_END = re.compile(r"[.!?][\"'*)]*(\s|$)")


def check(course: Course) -> Iterator[Problem]:
    """Feedback that is missing, or goes on for too long."""
    for items in course.item_files():
        for n, item in enumerate(items.items):
            yield from _item(items, n, item)


def _item(items: Items, n: int, item: Item) -> Iterator[Problem]:
    for name in item.lists:
        for m, part in enumerate(getattr(item, name)):
            said = getattr(part, "feedback", None)
            if said is None:
                continue
            place = ("items", n, name, m, "feedback")
            sentences = len(_END.findall(said.strip()))
            if not said.strip():
                yield items.file.problem(place, f"{item.id}: {part.id} has no feedback.", "Say why.")
            elif sentences > MOST_SENTENCES:
                what = f"{item.id}: the feedback on {part.id} has {sentences} sentences."
                yield items.file.problem(place, what, "Say it in three or fewer.")


RULE = Rule(
    code="feedback",
    why="Missing feedback teaches nothing, and nobody reads feedback that goes on and on.",
    check=check,
    example=Example(
        "course/content/tiny/practice.yml",
        "feedback: It cannot say.",
        "feedback: No. It can. Not. Say.",
        "has 4 sentences",
    ),
)
