"""No absolute word ("always", "never", "only") is in wrong options alone."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import bank, wording
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Items in which an absolute word marks what is wrong."""
    for items, n, item in bank.option_items(course):
        found = {
            is_right: {
                word
                for option in item.options
                if option.right == is_right
                for word in wording.words(option.text)
                if word in wording.ABSOLUTES
            }
            for is_right in (True, False)
        }
        if found[False] and not found[True]:
            shown = ", ".join(f"'{word}'" for word in sorted(found[False]))
            what = f"{item.id}: {shown} is in wrong options only."
            yield items.file.problem(("items", n, "options"), what, "Take it out, or put one in a right option, too.")


RULE = Rule(
    code="absolutes",
    why="Test-takers know an option with 'always' or 'never' is mostly wrong. Then the item doesn't "
    "test anything else.",
    check=check,
    example=Example("grading/bank/tiny.yml", "text: Its finder", "text: Always its finder", "'always' is in wrong"),
    smells=True,
)
