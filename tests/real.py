"""The real course, read once in each process that tests it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from authoring import course
from authoring.course import Course, Module
from casebook.exploring import Explored

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = course.listed(ROOT).modules
"""The modules of the list, drafts included: for tests that run once for each of them."""


@cache
def read() -> Course:
    """The course as its authors wrote it. Reading it takes seconds; it is frozen, so tests can share it."""
    return course.read(ROOT)


def module(slug: str) -> Module:
    """One module of it, also a draft."""
    found = next((each for each in read().modules if each.slug == slug), None)
    return found or course.read(ROOT, only=slug).modules[0]


def longest(explored: Explored) -> int:
    """How many decisions the longest of all paths has; fails where a path does not come to an end."""
    assert explored.order, "A path goes round."
    left = [0] * len(explored.scenes)
    for number in explored.order:
        left[number] = max((1 + left[to] for to in explored.after[number]), default=0)
    return max(left)
