"""``python -m grading report`` and the notebook, on a class that was really graded; and where there is none."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import pytest

from casebook.answers import FILE_NAME
from grading import bank, settings
from grading.bulk.autograde import autograde
from grading.commands import report as command
from grading.refused import Refused
from grading.report import data, notebook, reading
from grading.report.whole import Report
from tests.grading import a_class
from tests.grading.report.simulated import Model, check_of, keep

CHECK = "restorative-justice"
SIZE = 12


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real course with a check of twelve: graded, but for one who handed in again and one file that was damaged."""
    root = a_class.course(tmp_path_factory.mktemp("class") / "course")
    a_class.steps(root, CHECK)
    model, check = Model(SIZE, 3), check_of(CHECK)
    for trainee in model.trainees:
        folder = a_class.submit(root, trainee.id, CHECK, ())
        keep(folder, model.lines(trainee, check))
    with (a_class.submitted(root, "t0001", CHECK) / FILE_NAME).open("ab") as file:
        file.write(b"{torn")
    autograde(settings.load(root), CHECK, processes=1)
    (a_class.submitted(root, "t0002", CHECK) / "timestamp.txt").write_text("2026-01-06 09:00:00 UTC")
    return root


def run(root: Path, *, check: str = "", without_names: bool = False, output: Path | None = None) -> int:
    return command.run(argparse.Namespace(root=root, check=check, without_names=without_names, output=output))


def test_the_page_is_written_and_says_where(root: Path, capsys: pytest.CaptureFixture[str]):
    assert run(root) == 0
    path = root / "grading/class-report.html"
    said = capsys.readouterr().out
    assert str(path) in said
    assert "names and keys" in said
    assert "1 line of the answers file could not be read" in path.read_text(encoding="utf-8")


def test_without_names_it_is_another_file(root: Path):
    run(root, without_names=True)
    assert "t0001" not in (root / "grading/class-report-without-names.html").read_text(encoding="utf-8")


def test_one_check_goes_where_one_says(root: Path, tmp_path: Path):
    run(root, check=CHECK, output=tmp_path / "new/one.html")
    told = (tmp_path / "new/one.html").read_text(encoding="utf-8")
    assert "What restorative justice asks" in told
    assert "The final assessment" not in told


def test_the_class_that_is_read_is_the_one_that_was_graded(root: Path):
    checks = Report(reading.read(root, processes=1)).frames.checks
    states = checks[checks["module"] == CHECK].set_index("student")["state"]
    assert states["t0002"] == data.UNGRADED
    assert set(states.drop("t0002")) == {data.WAITS}  # it has a written answer
    assert set(checks[checks["module"] != CHECK]["state"]) == {data.MISSING}


def test_several_processes_read_what_one_reads(root: Path):
    assert reading.read(root, processes=2).sittings == reading.read(root, processes=1).sittings


def test_a_check_that_is_not_there_is_refused_with_those_that_are(root: Path):
    with pytest.raises(Refused, match=r"There's no check called .nope.\. The checks are: first-contact"):
        run(root, check="nope")


def test_without_a_gradebook_it_is_refused_in_words_and_none_is_made(tmp_path: Path):
    root = a_class.course(tmp_path / "course")
    with pytest.raises(Refused, match="There's no gradebook yet"):
        run(root)
    assert not (root / "grading/gradebook.db").exists()


def test_the_notebook_shows_the_class(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bank, "ROOT", root)
    shown = notebook.reread()
    assert "personnel file" in repr(shown)
    assert 'class="class-report"' in shown._repr_html_()
    assert set(notebook.frame("asked")["student"]) == {f"t{n:04}" for n in range(SIZE) if n != 2}
    with pytest.raises(ValueError, match="The frames are: checks, asked"):
        notebook.frame("nope")


def test_without_a_gradebook_the_notebook_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bank, "ROOT", a_class.course(tmp_path / "course"))
    assert "There's no gradebook yet" in repr(notebook.reread())
    assert "There's no gradebook yet" in repr(notebook.questions())
    assert notebook.frame("checks").empty


def test_a_gradebook_that_is_none_is_told_in_words(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    other = tmp_path / "course"
    shutil.copytree(root, other)
    (other / "grading/gradebook.db").write_bytes(b"this is no database" * 100)
    monkeypatch.setattr(bank, "ROOT", other)
    assert "The gradebook can't be read" in repr(notebook.reread())


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    notebook._read.cache_clear()
