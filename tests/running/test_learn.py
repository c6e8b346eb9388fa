"""Laying the course out in the trainee's own folder: once, again, and after an update."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from casebook import alone
from casebook.answers import Answer, append
from grading.nbgrader_steps import Steps
from grading.refused import StepFailed
from running import exchange, learn, releasing

ANSWER = Answer("tiny", "tiny-owner", {"choice": "b"}, "2026-01-05T09:00:00+00:00")
FOLDER = "Kurse für mich"


@pytest.fixture(scope="module")
def laid_out(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course as it is when a trainee has opened it once; read it only."""
    base = tmp_path_factory.mktemp("laid-out")
    shutil.copytree(small_built, base / "tiny course")
    lay_out(base / "tiny course", base / FOLDER)
    return base


def lay_out(course: Path, folder: Path) -> None:
    """What 'make learn' does for somebody who learns alone, before JupyterLab opens."""
    own = exchange.own(course)
    releasing.release(course, own)
    assert learn.lay_out(course, folder, own) == []


@pytest.fixture
def course(laid_out: Path, tmp_path: Path) -> Path:
    """The course's root, which a trainee has opened once."""
    return shutil.copytree(laid_out / "tiny course", tmp_path / "tiny course")


@pytest.fixture
def folder(laid_out: Path, tmp_path: Path) -> Path:
    """The trainee's folder, with spaces and a letter that is not ASCII in its name."""
    return shutil.copytree(laid_out / FOLDER, tmp_path / FOLDER)


def test_lessons_content_and_checks_lie_as_the_start_page_links_them(folder: Path):
    assert _names(folder) == {
        "00-start.ipynb",
        "02-tiny.ipynb",
        "content/course.json",
        "content/refresher.json",
        "content/tiny.json",
        "job-aids/ladder-card.html",
        "last/items.json",
        "last/last-check.ipynb",
        "nbgrader_config.py",
        "refresher.ipynb",
        "tiny/items.json",
        "tiny/tiny-check.ipynb",
    }


def test_a_check_is_laid_out_as_nbgrader_releases_it(course: Path, folder: Path):
    released = course / "exchange/victim-services/outbound/tiny"
    assert _contents(released) == _contents(folder / "tiny")
    assert "grading" not in (folder / "tiny/tiny-check.ipynb").read_text(encoding="utf-8")


def test_laying_out_twice_changes_nothing(course: Path, folder: Path):
    lay_out(course, folder)
    before = _stamps(folder), _stamps(course / "exchange"), _stamps(course / "course/release")
    lay_out(course, folder)
    assert (_stamps(folder), _stamps(course / "exchange"), _stamps(course / "course/release")) == before


def test_answers_are_never_touched(course: Path, folder: Path):
    files = [folder / "answers.jsonl", folder / "tiny/answers.jsonl"]
    for file in files:
        append(file, ANSWER)
    before = [(file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino) for file in files]
    _update_lesson(course)
    _update_check(course)
    lay_out(course, folder)
    assert [(file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino) for file in files] == before


def test_a_changed_lesson_takes_the_place_of_the_old_one(course: Path, folder: Path):
    _update_lesson(course)
    lay_out(course, folder)
    assert "Ladders are heavy." in (folder / "02-tiny.ipynb").read_text(encoding="utf-8")


def test_a_lesson_that_jupyterlab_saved_over_is_fresh_again(course: Path, folder: Path):
    fresh = (folder / "02-tiny.ipynb").read_bytes()
    (folder / "02-tiny.ipynb").write_text("{}")
    lay_out(course, folder)
    assert (folder / "02-tiny.ipynb").read_bytes() == fresh


def test_an_updated_check_takes_the_place_of_the_old_one(course: Path, folder: Path):
    _update_check(course)
    lay_out(course, folder)
    assert "Who lends a LONG ladder?" in (folder / "tiny/items.json").read_text(encoding="utf-8")


def test_what_the_trainee_put_beside_an_updated_check_stays(course: Path, folder: Path):
    append(folder / "tiny/answers.jsonl", ANSWER)
    (folder / "tiny/my notes.txt").write_text("ask about ladders")
    (folder / "tiny/feedback/2026").mkdir(parents=True)
    (folder / "tiny/feedback/2026/tiny-check.html").write_text("well done")
    _update_check(course)
    lay_out(course, folder)
    assert (folder / "tiny/my notes.txt").read_text() == "ask about ladders"
    assert (folder / "tiny/feedback/2026/tiny-check.html").read_text() == "well done"
    assert (folder / "tiny/answers.jsonl").is_file()


def test_only_the_part_of_a_check_that_changed_is_replaced(course: Path, folder: Path):
    notebook = (folder / "tiny/tiny-check.ipynb").stat().st_ino
    _update_check(course)
    lay_out(course, folder)
    assert (folder / "tiny/tiny-check.ipynb").stat().st_ino == notebook


