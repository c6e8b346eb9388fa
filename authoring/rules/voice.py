"""Texts are plain American: none of the habits in STYLE.md's table, in the course, the guide, or what the program says.

What somebody says in a story counts, too: an officer's lines stand in quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator

from authoring import coverage, habits, messages, texts
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.texts import Text

GUIDE = "course/guide"


def check(course: Course) -> Iterator[Problem]:
    """Phrases that the table says to lose."""
    avoided = habits.read(course.root)
    for text in _texts(course) if avoided else ():
        for habit, at, phrase in habits.search(text.words, avoided):
            place = Text(text.path, _line(text, at), text.words)
            yield place.problem(f"'{phrase}' sounds translated.", f"STYLE.md has: {habit.used.rstrip('.')}.")


def _texts(course: Course) -> Iterator[Text]:
    yield from texts.everything(course)
    if not course.pages:  # one item or story alone, in a preview
        return
    for path in sorted((course.root / GUIDE).rglob("*.md")):
        if path != course.root / coverage.PAGE:
            yield Text(path, 1, path.read_text(encoding="utf-8"))
    yield from messages.everything(course.root)


def _line(text: Text, at: int) -> int:
    """The line of what stands at ``at`` in a Markdown text; of others only the first line is known."""
    return text.line + text.words.count("\n", 0, at) if text.path.suffix == ".md" else text.line


RULE = Rule(
    code="voice",
    why="If it sounds translated, people have to read it twice. An officer at four in the afternoon reads once.",
    check=check,
    example=Example("course/content/tiny/lesson.md", "Ask the owner.", "Ask anew.", "'anew' sounds translated"),
)
