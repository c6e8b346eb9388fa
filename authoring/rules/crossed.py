"""No option crosses the halves of two others: "some, and A", "most, and A", "some, and B", "most, and B"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from authoring.course import Course, Items
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.wording import words
from casebook.kinds.options import OptionsItem

_HALVES = re.compile(r"[,;:.\N{EM DASH}]\s+|\s+(?:and|but|because|since|so)\s+")
_ONE = r"the (?:first|second|former|latter|one|other)\b"
_POINTING = re.compile(rf"\b{_ONE}[^.]*\bnot (?:on |of |to )?{_ONE}")


def check(course: Course) -> Iterator[Problem]:
    """Items with options that cross two halves, or that take one of two things and not the other."""
    for items in course.item_files():
        for n, item in enumerate(items.items):
            if isinstance(item, OptionsItem):
                yield from _item(items, n, item)


def _item(items: Items, n: int, item: OptionsItem) -> Iterator[Problem]:
    place = ("items", n, "options")
    texts = [" ".join(option.text.split()) for option in item.options]
    if _is_crossed(texts):
        what = f"{item.id}: its options mix and match two parts."
        yield items.file.problem(place, what, "Give each option one thing to do. One principle decides.")
    if any(_POINTING.search(text.lower()) for text in texts):
        what = f"{item.id}: an option takes one thing and leaves the other."
        yield items.file.problem(place, what, "Say what the officer does, and leave out the rest.")


def _is_crossed(texts: list[str]) -> bool:
    """Whether at least two options begin alike, two end alike, and one does both."""
    halves = [half for text in texts if (half := _split(text))]
    first = Counter(begin for begin, _ in halves)
    last = Counter(end for _, end in halves)
    return any(first[begin] > 1 and last[end] > 1 for begin, end in halves)


def _split(text: str) -> tuple[str, str] | None:
    """The words before and after the first joint of ``text``; none where it has no joint."""
    begin, *rest = _HALVES.split(text, maxsplit=1)
    both = (" ".join(words(begin)), " ".join(words(rest[0] if rest else "")))
    return both if all(both) else None


RULE = Rule(
    code="crossed",
    why="Mixing and matching two parts makes a puzzle: nobody does 'the first, and not the second' at work.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml",
        "      - id: a\n        text: Its finder\n",
        """\
      - {id: c, text: "Its owner, for money", feedback: No.}
      - {id: d, text: "Its maker, for nothing", feedback: No.}
      - {id: e, text: "Its owner, for nothing", feedback: No.}
      - id: a
        text: Its finder
""",
        "its options mix and match two parts",
    ),
)