def test_a_check_that_was_deleted_comes_back(course: Path, folder: Path):
    (folder / "tiny/items.json").unlink()
    lay_out(course, folder)
    assert (folder / "tiny/items.json").is_file()


def test_two_trainees_on_one_machine_have_a_folder_each(course: Path, folder: Path, tmp_path: Path):
    append(folder / "tiny/answers.jsonl", ANSWER)
    lay_out(course, tmp_path / "another")
    assert not (tmp_path / "another/tiny/answers.jsonl").exists()
    assert "tiny/tiny-check.ipynb" in _names(tmp_path / "another")


def test_what_notebooks_leave_behind_in_the_course_is_not_laid_out(course: Path, folder: Path):
    (course / "course/modules/.ipynb_checkpoints").mkdir()
    (course / "course/modules/.ipynb_checkpoints/02-tiny-checkpoint.ipynb").write_text("{}")
    append(course / "course/modules/answers.jsonl", ANSWER)
    append(course / "course/source/tiny/answers.jsonl", ANSWER)
    lay_out(course, folder)
    assert not [name for name in _names(folder) if "checkpoint" in name or "answers" in name]


def test_it_works_wherever_it_is_started_from(
    course: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "nbgrader_config.py").write_text("get_config().CourseDirectory.course_id = 'another'")
    monkeypatch.chdir(elsewhere)
    _update_check(course)
    lay_out(course, folder)
    assert "Who lends a LONG ladder?" in (folder / "tiny/items.json").read_text(encoding="utf-8")
    assert Path.cwd() == elsewhere
    assert _names(elsewhere) == {"nbgrader_config.py"}


def test_a_step_that_fails_says_which_and_why(course: Path, folder: Path):
    with pytest.raises(StepFailed, match="FetchAssignment of nothing-here: Assignment not found at"):
        Steps(course).fetch_assignment("nothing-here", folder)


def test_a_check_that_cannot_be_released_is_told_in_plain_words(
    course: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (course / "course/source/tiny/tiny-check.ipynb").write_text("not a notebook")
    monkeypatch.setattr("sys.argv", ["learn", "--root", str(course), "--folder", str(folder)])
    assert learn.main() == 1
    said = capsys.readouterr().err
    assert said.startswith("A check couldn't be prepared, so the course wasn't opened.\nGenerateAssignment of tiny")


def test_jupyterlab_opens_the_start_page_of_that_folder(folder: Path):
    command = learn.lab_command(folder, ["--no-browser"])
    assert f"--ServerApp.root_dir={folder}" in command
    assert "--LabApp.default_url=/lab/tree/00-start.ipynb" in command
    assert command[-1] == "--no-browser"


def test_make_hands_on_one_word_for_jupyterlab():
    ordered = subprocess.run(
        ["make", "--dry-run", "learn", "CLASS=yes", "LAB_ARGS=--no-browser", "EXCHANGE=/srv/the exchange"],
        cwd=learn.ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},  # as nobody's child
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    words = shlex.split(ordered.splitlines()[-1])
    # "--lab-args --no-browser" would be two flags to Python's argparse, and refused.
    assert words[-4:] == ["--folder=learn", "--class", "--exchange=/srv/the exchange", "--lab-args=--no-browser"]


def test_jupyterlab_finds_the_environments_tools(course: Path):
    environment = learn.lab_environment(course, self_graded=False)
    assert (Path(environment["PATH"].split(os.pathsep)[0]) / "alembic").exists()


@pytest.mark.parametrize("self_graded", [True, False])
def test_checks_are_graded_on_this_machine_where_no_instructor_does(
    course: Path, monkeypatch: pytest.MonkeyPatch, self_graded: bool
):
    monkeypatch.setenv(alone.VARIABLE, "/elsewhere")
    environment = learn.lab_environment(course, self_graded=self_graded)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert alone.is_offered() is self_graded
    assert environment[alone.VARIABLE] == (str(course) if self_graded else "")


def _names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in _names(folder)}


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """For each file which one it is, and when it was written."""
    stats = {name: (folder / name).stat() for name in _names(folder)}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in stats.items()}


def _update_lesson(course: Path) -> None:
    lesson = course / "course/modules/02-tiny.ipynb"
    text = lesson.read_text(encoding="utf-8")
    assert "Ladders are *lent*." in text
    lesson.write_text(text.replace("Ladders are *lent*.", "Ladders are heavy."), encoding="utf-8")


def _update_check(course: Path) -> None:
    items = course / "course/source/tiny/items.json"
    data = json.loads(items.read_text(encoding="utf-8"))
    assert data["items"][0]["stem"] == "Who lends a ladder?"
    data["items"][0]["stem"] = "Who lends a LONG ladder?"
    items.write_text(json.dumps(data), encoding="utf-8")
