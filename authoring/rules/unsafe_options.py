"""A single-choice item has a wrong option that is safe, and at most two that are unsafe."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import asked
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule
from casebook.kinds.single import SingleItem

MOST = 2
"""So many options of a single-choice item may be unsafe."""


def check(course: Course) -> Iterator[Problem]:
    """Single-choice items in which the only way to be wrong is to endanger somebody, or too many ways are."""
    for items in course.item_files():
        for n, item in enumerate(items.items):
            if isinstance(item, SingleItem):
                for what, remedy in _faults(item):
                    yield items.file.problem(("items", n, "options"), f"{item.id}: {what}.", remedy)


def _faults(item: SingleItem) -> Iterator[tuple[str, str]]:
    unsafe = asked.unsafe(item)
    wrong = [option for option in item.options if not option.right]
    if unsafe and len(unsafe) == len(wrong):
        yield "every wrong option is unsafe", "Add a mistake that hurts nobody."
    if len(unsafe) > MOST:
        yield f"{len(unsafe)} options are unsafe", f"{MOST} are enough: one slip can't be the only way to be wrong."


RULE = Rule(
    code="unsafe-options",
    why="An unsafe choice fails the whole check. One slip can't be the only way to be wrong.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml",
        "      - id: a\n        text: Its finder\n",
        """\
      - {id: c, text: Its thief, feedback: No., unsafe: true}
      - {id: d, text: Its seller, feedback: No., unsafe: true}
      - {id: e, text: Its painter, feedback: No., unsafe: true}
      - id: a
        text: Its finder
""",
        "3 options are unsafe",
    ),
)
