"""Stock nbgrader runs each submission in a kernel and gets, cell by cell, the marks of grading from data, also in bulk.

The hidden test of a graded cell is one call into ``grading``; whoever switches grading from data off
(or uses a tool that executes notebooks) loses speed and safety, and no mark changes. Here the check has every kind.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from bench.classes import STOCK
from casebook.kinds import KINDS
from grading.bank import ROOT
from grading.nbgrader_steps import Steps
from running.demo_class import TRAINEES
from tests import kinds_course
from tests.grading.machine import Machine, marks
from tests.running.the_class import TheClass, play

CHECK = kinds_course.SLUG
GRADED = {f"kinds-{name}" for name, kind in KINDS.items() if not kind.manual}


@dataclass(frozen=True)
class Three:
    """The demonstration's class, graded from data, in bulk, and by stock execution."""

    data: Path
    bulk: Path
    stock: Path


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Three:
    base = tmp_path_factory.mktemp("stock")
    course = kinds_course.make(base / "course")
    the_class: TheClass = play(base / "demo", base / "home", course)
    root = base / "stock"
    shutil.copytree(the_class.course / "course/source", root / "course/source")
    shutil.copytree(the_class.course / "grading/submitted", root / "grading/submitted")
    (root / "nbgrader_config.py").write_text(STOCK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOOK_ROOT", str(course))  # for the kernels
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(base / name))
        steps = Steps(root)
        steps.generate_assignment(CHECK)
        steps.autograde(CHECK)
    bulk = Path(shutil.copytree(the_class.course, base / "bulk"))
    shutil.rmtree(bulk / "grading/autograded")
    ran = Machine(bulk, the_class.home, ROOT).run("python", "-m", "grading", "autograde", "--check", CHECK)
    assert f"{len(TRAINEES)} submissions graded." in ran.stdout
    return Three(the_class.course, bulk, root)


@pytest.mark.parametrize("name", [trainee.name for trainee in TRAINEES])
def test_a_trainees_marks_are_the_same_cell_by_cell(three: Three, name: str):
    stock = marks(three.stock, CHECK)[name]
    assert stock.keys() == GRADED
    assert stock == marks(three.data, CHECK)[name] == marks(three.bulk, CHECK)[name]


@pytest.mark.parametrize("name", [trainee.name for trainee in TRAINEES])
def test_every_cell_of_stock_execution_ran_and_complained_of_nothing(three: Three, name: str):
    path = three.stock / "grading/autograded" / name / CHECK / f"{CHECK}-check.ipynb"
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    kinds = {(output.output_type, output.get("name")) for cell in cells for output in cell.outputs}
    assert kinds <= {("execute_result", None), ("display_data", None)}


def test_stock_execution_really_ran_the_notebooks(three: Three):
    said = json.loads((three.stock / "grading/autograded/amara" / CHECK / f"{CHECK}-check.ipynb").read_text())
    sources = ["".join(cell["source"]) for cell in said["cells"] if cell["cell_type"] == "code"]
    assert sum("grading.score" in source for source in sources) == len(GRADED)
