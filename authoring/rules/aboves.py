"""No option is about the other options: "all of the above", "none of these", "both a and b"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.kinds.options import OptionsItem

_ABOVE = re.compile(
    r"\b(all|none|both|any|either|neither) of (the|these|those)( (above|others?|options|answers))?[.!]?$"
    r"|\b(all|none|both) (of )?the above\b|\bboth [a-e] and [a-e]\b|\b[a-e] and [a-e] (are|is) (right|true)\b",
    re.IGNORECASE,
)


def check(course: Course) -> Iterator[Problem]:
    """Options that speak of other options."""
    for items in course.item_files():
        for n, item in enumerate(items.items):
            for m, option in enumerate(item.options if isinstance(item, OptionsItem) else ()):
                if _ABOVE.search(" ".join(option.text.split())):
                    what = f"{item.id}: option {option.id} is about the other options."
                    yield items.file.problem(
                        ("items", n, "options", m, "text"), what, "Write an option that stands on its own."
                    )


RULE = Rule(
    code="aboves",
    why="Knowing two of three is enough to pick 'all of the above', and 'none' tests what the item doesn't say.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml", "text: Its maker", "text: None of the above", "is about the other options"
    ),
)
