"""The actions of a rating use its anchors: one action to take (4), and one that is poor (1) or never to be done (0)."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import texts
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.kinds.rate import SCALE, RateItem

_REMEDY = f"The anchors are: {', '.join(reversed([words for _, words in SCALE]))}."


def check(course: Course) -> Iterator[Problem]:
    """Ratings without a best action, or without one that is to be left alone."""
    for items in course.item_files():
        for n, item in enumerate(items.items):
            if isinstance(item, RateItem) and texts.is_finished(items.file, ("items", n)):
                for fault in _faults(item):
                    yield items.file.problem(("items", n, "actions"), f"{item.id}: {fault}.", _REMEDY)


def _faults(item: RateItem) -> Iterator[str]:
    best = [action.best for action in item.actions]
    if 4 not in best:
        yield "no action is one to take (4)"
    if min(best) > 1:
        yield "no action is poor (1) or never to be done (0)"


RULE = Rule(
    code="anchors",
    why="A number is fair only if readers agree on it, so each item needs an action to take and one never to take.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml",
        "items:\n",
        """items:
  - id: tiny-rated
    kind: rate
    points: [ladder-back]
    basis: section
    marks: 1
    stem: The ladder is wet. How good is each of these?
    actions:
      - {id: a, text: Dry it, best: 3, feedback: It rots when wet.}
      - {id: b, text: Carry it home, best: 2, feedback: It is still wet.}
      - {id: c, text: Leave it out, best: 0, feedback: It rains.}
""",
        "no action is one to take (4)",
    ),
)
