"""A table's header cells are not empty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt

from authoring import texts
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule

_PARSER = MarkdownIt("commonmark").enable("table")


def check(course: Course) -> Iterator[Problem]:
    """Tables in lessons and checks with a header cell that says nothing."""
    for text in texts.in_markdown(course):
        for line in sorted(set(_bare(text.words))):
            what = "A header cell of this table is empty."
            yield Problem(text.path, text.line + line, what, "Say what's below it, even in the corner cell.")


def _bare(source: str) -> Iterator[int]:
    """The lines (from 0) of header rows in which a cell is empty."""
    tokens = _PARSER.parse(source)
    for opening, inside in pairwise(tokens):
        if opening.type == "th_open" and inside.map and not inside.content.strip():
            yield inside.map[0]


RULE = Rule(
    code="tables",
    why="A screen reader says the header with each cell. An empty header leaves people guessing.",
    check=check,
    example=Example(
        "course/content/tiny/lesson.md",
        "Ask the owner.",
        "| | Ladder |\n|---|---|\n| Whose | Ada's |",
        "A header cell of this table is empty",
    ),
)
