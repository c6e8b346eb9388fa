"""Every piece of prose that people read in the course, with the file and line where its author can find it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authoring.course import Course, Module, Scenario
from authoring.markup import Piece, Words
from authoring.problems import Problem
from authoring.yamlfile import Place, YamlFile

PROSE = frozenset({"text", "told", "why", "stem", "case", "feedback", "content_note", "unsafe", "model"})
"""The YAML keys that contain prose, in the small subset of Markdown that panels show."""

PLAIN = frozenset({"title", "subtitle", "name", "who", "asks", "ending", "about", "what"})
"""The YAML keys that contain words shown as they are."""

NAMED = frozenset({"points"})
"""The YAML keys that name teaching points."""

_WAITING = re.compile(r"\b(TODO|FIXME|TBD|XXX)\b|\blorem ipsum\b", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """A piece of prose, with its file and line."""

    path: Path
    line: int
    words: str

    def problem(self, what: str, remedy: str) -> Problem:
        """Return a problem with this text."""
        return Problem(self.path, self.line, what, remedy)


def waiting(words: str) -> str | None:
    """Return the mark in ``words`` (such as TODO) that says they're still to be written, or ``None``."""
    found = _WAITING.search(words)
    return found[0] if found else None


def is_finished(file: YamlFile, at: Place = ()) -> bool:
    """Return whether everything at this place in a file has been written, and every teaching point named.

    Only the rule ``unfinished`` judges what isn't finished, because nobody has said it yet.
    """
    return not any(waiting(words) for _, words in places(file, PROSE | PLAIN | NAMED, at))


def finished_stories(course: Course) -> Iterator[Scenario]:
    """Yield the scenarios, and the stories of simulations, that are finished."""
    for module in course.modules:
        yield from (story for story in module.stories() if is_finished(story.file, story.place))


def everything(course: Course) -> Iterator[Text]:
    """Yield every text that trainees may read: in lessons, checks, items, stories, teaching points, and job aids."""
    for page in course.pages.values():
        yield from written(page.path, page.text)
    yield from in_yaml(course.file)
    yield from in_yaml(course.points_file)
    for module in course.modules:
        yield from of_module(module)
    for aid in course.aids:
        yield from written(aid.path, aid.text)


def in_markdown(course: Course) -> Iterator[Text]:
    """Yield the words of the start page and the other pages, and of every lesson, check, and job aid."""
    for page in course.pages.values():
        yield from written(page.path, page.text)
    for module in course.modules:
        yield from written(module.lesson_path, module.lesson)
        yield from written(module.check_path, module.check)
    for aid in course.aids:
        yield from written(aid.path, aid.text)


def of_module(module: Module) -> Iterator[Text]:
    """Yield every text in a module that trainees may read."""
    yield from written(module.lesson_path, module.lesson)
    yield from written(module.check_path, module.check)
    for file in (*(items.file for items in module.items()), *(scenario.file for scenario in module.scenarios)):
        yield from in_yaml(file)


def written(path: Path, pieces: tuple[Piece, ...]) -> Iterator[Text]:
    """Yield the words of a lesson, a check, or another page in Markdown."""
    for piece in pieces:
        if isinstance(piece, Words):
            yield Text(path, piece.line, piece.source)


def in_yaml(file: YamlFile, keys: frozenset[str] = PROSE | PLAIN) -> Iterator[Text]:
    """Yield the words in a YAML file that are under these ``keys``, or in a list under one."""
    for place, words in places(file, keys):
        yield Text(file.path, file.line(place), words)


def places(file: YamlFile, keys: frozenset[str], at: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield the words under these ``keys``, or in a list under one, each with its place; only those within ``at``."""
    node: Any = file.data
    for key in at:
        node = node[key]
    for place, words in _walk(node, tuple(at)):
        if keys & {str(key) for key in place[-2:]}:
            yield place, words


def _walk(node: Any, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _walk(value, (*place, key))
    elif isinstance(node, list):
        for n, value in enumerate(node):
            yield from _walk(value, (*place, n))
    elif isinstance(node, str):
        yield place, node
