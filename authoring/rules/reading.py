"""Lessons and scenarios can be read by somebody who is tired: about grade 8 to 10, and no sentence without end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyphen import Pyphen

from authoring import texts
from authoring.course import Course, Module
from authoring.problems import Problem
from authoring.rule import Example, Rule

LONGEST_SENTENCE = 40
_HYPHENS = Pyphen(lang="en_US", left=1, right=1)
_END = re.compile(r"(?<=[.!?:])[\"'*)]*\s+|\||\n{2,}|\n(?=- |\d+\. |\||#)")
_MARKS = re.compile(r"\]\([^)]*\)|[*#\[\]]")


def check(course: Course) -> Iterator[Problem]:
    """Texts that read harder than the course's grade, and sentences that are too long."""
    for module in course.modules:
        for name, found in _texts(module):
            grade = level(text.words for text in found)
            if not any(texts.waiting(text.words) for text in found) and grade > course.about.standards.grade:
                what = f"The {name} reads at grade {grade:.1f}; {course.about.standards.grade:g} is the most."
                yield found[0].problem(what, "Shorter sentences, shorter words.")
        for text in texts.of_module(module):
            for sentence in sentences(text.words):
                if len(sentence) > LONGEST_SENTENCE:
                    what = f"A sentence of {len(sentence)} words: '{' '.join(sentence[:6])} …'."
                    yield text.problem(what, "Split it in two.")


def level(said: Iterable[str]) -> float:
    """The school grade at which ``said`` reads, by Flesch and Kincaid's formula."""
    found = [sentence for text in said for sentence in sentences(text)]
    words = [word for sentence in found for word in sentence]
    if not words:
        return 0.0
    syllables = sum(len(_HYPHENS.positions(word)) + 1 for word in words)
    return 0.39 * len(words) / len(found) + 11.8 * syllables / len(words) - 15.59


def _texts(module: Module) -> Iterator[tuple[str, list[texts.Text]]]:
    """What is read in one go: the lesson, and each scenario."""
    yield "lesson", list(texts.written(module.lesson_path, module.lesson))
    for scenario in module.scenarios:
        yield "scenario", list(texts.in_yaml(scenario.file, texts.PROSE))


def sentences(text: str) -> list[list[str]]:
    """The sentences of a text in Markdown, each as its words; a heading, a list's point and a table's cell are some."""
    plain = _MARKS.sub(" ", text)
    found = (re.findall(r"[A-Za-z][A-Za-z'-]*", sentence) for sentence in _END.split(plain))
    return [sentence for sentence in found if sentence]


RULE = Rule(
    code="reading",
    why="It's four in the afternoon. If it has to be read twice, it doesn't get read.",
    check=check,
    example=Example(
        "course/content/tiny/lesson.md",
        "Ask the owner.",
        "Organizational considerations necessitate interdisciplinary communication regarding municipal ladders.",
        "reads at grade",
    ),
    smells=True,
)
