"""People are called what STYLE.md calls them, but for what somebody in the course says aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring import terms, texts
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule

_SPOKEN = re.compile(r'"[^"]*"|(?<!\w)\'[^\']*\'(?!\w)')
"""What stands in quotation marks is somebody's own way of speaking."""


def check(course: Course) -> Iterator[Problem]:
    """Words that STYLE.md's table says are not used."""
    avoided = [(term, term.pattern()) for term in terms.read(course.root)]
    names = [re.compile(re.escape(name), re.IGNORECASE) for name in terms.fine(course.root)]
    for text in texts.everything(course):
        told = _SPOKEN.sub(" ", " ".join(text.words.split()))
        for name in names:
            told = name.sub(" ", told)
        for term, pattern in avoided:
            found = pattern.search(told)
            if found:
                yield text.problem(f"'{found[0]}' isn't a word this course uses.", f"STYLE.md has: {term.used}.")


RULE = Rule(
    code="terms",
    why="A word for a crime isn't a word for a person, and what we call people is half of how we treat them.",
    check=check,
    example=Example(
        "course/content/tiny/lesson.md", "Ask the owner.", "Ask the proprietor.", "'proprietor' isn't a word this"
    ),
)
