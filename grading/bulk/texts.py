"""A graded notebook's text: what ``nbformat`` writes, byte for byte; what every trainee has alike is written once."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from grading import exporter
from grading.scoring import Scorer


class Blank:
    """A check's source notebook, read once for a whole class."""

    def __init__(self, source: Path) -> None:
        self.notebook = exporter.blank(source)

    def graded(self, scorer: Scorer) -> str:
        """The notebook of one submission, as ``nbformat.writes`` gives it, and as nbgrader's writer leaves it."""
        known = self._known
        notebook = exporter.graded(self.notebook, scorer)
        cells = ",\n".join(known.get(id(cell)) or _cell(cell) for cell in notebook.cells)
        return f'{{\n "cells": [\n{cells}\n ],\n{self._rest}'

    @cached_property
    def _known(self) -> dict[int, str]:
        """The text of each blank cell, by the cell itself."""
        return {id(cell): _cell(cell) for cell in self.notebook.cells}

    @cached_property
    def _rest(self) -> str:
        """What stands after the cells."""
        return _json({key: value for key, value in self.notebook.items() if key != "cells"}).removeprefix("{\n")


def _cell(cell: NotebookNode) -> str:
    """A cell as it stands in the list of cells."""
    plain: dict[str, Any] = dict(cell) | {"source": cell.source.splitlines(keepends=True)}
    if cell.cell_type == "code":
        plain["outputs"] = [_output(output) for output in cell.outputs]
    # No string of JSON holds a line's end, so each line of the text is one to be set in.
    return "\n".join(f"  {line}" for line in _json(plain).split("\n"))


def _output(output: NotebookNode) -> dict[str, Any]:
    data = {kind: words.splitlines(keepends=True) for kind, words in output.data.items()}
    return dict(output) | {"data": data}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": "))
