"""A copy of a generated notebook in which its words can be edited, in any program that edits notebooks.

The course's own notebooks are locked, and its extension makes pages of them; this copy is neither.
"""

from __future__ import annotations

import json
from pathlib import Path

from authoring import files, notebooks
from authoring.bringing import notebook
from authoring.bringing.notebook import COPIED
from authoring.problems import Refused


def copy(root: Path, path: Path) -> Path:
    """Makes a copy of the notebook at ``path`` in ``root``. Raises :class:`Refused` where there is one already."""
    notebook.read(path)
    data = json.loads(path.read_bytes())
    data["metadata"][COPIED] = data["metadata"].pop("casebook", None) or data["metadata"][COPIED]
    for cell in data["cells"]:
        for lock in ("deletable", "editable", "jupyter"):
            cell["metadata"].pop(lock, None)
    to = root / f"edit-{path.name.removeprefix('edit-')}"
    try:
        files.make({to: notebooks.as_json(data)})
    except FileExistsError:
        remedy = "Bring it back first (make import-notebook), and delete it."
        raise Refused(f"{to} already exists, and may have your edits in it.", remedy) from None
    return to
