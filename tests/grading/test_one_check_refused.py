"""A check whose bank or source is out of date stops no other check's grading, pages or watch, and is an error."""

from __future__ import annotations

import json
import shutil
from argparse import Namespace
from pathlib import Path

import pytest

from grading import bank
from grading.bulk import autograde as bulk
from grading.bulk.submitted import found
from grading.commands import autograde, feedback, regrade, watch
from grading.refused import CheckRefused, Refused
from tests.grading import a_class

STALE, SOUND = "first-contact", "working-together"


@pytest.fixture(scope="module")
def two_checks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two checks with a submission each; of one the bank was changed since."""
    root = a_class.course(tmp_path_factory.mktemp("stale") / "course")
    a_class.steps(root, STALE, SOUND)
    for check in (STALE, SOUND):
        a_class.submit(root, "ana", check, a_class.by_chance(check, 1))
    path = next((root / f"course/source/{STALE}").glob("*.ipynb"))
    notebook = json.loads(path.read_text())
    asked = next(cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade"))
    asked["metadata"]["nbgrader"]["points"] += 1
    path.write_text(json.dumps(notebook))
    (root / "exchange/victim-services/inbound").mkdir(parents=True)
    return root


@pytest.fixture
def root(two_checks: Path, tmp_path: Path) -> Path:
    bulk.forget()
    return Path(shutil.copytree(two_checks, tmp_path / "course"))


def asked(root: Path, **more: object) -> Namespace:
    return Namespace(**{"root": root, "check": "", "student": None, "force": False, "processes": 1, **more})


def graded(root: Path, check: str) -> list[str]:
    return [one.student for one in found(autograde.settings.load(root), check, "autograded")]


def test_autograding_reports_it_grades_the_others_and_fails(root: Path, capsys: pytest.CaptureFixture[str]):
    assert autograde.run(asked(root)) == 1
    said = capsys.readouterr()
    assert f"{STALE}: The {STALE} bank has changed since its check was made" in said.err
    assert "Nothing in this check was graded. Run make update first." in said.err
    assert f"{SOUND}: 1 submission graded." in said.out
    assert (graded(root, STALE), graded(root, SOUND)) == ([], ["ana"])


def test_watching_does_so_too(root: Path, capsys: pytest.CaptureFixture[str]):
    assert watch.run(asked(root, once=True, returns="never", unmarked=False, every=1.0)) == 1
    said = capsys.readouterr().out
    assert f"The {STALE} bank has changed since its check was made" in said
    assert f"{SOUND}: 1 graded, 1 page made" in said


def test_regrading_it_alone_is_refused_and_the_other_is_regraded(root: Path, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(Refused, match="Run make update first"):
        regrade.run(asked(root, check=STALE))
    assert regrade.run(asked(root, check=SOUND)) == 0
    assert f"{SOUND}: 1 submission graded again." in capsys.readouterr().out


def test_a_bank_that_cannot_be_read_stops_neither_the_others_grading_nor_their_pages(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    (root / f"grading/bank/{STALE}.yml").write_text("items: [")
    bank.forget()
    with monkeypatch.context() as before:
        before.setattr(bank, "items", lambda module, _root=root, read=bank.items: read(module, _root))
        assert autograde.run(asked(root)) == 1
        shutil.copytree(root / f"grading/autograded/ana/{SOUND}", root / f"grading/autograded/ana/{STALE}")
        assert feedback.run(asked(root)) == 1
    said = capsys.readouterr()
    assert said.err.count(f"{STALE}.yml has a mistake in it") == 2
    assert f"{SOUND}: 1 page made." in said.out


def test_a_bank_that_is_not_there_is_a_matter_of_its_check_alone(tmp_path: Path):
    with pytest.raises(CheckRefused, match=r"gone\.yml can't be read: No such file"):
        bank.items("gone", tmp_path)
