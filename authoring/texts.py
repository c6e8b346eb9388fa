"""Every piece of prose that somebody reads in the course, with the place where its author finds it."""

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
"""Keys in YAML under which prose stands: Markdown of the small kind that panels show."""

PLAIN = frozenset({"title", "subtitle", "name", "who", "asks", "ending", "about", "what"})
"""Keys under which words stand that are shown as they are."""

NAMED = frozenset({"points"})
"""Keys under which teaching points are named."""

_WAITING = re.compile(r"\b(TODO|FIXME|TBD|XXX)\b|\blorem ipsum\b", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """A piece of prose and where it stands."""

    path: Path
    line: int
    words: str

    def problem(self, what: str, remedy: str) -> Problem:
        """A problem with this text."""
        return Problem(self.path, self.line, what, remedy)


def waiting(words: str) -> str | None:
    """The mark in ``words`` (TODO and the like) which says that they are still to be written."""
    found = _WAITING.search(words)
    return found[0] if found else None


def is_finished(file: YamlFile, at: Place = ()) -> bool:
    """Whether nothing of what stands at this place of a file is still to be written, or named.

    What is not is judged by no other rule: nobody has said it yet.
    """
    return not any(waiting(words) for _, words in places(file, PROSE | PLAIN | NAMED, at))


def finished_stories(course: Course) -> Iterator[Scenario]:
    """The scenarios, and the stories of simulations, in which nothing is still to be written."""
    for module in course.modules:
        yield from (story for story in module.stories() if is_finished(story.file, story.place))


def everything(course: Course) -> Iterator[Text]:
    """All that trainees may read, in lessons, checks, items, stories, teaching points and job aids."""
    for page in course.pages.values():
        yield from written(page.path, page.text)
    yield from in_yaml(course.file)
    yield from in_yaml(course.points_file)
    for module in course.modules:
        yield from of_module(module)
    for aid in course.aids:
        yield from written(aid.path, aid.text)


def in_markdown(course: Course) -> Iterator[Text]:
    """The words of the start page, and of every lesson, check and job aid."""
    for page in course.pages.values():
        yield from written(page.path, page.text)
    for module in course.modules:
        yield from written(module.lesson_path, module.lesson)
        yield from written(module.check_path, module.check)
    for aid in course.aids:
        yield from written(aid.path, aid.text)


def of_module(module: Module) -> Iterator[Text]:
    """All that trainees may read of a module."""
    yield from written(module.lesson_path, module.lesson)
    yield from written(module.check_path, module.check)
    for file in (*(items.file for items in module.items()), *(scenario.file for scenario in module.scenarios)):
        yield from in_yaml(file)


def written(path: Path, pieces: tuple[Piece, ...]) -> Iterator[Text]:
    """The words of a lesson or a check."""
    for piece in pieces:
        if isinstance(piece, Words):
            yield Text(path, piece.line, piece.source)


def in_yaml(file: YamlFile, keys: frozenset[str] = PROSE | PLAIN) -> Iterator[Text]:
    """The words of a YAML file that stand under these ``keys``, or in a list under them."""
    for place, words in places(file, keys):
        yield Text(file.path, file.line(place), words)


def places(file: YamlFile, keys: frozenset[str], at: Place = ()) -> Iterator[tuple[Place, str]]:
    """What stands under these ``keys``, or in a list under them, with its place in the file; of all ``at`` a place."""
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
