"""Hardly any question names the guide: what counts is what an officer does, not what a text says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring.course import Course, Items
from authoring.problems import Problem
from authoring.rule import Example, Rule

_GUIDE = re.compile(r"\bguide\b", re.IGNORECASE)


def check(course: Course) -> Iterator[Problem]:
    """Items that name the guide in case or question, in a file where more than the share do."""
    for items in course.item_files():
        naming = [n for n, item in enumerate(items.items) if _GUIDE.search(f"{item.case or ''} {item.stem}")]
        if len(naming) > _most(course, items):
            yield from _problems(items, naming)


def _most(course: Course, items: Items) -> int:
    return max(1, int(course.about.standards.guide_share * len(items.items)))


def _problems(items: Items, naming: list[int]) -> Iterator[Problem]:
    for n in naming:
        what = f"{items.items[n].id} names the guide, as {len(naming)} of {len(items.items)} items here do."
        yield items.file.problem(("items", n, "stem"), what, "Ask what the officer does, says, or tells somebody next.")


_ITEM = """\
  - id: tiny-{}
    kind: single
    points: [ladder-back]
    basis: section
    marks: 1
    stem: What does the guide say?
    options:
      - {{id: a, text: Dry it, feedback: Yes., right: true}}
      - {{id: b, text: Paint it, feedback: No.}}
      - {{id: c, text: Sell it, feedback: No.}}
"""

RULE = Rule(
    code="the-guide",
    why="'What does the guide say?' tests reading. Nobody asks that in a doorway.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml",
        "items:\n",
        f"items:\n{''.join(_ITEM.format(n) for n in (1, 2))}",
        "tiny-1 names the guide, as 2 of 4 items here do",
    ),
    of_whole=True,
)
