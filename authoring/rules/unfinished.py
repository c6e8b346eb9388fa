"""Nothing that is given out still waits to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring import texts
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule

_WAITING = re.compile(r"\b(TODO|FIXME|TBD|XXX)\b|\blorem ipsum\b", re.IGNORECASE)


def check(course: Course) -> Iterator[Problem]:
    """Texts in which a mark says that something is still to be written."""
    for text in texts.everything(course):
        found = _WAITING.search(text.words)
        if found:
            yield text.problem(f"'{found[0]}' is still to be written.", "Write it, or set the module's 'ready: false'.")


RULE = Rule(
    code="unfinished",
    why="What a template leaves to be filled in must not reach a trainee.",
    check=check,
    example=Example("course/content/tiny/lesson.md", "Ask the owner.", "TODO: whom to ask.", "is still to be written"),
)
