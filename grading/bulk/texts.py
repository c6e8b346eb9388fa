"""A graded notebook's text: what ``nbformat`` writes, byte for byte; what every trainee has alike is written once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from grading import graded_notebook
from grading.scoring import Scorer


class Blank:
    """A check's source notebook, read once for a whole class."""

    def __init__(self, source: Path) -> None:
        self.notebook = graded_notebook.blank(source)

    def graded(self, scorer: Scorer) -> str:
        """The notebook of one submission, as ``nbformat.writes`` gives it, and as nbgrader's writer leaves it."""
        known = self._known
        notebook = graded_notebook.graded(self.notebook, scorer)
        cells = ",\n".join(known.get(id(cell)) or _cell(cell) for cell in notebook.cells)
        return f'{{\n "cells": [\n{cells}\n ],\n{self._rest}'

    @cached_property
    def _known(self) -> dict[int, str]:
        """The text of each blank cell, by the cell itself."""
        return {id(cell): _cell(cell) for cell in self.notebook.cells}

    @cached_property
    def _rest(self) -> str:
        """What stands after the cells."""
        return _json({key: value for key, value in self.notebook.items() if key != "cells"}, 0).removeprefix("{\n")


def _cell(cell: NotebookNode) -> str:
    """A cell as it stands in the list of cells."""
    plain: dict[str, Any] = dict(cell) | {"source": cell.source.splitlines(keepends=True)}
    if cell.cell_type == "code":
        plain["outputs"] = [_output(output) for output in cell.outputs]
    return f"  {_json(plain, 2)}"


def _output(output: NotebookNode) -> dict[str, Any]:
    data = {kind: words.splitlines(keepends=True) for kind, words in output.data.items()}
    return dict(output) | {"data": data}


def _json(value: Any, depth: int) -> str:
    """What ``json.dumps(…, ensure_ascii=False, indent=1, sort_keys=True)`` gives, set in by ``depth``.

    That one writes indented text in plain Python, bit by bit, which took most of the time of a whole grading.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict) and value:
        parts = (f"{encode_basestring(key)}: {_json(value[key], depth + 1)}" for key in sorted(value))
        return _lines("{", "}", parts, depth)
    if isinstance(value, list) and value:
        return _lines("[", "]", (_json(each, depth + 1) for each in value), depth)
    return json.dumps(value)


def _lines(opens: str, closes: str, parts: Iterable[str], depth: int) -> str:
    inner = f"\n{' ' * (depth + 1)}"
    return f"{opens}{inner}{f',{inner}'.join(parts)}\n{' ' * depth}{closes}"
