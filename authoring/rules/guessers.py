"""Nobody does well by habits of wording alone: most hedged, odd one out, what the options have in common."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import bank, wording
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Rule, over_a_bank

_OWN_RULES = {"most letters", "most hedges", "least hedges"}
_REMEDY = "Reword options until that doesn't help; 'make wording' shows every guesser."


def check(course: Course) -> Iterator[Problem]:
    """Guessers who come too far above chance over the bank."""
    margin = course.about.standards.margin
    for group in bank.judged(course):
        for name, score in wording.guessers().items():
            above = wording.above_chance(group.items, score)
            if name not in _OWN_RULES and above > margin:
                what = f"Across {group.name}, picking the option with {name} does {above:.0%} better than chance."
                yield group.problem(what, _REMEDY)
    # Somebody who learns from the bank learns from all of it; in a part of it they would mostly learn its accidents.
    for group in list(bank.judged(course))[-1:]:
        above = wording.learned(group.items)
        if above > margin:
            what = f"Across {group.name}, knowing this bank's habits does {above:.0%} better than chance."
            yield group.problem(what, _REMEDY)


RULE = Rule(
    code="guessers",
    why="Knowing how questions are written shouldn't be enough to pass.",
    check=check,
    example=over_a_bank(
        ("Its finder, or its maker", "Its owner", "Its maker, or its finder"), right=1, says="least words of the other"
    ),
    of_whole=True,
)
