"""Two hundred answers files, by the code in the notebooks' own cells: each cell gets the marks that it gets in bulk.

A kernel costs a second, so stock nbgrader runs the first files of each check in one. For all of them the very same
cells are run here, in this process.
"""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.classes import STOCK
from grading import settings
from grading.bulk.autograde import autograde
from tests.grading import a_class, two_hundred
from tests.grading.machine import marks
from tests.grading.two_hundred import CHECKS, FILES

IN_KERNELS = 1
"""Files of each check."""


@dataclass(frozen=True)
class Class:
    """Who handed in which check, and where it was graded in bulk."""

    trainees: list[tuple[str, str]]
    root: Path
    marks: dict[str, dict[str, dict[str, float | None]]]


@pytest.fixture(scope="module")
def bulk(tmp_path_factory: pytest.TempPathFactory) -> Class:
    root = a_class.course(tmp_path_factory.mktemp("kernels") / "bulk")
    trainees = two_hundred.hand_in(root)
    a_class.steps(root, *CHECKS)
    for check in CHECKS:
        autograde(settings.load(root), check)
    return Class(trainees, root, {check: marks(root, check) for check in CHECKS})


def graded_cells(source: Path) -> Iterator[tuple[str, str]]:
    """The name and the code of each graded cell of a check, hidden test included."""
    for cell in json.loads(source.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("grade"):
            yield cell["metadata"]["nbgrader"]["grade_id"], "".join(cell["source"])


@cache
def compiled(code: str) -> tuple[Any, Any]:
    """A cell's statements, and the expression that it ends with, whose value is the cell's output."""
    tree = ast.parse(code)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    return compile(tree, "cell", "exec"), compile(ast.Expression(last.value), "cell", "eval")


def output(code: str) -> Any:
    statements, last = compiled(code)
    names: dict[str, Any] = {}
    exec(statements, names)  # noqa: S102 - the course's own cells
    return eval(last, names)  # noqa: S307 - as above


def test_each_cells_own_code_gives_the_marks_that_it_gets_in_bulk(bulk: Class, monkeypatch: pytest.MonkeyPatch):
    for student, check in bulk.trainees:
        monkeypatch.chdir(a_class.submitted(bulk.root, student, check))
        cells = graded_cells(bulk.root / f"course/source/{check}/{check}-check.ipynb")
        given = {name: output(code) for name, code in cells}
        assert given == bulk.marks[check][student], (student, check)
    assert len(bulk.trainees) >= FILES


def test_stock_nbgrader_gives_the_same_marks_in_kernels(bulk: Class, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    stock = tmp_path / "stock"
    shutil.copytree(bulk.root / "course/source", stock / "course/source")
    (stock / "grading").mkdir()
    (stock / "nbgrader_config.py").write_text(STOCK)
    monkeypatch.setenv("CASEBOOK_ROOT", str(bulk.root))  # for the kernels
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    steps = a_class.steps(stock, *CHECKS)
    for check in CHECKS:
        chosen = [student for student, of in bulk.trainees if of == check][:IN_KERNELS]
        for student in chosen:
            shutil.copytree(a_class.submitted(bulk.root, student, check), a_class.submitted(stock, student, check))
        steps.autograde(check)
        assert marks(stock, check) == {student: bulk.marks[check][student] for student in chosen}, check
