"""Hardly any stem asks for what is not so: tired readers miss the "not"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule

MOST = 0.05
"""The share of a bank's stems that may be negative."""

_NEGATIVE = re.compile(
    r"\b(which|what|who|whom|where|when|how)\b[^.?]*\b(not|except|least|isn't|aren't|doesn't|don't|cannot|never|wrong)\b"
    r"[^.?]*\?|\bexcept\b",
    re.IGNORECASE,
)


def check(course: Course) -> Iterator[Problem]:
    """Negative stems, where there are more than the share that may be."""
    items = [(module.bank, n, item) for module in course.modules for n, item in enumerate(module.bank.items)]
    negative = [(bank, n, item) for bank, n, item in items if _NEGATIVE.search(" ".join(item.stem.split()))]
    if len(negative) <= MOST * len(items):
        return
    for bank, n, item in negative:
        what = f"{item.id} asks what isn't so, as {len(negative)} of {len(items)} graded items do."
        yield bank.file.problem(("items", n, "stem"), what, "Ask what's so.")


RULE = Rule(
    code="negatives",
    why="A question that asks which is NOT right tests whether somebody noticed the 'not'.",
    check=check,
    example=Example("grading/bank/tiny.yml", "stem: Who lends", "stem: Who does not lend", "asks what isn't so"),
    of_whole=True,
)
