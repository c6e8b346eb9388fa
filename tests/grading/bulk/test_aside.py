from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets.config import Config

from grading import settings
from grading.bulk import aside, scratch
from grading.bulk.autograde import autograde
from grading.bulk.feedback import generate
from tests.grading import a_class

CHECK = "first-contact"
STRUCTURES = (
    "{nbgrader_step}/{student_id}/{assignment_id}",
    "{nbgrader_step}/{assignment_id}/{student_id}",
    "{student_id}/{nbgrader_step}/{assignment_id}",
    "{student_id}/{assignment_id}/{nbgrader_step}",
    "{assignment_id}/{nbgrader_step}/{student_id}",
    "{assignment_id}/{student_id}/{nbgrader_step}",
    "terms/spring/{nbgrader_step}/of-{assignment_id}/{student_id}",
    "{nbgrader_step}/{assignment_id}-{student_id}",
)
"""nbgrader's documented default, its other orders, and two that a course may invent."""
NAMES = ("ana", "run-1", "bulk", "grading", "lock", "autograded", CHECK)


def configured(root: Path, structure: str) -> Config:
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.directory_structure = structure
    for step in ("submitted", "autograded", "feedback"):
        config.CourseDirectory[f"{step}_directory"] = f"grading/{step}"
    return config


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in found if scratch.FOLDER not in path.parts}


@given(
    structure=st.sampled_from(STRUCTURES),
    students=st.sets(st.sampled_from(NAMES), min_size=1),
    checks=st.sets(st.sampled_from((CHECK, "run-x", "autograded")), min_size=1),
    step=st.sampled_from(("autograded", "feedback")),
)
def test_in_any_directory_structure_a_run_touches_nothing_but_its_scratch_folder(
    tmp_path_factory: pytest.TempPathFactory, structure: str, students: set[str], checks: set[str], step: str
):
    root = tmp_path_factory.mktemp("course")
    config = configured(root, structure)
    for number, (each, check, student) in enumerate(
        (each, check, student)
        for each in ("submitted", "autograded", "feedback")
        for check in checks
        for student in students
    ):
        folder = settings.folder(config, each, check, student)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text(f"{each} {check} {student}")
    before = files(root)
    for _ in range(2):
        with aside.held(config, min(checks), step) as folder:
            (folder / min(students)).mkdir()
            (folder / min(students) / "made.txt").write_text("half a page")
    assert files(root) == before
    assert not list(root.rglob("made.txt"))


@pytest.mark.parametrize("structure", STRUCTURES)
def test_neither_scratch_nor_lock_lies_where_nbgrader_looks_for_anybodys_files(tmp_path: Path, structure: str):
    config = configured(tmp_path, structure)
    with aside.held(config, CHECK) as folder:
        (folder / "ana").mkdir()
        for step in ("submitted", "autograded", "feedback"):
            assert not list(
                tmp_path.glob(structure.format(nbgrader_step=f"grading/{step}", student_id="*", assignment_id="*"))
            )
        steps = [path for path in tmp_path.rglob("*") if path.name in ("submitted", "autograded", "feedback")]
        assert not [path for path in folder.parents if path in steps]


def test_what_a_killed_run_left_is_removed_and_nothing_else_of_the_scratch_folder(tmp_path: Path):
    config = configured(tmp_path, STRUCTURES[1])
    with aside.held(config, CHECK) as folder:
        home = folder.parent
    (home / "run-killed/ana").mkdir(parents=True)
    (home / "my own notes").mkdir()
    (home / "my own notes/keep.txt").write_text("kept")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/kept.txt").write_text("kept")
    (home / "run-link").symlink_to(tmp_path / "elsewhere")
    with aside.held(config, CHECK):
        assert not (home / "run-killed").exists()
    assert (home / "my own notes/keep.txt").read_text() == (tmp_path / "elsewhere/kept.txt").read_text() == "kept"


def test_where_graded_notebooks_lie_on_another_disk_the_scratch_folder_lies_there_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    config = configured(tmp_path, STRUCTURES[1])
    real = os.rename

    def another_disk(source: Path, target: Path) -> None:
        within = [str(tmp_path / "grading/autograded") in str(path) for path in (source, target)]
        if within[0] != within[1]:
            raise OSError(errno.EXDEV, "Invalid cross-device link", str(source), None, str(target))
        real(source, target)

    monkeypatch.setattr(os, "rename", another_disk)
    with aside.held(config, CHECK) as folder:
        (folder / "ana").mkdir()
        aside.into_place(folder / "ana", tmp_path / f"grading/autograded/{CHECK}/ana", folder)
        assert folder.parent == tmp_path / "grading/autograded" / scratch.FOLDER
    assert (tmp_path / f"grading/autograded/{CHECK}/ana").is_dir()


def test_a_folder_above_the_trainees_that_may_not_be_written_stops_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def denied(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(source), None, str(target))

    monkeypatch.setattr(os, "rename", denied)
    with aside.held(configured(tmp_path, STRUCTURES[2]), CHECK) as folder:
        assert folder.parent == tmp_path / "grading" / scratch.FOLDER


def test_grading_one_trainee_again_keeps_everybody_elses_notebook_and_page(tmp_path: Path):
    root = a_class.course(tmp_path / "course")
    with (root / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.CourseDirectory.directory_structure = {STRUCTURES[1]!r}\n")
    config = a_class.steps(root, CHECK).config
    for seed, student in enumerate(("ana", "bo")):
        folder = a_class.submit(root, student, CHECK, a_class.by_chance(CHECK, seed))
        place = settings.folder(config, "submitted", CHECK, student)
        place.parent.mkdir(exist_ok=True)
        folder.rename(place)
        folder.parent.rmdir()
    assert (autograde(config, CHECK).graded, generate(config, CHECK).made) == (["ana", "bo"], ["ana", "bo"])
    before = files(root / "grading/autograded"), files(root / "grading/feedback")
    assert autograde(config, CHECK, force=True, students={"ana"}).graded == ["ana"]
    assert generate(config, CHECK, students={"ana"}).stood == 1
    assert (files(root / "grading/autograded"), files(root / "grading/feedback")) == before
