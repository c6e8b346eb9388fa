"""``order`` is for steps that really come one after the other, once in a check at most, and never in the final."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring import texts
from authoring.course import Course, Items
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.kinds.order import OrderItem

_IN_TIME = re.compile(
    r"\b(steps?|first|next|then|before|after|last|happens?|call|in (what|which|the) order|sequence)\b"
)
_RANKED = re.compile(
    r"\b(most|least|fewest|fewer|more|less|many|rank|closest|nearest|strongest|widest|largest|smallest)\b"
)


def check(course: Course) -> Iterator[Problem]:
    """Ordering items in the final, a second one in a check, and those whose question asks for a ranking."""
    for module in course.modules:
        for items in module.items():
            yield from _kinds(items, graded=items is module.bank, final=module.entry.part == "final")


def _kinds(items: Items, *, graded: bool, final: bool) -> Iterator[Problem]:
    found = [
        (n, item)
        for n, item in enumerate(items.items)
        if isinstance(item, OrderItem) and texts.is_finished(items.file, ("items", n))
    ]
    for n, item in found:
        stem = item.stem.lower()
        if _RANKED.search(stem) or not _IN_TIME.search(stem):
            what = f"{item.id} doesn't ask for steps in time."
            yield items.file.problem(
                ("items", n, "stem"), what, "Ask what comes first and what's next, or use a different kind of item."
            )
    for n, item in found[0 if final else 1 :] if graded else ():
        enough = "the final never does" if final else "one item like that is enough for a check"
        what = f"{item.id} orders steps; {enough}."
        yield items.file.problem(("items", n, "kind"), what, "Ask what the officer does first, or next.")


RULE = Rule(
    code="order-steps",
    why="Few things at work have one true order. Ranking by numbers or by taste is a puzzle.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml",
        "items:\n",
        """items:
  - id: tiny-rungs
    kind: order
    points: [ladder-back]
    basis: section
    marks: 1
    stem: Which ladder has the most rungs?
    steps:
      - {id: a, text: Ada's, place: 2, feedback: It has nine.}
      - {id: b, text: Olu's, place: 1, feedback: It has ten.}
      - {id: c, text: Pia's, place: 3, feedback: It has six.}
""",
        "tiny-rungs doesn't ask for steps in time",
    ),
    of_whole=True,
)
