"""Each item and scenario is placed exactly once, and whatever is placed exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from authoring.course import Course, Module
from authoring.markup import SCENARIOS, Piece, Placed
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.yamlfile import YamlFile


def check(course: Course) -> Iterator[Problem]:
    """Directives that name nothing, items or scenarios that no text places, and what is placed twice."""
    for module in course.modules:
        practice, bank = module.practice, module.bank
        yield from _placed(module.lesson_path, module.lesson, ("practice",), _of(practice.file, practice.items))
        yield from _placed(module.check_path, module.check, ("item",), _of(bank.file, bank.items))
        yield from _placed(module.check_path, module.check, ("slot",), _slots(bank.file, bank.items))
        yield from _placed(module.lesson_path, module.lesson, SCENARIOS, _scenarios(module))
        yield from _once(module.lesson_path, module.lesson, "partners")
        yield from _aids(course, module)


def _of(file: YamlFile, items: tuple) -> dict[str, Problem]:  # type: ignore[type-arg]
    what, remedy = "{} isn't placed anywhere.", "Place it in the text, or delete it."
    alone = ((n, item.id) for n, item in enumerate(items) if item.slot is None)
    return {id: file.problem(("items", n, "id"), what.format(id), remedy) for n, id in alone}


def _slots(file: YamlFile, items: tuple) -> dict[str, Problem]:  # type: ignore[type-arg]
    what, remedy = "The slot {} isn't placed anywhere.", "Place it in check.md, or delete its variants."
    first = {item.slot: n for n, item in reversed(list(enumerate(items))) if item.slot is not None}
    return {slot: file.problem(("items", n, "id"), what.format(slot), remedy) for slot, n in first.items()}


def _scenarios(module: Module) -> dict[str, Problem]:
    what, remedy = "This scenario isn't placed anywhere.", "Place it in lesson.md, or delete it."
    return {s.story.id: s.file.problem(("id",), what, remedy) for s in module.scenarios}


def _placed(
    path: Path, pieces: tuple[Piece, ...], names: Sequence[str], known: dict[str, Problem]
) -> Iterator[Problem]:
    missing = dict(known)
    for piece in pieces:
        if not isinstance(piece, Placed) or piece.name not in names:
            continue
        if piece.id not in known:
            yield Problem(path, piece.line, f"There's no {names[0]} called '{piece.id}'.", "Correct its spelling.")
        elif piece.id not in missing:
            yield Problem(path, piece.line, f"'{piece.id}' is placed twice.", "Take one of them out.")
        missing.pop(piece.id, None)
    yield from missing.values()


def _aids(course: Course, module: Module) -> Iterator[Problem]:
    """Job aids that are placed and not there. Each may be placed in several lessons, or in none."""
    known = {entry.slug for entry in course.about.aids}
    for piece in module.lesson:
        if isinstance(piece, Placed) and piece.name == "aid" and piece.id not in known:
            what = f"There's no job aid called '{piece.id}'."
            yield Problem(module.lesson_path, piece.line, what, "They are in course/course.yml, under 'aids'.")


def _once(path: Path, pieces: tuple[Piece, ...], name: str) -> Iterator[Problem]:
    """Of what has no name of its own, the places after the first."""
    lines = [piece.line for piece in pieces if isinstance(piece, Placed) and piece.name == name]
    for line in lines[1:]:
        yield Problem(path, line, f"'{name}' is placed twice.", "Take one of them out.")


RULE = Rule(
    code="placing",
    why="If something isn't placed, nobody sees it. If a text places something that doesn't exist, it can't be shown.",
    check=check,
    example=Example(
        "course/content/tiny/lesson.md", ":::{practice} tiny-p-who\n:::\n", "", "tiny-p-who isn't placed anywhere"
    ),
    of_whole=True,
)
