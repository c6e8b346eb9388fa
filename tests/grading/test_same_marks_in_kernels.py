"""Two hundred answers files, run in kernels as stock nbgrader does: each cell gets the marks that it gets in bulk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.classes import STOCK
from grading import settings
from grading.bulk.autograde import autograde
from tests.grading import a_class, two_hundred
from tests.grading.machine import marks
from tests.grading.two_hundred import CHECKS, FILES


@dataclass(frozen=True)
class Both:
    """The same class, run in kernels and graded in bulk."""

    stock: Path
    bulk: Path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    base = tmp_path_factory.mktemp("kernels")
    bulk = a_class.course(base / "bulk")
    two_hundred.hand_in(bulk)
    stock = base / "stock"
    shutil.copytree(bulk, stock)
    (stock / "nbgrader_config.py").write_text(STOCK)
    a_class.steps(bulk, *CHECKS)
    for check in CHECKS:
        autograde(settings.load(bulk), check)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOOK_ROOT", str(stock))  # for the kernels
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(base / name))
        steps = a_class.steps(stock, *CHECKS)
        for check in CHECKS:
            steps.autograde(check)
    return Both(stock, bulk)


def test_each_cell_has_the_marks_that_it_gets_in_bulk(both: Both):
    compared = 0
    for check in CHECKS:
        stock, bulk = marks(both.stock, check), marks(both.bulk, check)
        assert stock == bulk, check
        compared += len(stock)
    assert compared >= FILES
