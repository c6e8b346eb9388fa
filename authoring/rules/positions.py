"""Right options stand at each place about as often as chance puts them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from authoring import bank
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Rule, over_a_bank
from authoring.rules.identifiers import LETTERS
from casebook.kinds.options import OptionsItem


def check(course: Course) -> Iterator[Problem]:
    """Places where right options stand too often, or too seldom."""
    margin = course.about.standards.margin
    for group in bank.judged(course):
        for place, share, level in _shares(group.items):
            if abs(share - level) > margin:
                what = (
                    f"Across {group.name}, {share:.0%} of the right options are at {place}; an "
                    f"even spread would be {level:.0%}."
                )
                yield group.problem(what, "Move options around, with their feedback.")


def _shares(items: Sequence[OptionsItem]) -> Iterator[tuple[str, float, float]]:
    """For each place: the share of the right options that stand there, and the share that chance would put there."""
    found: Counter[str] = Counter()
    level: Counter[str] = Counter()
    for item in items:
        right = item.right_ones()
        found.update(right)
        level.update({option.id: len(right) / len(item.options) for option in item.options})
    every = found.total()
    for place in sorted(level.keys() & set(LETTERS)):
        yield place, found[place] / every, level[place] / every


RULE = Rule(
    code="positions",
    why="Picking by place shouldn't work more often than chance allows.",
    check=check,
    example=over_a_bank(("Its finder", "Its owner", "Its maker"), right=1, says="are at b"),
    of_whole=True,
)
