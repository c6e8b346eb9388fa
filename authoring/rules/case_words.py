"""A case is short: two or three plain sentences, sixty words at most."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Cases with more words than the standards allow."""
    most = course.about.standards.case_words
    for items in course.item_files():
        for n, item in enumerate(items.items):
            words = len((item.case or "").split())
            if words > most:
                what = f"{item.id}: the case has {words} words; {most} is the most."
                yield items.file.problem(("items", n, "case"), what, "Keep what the answer needs, and cut the rest.")


RULE = Rule(
    code="case-words",
    why="A long case tests patience. A tired officer should know the question after ten seconds.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml",
        "case: It has rained on *Ada's* ladder.",
        f"case: It has rained{' and rained' * 30} on the ladder.",
        "the case has 66 words",
    ),
)
