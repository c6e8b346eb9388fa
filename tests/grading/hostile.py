"""What a hostile trainee might put into a submission of the tiny check, each as a named case.

A case changes a copy of the check that was fetched; the answers file beside it stays as it is. Every
piece of code in a case leaves a file behind if it is ever run.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Case = Callable[[Path, str], None]
"""Changes the submission in a folder; the text is Python that tells that code of this case was run."""

NOTEBOOK = "tiny-check.ipynb"
FORGED = "FORGED-BY-A-TRAINEE"
SECONDS_OF_A_LOOP = 3600


def code(source: str) -> Case:
    """A cell before all others, and the same at the beginning of each."""

    def change(folder: Path, tell: str) -> None:
        notebook = _read(folder)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["source"] = f"{tell}\n{source}\n" + "".join(cell["source"])
        notebook["cells"].insert(0, _cell(f"{tell}\n{source}"))
        _write(folder, notebook)

    return change


def metadata(**forged: Any) -> Case:
    """nbgrader's metadata of every cell, changed."""

    def change(folder: Path, _tell: str) -> None:
        notebook = _read(folder)
        for cell in notebook["cells"]:
            if "nbgrader" in cell["metadata"]:
                cell["metadata"]["nbgrader"] |= forged
        _write(folder, notebook)

    return change


def files(*names: str) -> Case:
    """Python beside the notebook, under names that something might import or run."""

    def change(folder: Path, tell: str) -> None:
        for name in names:
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"{tell}\ndef score(*_):\n    return 1000.0\n")

    return change


def text(source: str) -> Case:
    """The notebook's file holds this instead."""

    def change(folder: Path, _tell: str) -> None:
        (folder / NOTEBOOK).write_text(source)

    return change


def forged_outputs(folder: Path, _tell: str) -> None:
    notebook = _read(folder)
    data = {"text/plain": "1000", "text/html": f"<p>{FORGED}</p><script>alert(1)</script>"}
    output = {"data": data, "execution_count": 1, "metadata": {}, "output_type": "execute_result"}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [output]
    _write(folder, notebook)


def cells_removed(folder: Path, _tell: str) -> None:
    notebook = _read(folder)
    notebook["cells"] = []
    _write(folder, notebook)


def cells_doubled(folder: Path, _tell: str) -> None:
    notebook = _read(folder)
    notebook["cells"] *= 3
    _write(folder, notebook)


def words_forged(folder: Path, _tell: str) -> None:
    notebook = _read(folder)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = f"# {FORGED}\n<script>alert(1)</script>"
    _write(folder, notebook)


def items_forged(folder: Path, _tell: str) -> None:
    """Public items in which the first option alone is left, and a key of their own."""
    items = json.loads((folder / "items.json").read_text(encoding="utf-8"))
    for item in items["items"]:
        item["stem"] = FORGED
        item["options"] = [{**item["options"][0], "right": True}]
    (folder / "items.json").write_text(json.dumps(items))


def bank_forged(folder: Path, _tell: str) -> None:
    (folder / "grading/bank").mkdir(parents=True)
    (folder / "grading/bank/tiny.yml").write_text("format_version: 1\nitems: []\n")


def another_notebook(folder: Path, tell: str) -> None:
    notebook = _read(folder)
    notebook["cells"] = [_cell(tell)]
    (folder / "zz-more.ipynb").write_text(json.dumps(notebook))


CASES: dict[str, Case] = {
    "deletes the later cells": code("get_ipython().run_cell_async = lambda *a, **k: None"),
    "clears what later cells are": code("get_ipython().input_transformers_post.append(lambda lines: [])"),
    "patches the checker": code("import grading; grading.score = lambda *a: 1000.0"),
    "patches scoring": code("import grading.scoring as s; s.score = lambda *a: 1/0"),
    "patches the reader of answers": code("import casebook.answers as a; a.read = lambda path: 1/0"),
    "patches a builtin": code("import builtins; builtins.float = lambda value: 1000"),
    "patches nbgrader": code("import nbgrader.utils as u; u.determine_grade = lambda *a: (1000, 1000)"),
    "reads the key": code("import grading.bank as b; print(b.items('tiny'))"),
    "writes the gradebook": code("import pathlib; pathlib.Path('../../../gradebook.db').write_text('gone')"),
    "loops for ever": code(f"import time\nfor _ in range({SECONDS_OF_A_LOOP}): time.sleep(1)"),
    "ends the process": code("import os; os._exit(0)"),
    "ends the grader": code("import os; os.kill(os.getppid(), 9)"),
    "fills standard error": code("import sys; print('x' * 10**6, file=sys.stderr)"),
    "forges the points": metadata(points=1000),
    "forges points below zero": metadata(points=-1),
    "forges the ids of cells": metadata(grade_id="tiny-owner"),
    "forges ids that do not exist": metadata(grade_id="../../gradebook"),
    "says its cells are not graded": metadata(grade=False, task=False, locked=False),
    "says its cells are solutions": metadata(solution=True, grade=True),
    "says its cells are of another version": metadata(schema_version=99),
    "forges outputs": forged_outputs,
    "removes all cells": cells_removed,
    "doubles its cells": cells_doubled,
    "forges the words between": words_forged,
    "is no JSON": text("this is no notebook"),
    "is empty": text(""),
    "is JSON of another kind": text('["a", "list"]'),
    "is nested without end": text("[" * 100_000),
    "brings a casebook": files("casebook.py", "casebook/__init__.py"),
    "brings a grading": files("grading.py", "grading/__init__.py", "grading/scoring.py"),
    "brings what Python runs by itself": files("sitecustomize.py", "usercustomize.py", "conftest.py", "json.py"),
    "brings a configuration": files("nbgrader_config.py", "jupyter_config.py", "ipython_config.py"),
    "brings a template": files("feedback.html.j2", "templates/feedback.html.j2"),
    "forges the items": items_forged,
    "brings a bank": bank_forged,
    "brings another notebook": another_notebook,
}


def _cell(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "hostile",
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def _read(folder: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads((folder / NOTEBOOK).read_text(encoding="utf-8"))
    return notebook


def _write(folder: Path, notebook: dict[str, Any]) -> None:
    (folder / NOTEBOOK).write_text(json.dumps(notebook))
