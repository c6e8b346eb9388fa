"""Nothing that is given out still waits to be written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from authoring import texts
from authoring.course import Course, Module
from authoring.markup import Piece, Words
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.texts import NAMED, PLAIN, PROSE
from authoring.yamlfile import Place, YamlFile

_WRITE = "Write what it asks for"


def check(course: Course) -> Iterator[Problem]:
    """Texts, items and scenarios in which a mark says that something is still to be written; each is told once."""
    for page in course.pages.values():
        yield from _text(page.path, page.text, f"{_WRITE}.")
    for file in (course.file, course.points_file):
        yield from _part(file, (), file.path.name, f"{_WRITE}.")
    for module in course.modules:
        draft = "." if not module.entry.ready else ", or set the module's 'ready: false'."
        yield from _module(module, f"{_WRITE}{draft}")


def _module(module: Module, remedy: str) -> Iterator[Problem]:
    yield from _text(module.lesson_path, module.lesson, remedy)
    yield from _text(module.check_path, module.check, remedy)
    for items in module.items():
        for n, item in enumerate(items.items):
            yield from _part(items.file, ("items", n), item.id, remedy)
    for scenario in module.scenarios:
        yield from _part(scenario.file, (), scenario.story.id, remedy)


def _text(path: Path, pieces: tuple[Piece, ...], remedy: str) -> Iterator[Problem]:
    for piece in pieces:
        if isinstance(piece, Words):
            mark = texts.waiting("\n".join([piece.source, *piece.teaches]))
            if mark:
                before, found, _ = piece.source.partition(mark)
                line = piece.line + (before.count("\n") if found else 0)
                yield Problem(path, line, f"'{mark}' is still to be written.", remedy)


def _part(file: YamlFile, at: Place, name: str, remedy: str) -> Iterator[Problem]:
    written = [(place, mark) for place, mark in _marks(file, at) if not _is_point(place)]
    named = [(place, mark) for place, mark in _marks(file, at) if _is_point(place)]
    told = [_counted(len(written), "text", "to be written")] if written else []
    told += [_counted(len(named), "teaching point", "to be named")] if named else []
    for place, mark in [*written, *named][:1]:
        yield file.problem(place, f"{name}: {', '.join(told)} ('{mark}').", remedy)


def _marks(file: YamlFile, at: Place) -> Iterator[tuple[Place, str]]:
    for place, words in texts.places(file, PROSE | PLAIN | NAMED, at):
        mark = texts.waiting(words)
        if mark:
            yield place, mark


def _is_point(place: Place) -> bool:
    return bool(NAMED & {str(key) for key in place[-2:-1]})


def _counted(number: int, name: str, what: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'} still {what}"


RULE = Rule(
    code="unfinished",
    why="A template's blanks must never reach a trainee.",
    check=check,
    example=Example("course/content/tiny/lesson.md", "Ask the owner.", "TODO: who to ask.", "is still to be written"),
)
