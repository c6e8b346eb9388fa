"""From an edited notebook to the text that it was made from: what is brought, what is kept, what cannot be brought.

The notebook's own marks are compared with those of the notebook that the text makes now. Cells are told apart by
their ids, which say what they were generated from; so a text that was changed meanwhile is noticed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from authoring import files, markup
from authoring.bringing import merge, notebook, pages, sorting, text
from authoring.bringing.merge import Shown
from authoring.bringing.notebook import Cell
from authoring.bringing.pages import Page, placed
from authoring.problems import Problem, Refused


@dataclass(frozen=True)
class Brought:
    """What became of it: ``path`` is the text. ``changes`` were made, ``kept`` stays, ``left`` cannot be brought."""

    path: Path
    changes: tuple[str, ...]
    kept: tuple[str, ...]
    left: tuple[Problem, ...]


def bring(root: Path, path: Path, *, deletes: bool = False) -> Brought:
    """Brings the notebook at ``path`` back into its text. ``deletes``: what is not in it any more is taken out, too.

    Raises :class:`BadContent` or :class:`Refused` where it cannot be done; then nothing is changed.
    """
    edited = notebook.read(path)
    page = pages.of(root, edited)
    cells, left = sorting.sort(page, edited)
    cells, kept = _with_missing(page, cells, deletes)
    before = text.read(page.source)
    old, new = _shown(page.body), _shown(cells)
    if [mark.key.strip() for mark in before.marks] != [mark.key.strip() for mark in old]:
        raise Refused(f"{page.path} doesn't match the notebook it makes.", "Show it to a developer.")
    result = merge.merged(before, old, new)
    _is_whole(page, before, new, result.source)
    if result.source != page.source:
        files.replace(page.path, result.source.encode())
    changes = _changes(page, cells, {new[n].cell for n in result.moved})
    kept += tuple(f"what {key!r} taught; see if it still holds where it is now" for key in result.adrift)
    return Brought(page.path, changes, kept, tuple(left))


def _with_missing(page: Page, cells: Sequence[Cell], deletes: bool) -> tuple[list[Cell], tuple[str, ...]]:
    """The cells, and among them those of the text that are not in the notebook; these in words, too."""
    found = list(cells)
    kept = []
    last = -1
    for cell in page.body:
        at = _at(found, cell)
        if at is None and not deletes and not _is_within(cell, found):
            at = last + 1
            found.insert(at, cell)
            kept.append(f"{_name(cell)}, which isn't in the notebook; DELETE=yes takes it out")
        last = at if at is not None else last
    return found, tuple(kept)


def _at(cells: Sequence[Cell], cell: Cell) -> int | None:
    """Where a cell of the text stands among ``cells``."""
    if cell.call:
        return next((n for n, one in enumerate(cells) if one.call and placed(one) == placed(cell)), None)
    by_id = (n for n, one in enumerate(cells) if one.id == cell.id)
    by_words = (n for n, one in enumerate(cells) if one.source == cell.source)
    return next(by_id, next(by_words, None))


def _is_within(cell: Cell, cells: Sequence[Cell]) -> bool:
    """Whether a cell was merged with another: its lines stand together in that one."""
    lines = _lines(cell)
    others = (_lines(one) for one in cells if not one.call)
    return not cell.call and any(
        lines == other[n : n + len(lines)] for other in others for n in range(len(other) - len(lines) + 1)
    )


def _lines(cell: Cell) -> list[str]:
    return [line for line in cell.source.splitlines() if line.strip()]


def _shown(cells: Sequence[Cell]) -> list[Shown]:
    marks = []
    for cell in cells:
        if cell.call:
            marks.append(Shown(text.directive(*placed(cell)), cell.id, apart=True, is_directive=True))
            continue
        apart = True
        for line in markup.split(cell.source):
            if line.strip():
                marks.append(Shown(line, cell.id, apart))
            apart = not line.strip()
    return marks


def _is_whole(page: Page, before: text.Text, new: Sequence[Shown], source: str) -> None:
    """Raises unless ``source`` can be read, shows what it should, and teaches what it did."""
    markup.parse(source, page.path, page.role)
    after = text.read(source)
    shows = [mark.key.strip() for mark in after.marks] == [mark.key.strip() for mark in new]
    if not shows or text.teaches(after) != text.teaches(before):
        raise Refused(f"{page.path} wouldn't come out whole, so it was left as it was.", "Edit it by hand.")


def _changes(page: Page, cells: Sequence[Cell], elsewhere: Collection[str]) -> tuple[str, ...]:
    """What was done, in words: each cell that is other, new, gone or elsewhere."""
    said = []
    ids, sources = {cell.id for cell in page.body}, {cell.source for cell in page.body}
    for cell in cells:
        is_known = _at(page.body, cell) is not None
        if not is_known and (cell.call or cell.source not in sources):
            said.append(f"added: {_name(cell)}")
        elif not cell.call and cell.id in ids and cell.source not in sources:
            said.append(f"changed: {_name(cell)}")
        elif cell.id in elsewhere:
            said.append(f"moved: {_name(cell)}")
    gone = [cell for cell in page.body if _at(cells, cell) is None]
    said += [f"{'merged with another' if _is_within(cell, cells) else 'taken out'}: {_name(cell)}" for cell in gone]
    return tuple(said)


def _name(cell: Cell) -> str:
    if cell.call:
        return " ".join(part for part in placed(cell) if part)
    return f"the words that begin {cell.begins}"
