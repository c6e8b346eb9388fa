"""No word of weight from the case stands in the right option of a single-choice item alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring import bank, wording
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.kinds.single import SingleItem

_NAMES = re.compile(r"\b[A-Z]\w+")


def check(course: Course) -> Iterator[Problem]:
    """Items whose key repeats a word of the case that no other option has. Names and capitalized words don't count."""
    for items, n, item in bank.option_items(course):
        if not isinstance(item, SingleItem) or not item.case:
            continue
        case = wording.content_words(_NAMES.sub(" ", item.case))
        right = [wording.content_words(option.text) for option in item.options if option.right]
        wrong = [wording.content_words(option.text) for option in item.options if not option.right]
        shared = case.intersection(*right).difference(*wrong)
        if shared:
            shown = ", ".join(f"'{word}…'" for word in sorted(shared))
            what = f"{item.id}: {shown} is in the case and only in the right option."
            yield items.file.problem(("items", n, "options"), what, "Use it in a wrong option, too, or in none.")


RULE = Rule(
    code="case-keywords",
    why="If the case and one option share a word, it points to that option, whatever it says.",
    check=check,
    example=Example(
        "grading/bank/last.yml", "text: Olu\n", "text: Olu, who leans on nobody\n", "'lean…' is in the case"
    ),
)
