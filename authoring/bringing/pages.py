"""A text, and the notebook that it makes now: which of its cells are the text's own, and which are generated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from authoring import course, notebooks
from authoring.bringing import notebook
from authoring.bringing.notebook import Cell, Notebook
from authoring.course import Course
from authoring.markup import Piece, Placed
from authoring.problems import BadContent
from authoring.rules import placing


@dataclass(frozen=True)
class Page:
    """A text as it is, and the notebook that it makes: cells that stand for its pieces, and all others."""

    path: Path
    role: str
    source: str
    body: tuple[Cell, ...]
    made: tuple[Cell, ...]


def of(root: Path, edited: Notebook) -> Page:
    """The text that a notebook was made from, as it is now."""
    if edited.role in course.PAGES:
        read = course.read(root)
        page = read.pages[edited.role]
        return _of(edited, page.path, page.text, notebooks.page(read, edited.role))
    read = course.read(root, only=edited.module)
    (module,) = read.modules
    if edited.role == "lesson":
        return _of(edited, module.lesson_path, module.lesson, notebooks.lesson(read, module))
    _can_be_made(read)
    return _of(edited, module.check_path, module.check, notebooks.check(read, module))


def _can_be_made(read: Course) -> None:
    """Raises :class:`BadContent` where a check cannot be made, for it places what is not there."""
    missing = [problem for problem in placing.check(read) if problem.file == read.modules[0].check_path]
    if missing:
        raise BadContent(missing)


def _of(edited: Notebook, path: Path, pieces: Sequence[Piece], data: bytes) -> Page:
    body: list[Cell] = []
    made: list[Cell] = []
    waiting = list(pieces)
    for cell in notebook.of(path, data).cells:
        is_next = bool(waiting) and _stands_for(cell, waiting[0])
        (body if is_next else made).append(cell)
        del waiting[:is_next]
    return Page(path, edited.role, path.read_bytes().decode(), tuple(body), tuple(made))


def _stands_for(cell: Cell, piece: Piece) -> bool:
    if isinstance(piece, Placed):
        return bool(cell.call) and placed(cell) == (piece.name, piece.id)
    return cell.type == "markdown" and cell.source == piece.source


def placed(cell: Cell) -> tuple[str, str]:
    """What a cell's call places: a directive's name and words."""
    name, *arguments = cell.call
    return name, arguments[1] if len(arguments) > 1 else ""
