"""No lesson, practice item or scenario says a sentence of what is kept back until feedback is released."""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring import texts
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule

FEWEST_WORDS = 5
"""Shorter sentences say nothing of one item more than of another."""


def check(course: Course) -> Iterator[Problem]:
    """Sentences that stand in graded feedback and in what trainees read before."""
    kept = {
        sentence: item.id
        for module in course.modules
        for item in module.bank.items
        for secret in item.secrets()
        for sentence in _sentences(secret)
    }
    for text in _public(course):
        for sentence in _sentences(text.words):
            if sentence in kept:
                what = f"'{sentence}' is said in the feedback of {kept[sentence]}, too."
                yield text.problem(what, "Say it in other words here: feedback is held back until it's released.")


def _public(course: Course) -> Iterator[texts.Text]:
    for module in course.modules:
        yield from texts.written(module.lesson_path, module.lesson)
        yield from texts.written(module.check_path, module.check)
        for file in (module.practice.file, module.refresher.file, *(scenario.file for scenario in module.scenarios)):
            yield from texts.in_yaml(file)


def _sentences(text: str) -> list[str]:
    if texts.waiting(text):
        return []
    blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", text))
    found = (sentence for block in blocks for sentence in re.split(r"(?<=[.!?])\s+", block))
    return [sentence for sentence in found if len(sentence.split()) >= FEWEST_WORDS]


RULE = Rule(
    code="kept-back",
    why="Feedback on a check stays with the instructor until it's released. A lesson that repeats it gives it away.",
    check=check,
    example=Example(
        "course/content/tiny/lesson.md",
        "Ask the owner.",
        "SECRET-FEEDBACK finding is not owning.",
        "is said in the feedback of tiny-owner",
    ),
    of_whole=True,
)
