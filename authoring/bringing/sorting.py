"""Which cells of an edited notebook belong into its text, and what is said of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from authoring import markup, notebooks
from authoring.bringing.notebook import Cell, Notebook
from authoring.bringing.pages import Page
from authoring.course import COURSE
from authoring.problems import BadContent, Problem

_QUESTION = re.compile(r"#{2,3} Question \d+ of \d+")
_EVERYWHERE = {"opening", "handing_in"}
"""Calls that stand in every page, and in no text."""


def sort(page: Page, edited: Notebook) -> tuple[list[Cell], list[Problem]]:
    """The cells that belong into the text, in their order; and what cannot be brought into it.

    Raises :class:`BadContent` where a cell could be brought only by harming the text.
    """
    sorter = _Sorter(page, edited)
    for cell in edited.cells:
        sorter.put(cell)
    problems = sorter.conflicts + [problem for cell in sorter.cells for problem in _faults(page, edited.path, cell)]
    if problems:
        raise BadContent(problems)
    return sorter.cells, sorter.left


@dataclass
class _Sorter:
    page: Page
    edited: Notebook
    cells: list[Cell] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)
    conflicts: list[Problem] = field(default_factory=list)

    def put(self, cell: Cell) -> None:
        if cell.call:
            self._call(cell)
        elif cell.type == "markdown":
            self._words(cell)
        elif cell.source:
            self._leave(cell, f"A cell with code was added: {cell.begins}.", "Trainees don't see code. Take it out.")

    def _call(self, cell: Cell) -> None:
        name, *arguments = cell.call
        if name in markup.DIRECTIVES[self.page.role] and arguments[:1] in ([], [self.edited.module]):
            self.cells.append(cell)
        elif name not in _EVERYWHERE:
            self._leave(cell, f"'{cell.source[:60]}' doesn't belong here.", "Take it out of the notebook.")

    def _words(self, cell: Cell) -> None:
        made = next((one for one in self.page.made if one.id == cell.id), None)
        if made:
            if made.source != cell.source:
                self._leave(cell, f"Somebody edited this, but it's generated: {cell.begins}.", _remedy(self.page, made))
        elif any(cell.id == one.id or cell.source == one.source for one in self.page.body):
            self.cells.append(cell)
        elif cell.is_as_made or _QUESTION.fullmatch(cell.source):
            pass  # as it was generated, from a text that has changed since
        elif cell.source.startswith("# "):
            self._leave(cell, f"The title isn't in any text: {cell.begins}.", f"Edit 'title' in {COURSE}.")
        elif cell.is_made:
            what = f"The text has changed since this notebook was made, and so has this cell: {cell.begins}."
            remedy = f"Bring its words into {self.page.path.name} by hand, or edit a new copy (make edit-notebook)."
            self.conflicts.append(Problem(self.edited.path, cell.line, what, remedy))
        elif cell.source:
            self.cells.append(cell)

    def _leave(self, cell: Cell, what: str, remedy: str) -> None:
        self.left.append(Problem(self.edited.path, cell.line, what, remedy))


def _remedy(page: Page, made: Cell) -> str:
    """Where to edit, instead, what is generated."""
    if made == page.made[0]:
        keys = "'title' or 'subtitle'" if page.role == "start" else "the module's 'title' or minutes"
        return f"Edit {keys} in {COURSE}."
    if made.source.startswith(notebooks.OBJECTIVES):
        return f"Edit the module's 'objectives' in {COURSE}."
    if made.source.startswith(notebooks.HELP):
        return f"Edit 'help' in {COURSE}."
    if page.role == "lesson":
        return f"Its minutes are in {COURSE}; its words are the same in every lesson: ask a developer."
    return "It is the same in every check: ask a developer."


def _faults(page: Page, path: Path, cell: Cell) -> Iterator[Problem]:
    """What is wrong with a cell's words: nothing in those that the text has already."""
    if cell.call or cell.source in {one.source for one in page.body}:
        return
    if "](attachment:" in cell.source:
        yield Problem(
            path, cell.line, f"There's a picture in {cell.begins}.", "Texts can't have pictures. Take it out."
        )
    if markup.directives(cell.source):
        what = f"There's a directive among the words of {cell.begins}."
        yield Problem(path, cell.line, what, f"Write it into {page.path.name}, on lines of its own.")
        return
    try:
        markup.parse(cell.source, path, page.role)
    except BadContent as bad:
        for problem in bad.problems:
            yield Problem(path, cell.line, f"In the cell {cell.begins}: {problem.what}", problem.remedy)
