"""Somebody who edits a copy of a generated notebook, and has it brought back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from authoring.bringing import back
from authoring.bringing.back import Brought

Cell = dict[str, Any]


class Editor:
    """Edits cells as JupyterLab does: ids stay, sources become lists of lines, new cells get ids of their own."""

    def __init__(self, root: Path, made: Path, copy: Path) -> None:
        self.root = root
        self.path = Path(shutil.copy(made, copy))
        self.notebook: dict[str, Any] = json.loads(copy.read_text(encoding="utf-8"))
        self.cells: list[Cell] = self.notebook["cells"]

    def cell(self, words: str) -> Cell:
        """The one cell with these words in it."""
        (found,) = [cell for cell in self.cells if words in "".join(cell["source"])]
        return found

    def writes(self, old: str, new: str) -> None:
        """Replaces words in the one cell that has them."""
        cell = self.cell(old)
        cell["source"] = "".join(cell["source"]).replace(old, new).splitlines(keepends=True)

    def adds(self, source: str, after: str, type: str = "markdown") -> None:
        """Puts a new cell under the one with these words."""
        new = {"cell_type": type, "id": f"9c0ffee{len(self.cells)}", "metadata": {}, "source": source}
        self.cells.insert(self.cells.index(self.cell(after)) + 1, new)

    def moves(self, words: str, after: str) -> None:
        """Moves a cell under another."""
        cell = self.deletes(words)
        self.cells.insert(self.cells.index(self.cell(after)) + 1, cell)

    def deletes(self, words: str) -> Cell:
        """Deletes a cell."""
        cell = self.cell(words)
        self.cells.remove(cell)
        return cell

    def brings(self, *, deletes: bool = False) -> Brought:
        """Saves, and brings it back."""
        self.path.write_text(json.dumps(self.notebook, indent=1), encoding="utf-8")
        return back.bring(self.root, self.path, deletes=deletes)
