from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config

from grading import bank, settings
from grading.bulk import autograde as bulk
from grading.bulk.autograde import autograde
from grading.nbgrader_steps import Steps
from grading.refused import Refused
from tests.grading import a_class, postgres

CHECK = a_class.CHECK
DAY = "2026-01-05 09:00:00 UTC"
LATE = "2026-01-08 09:00:00 UTC"


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real course with eight submissions of one check, which the gradebook knows; nothing graded."""
    root = a_class.course(tmp_path_factory.mktemp("bulk") / "course")
    a_class.steps(root, CHECK)
    for seed in range(8):
        at = LATE if seed >= 6 else DAY
        a_class.submit(root, f"t{seed}", CHECK, a_class.by_chance(CHECK, seed), at)
    return root


@pytest.fixture
def root(handed_in: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(handed_in, tmp_path / "course"))


@pytest.fixture
def config(root: Path) -> Config:
    return settings.load(root)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Two empty gradebooks of one kind: for nbgrader's steps, and for the bulk ones."""
    if request.param == "SQLite":
        yield f"sqlite:///{tmp_path / 'single.db'}", f"sqlite:///{tmp_path / 'bulk.db'}"
        return
    with postgres.server() as one, postgres.server() as other:
        yield one, other


def what_happens_to(root: Path, steps: Steps, grade: Callable[[bool], object]) -> None:
    """A term: graded, marked by hand, handed in again, graded again; some come late."""
    url = steps.config.CourseDirectory.db_url
    with Gradebook(url, "victim-services") as book:
        book.update_or_create_assignment(CHECK, duedate="2026-01-06 00:00:00 UTC")
        book.add_student("t1", first_name="Ada", last_name="Lind", email="ada@example.org")
    grade(False)
    with Gradebook(url, "victim-services") as book:
        for student, marks in (("t0", 1.0), ("t2", 2.5), ("t6", 3.0)):
            for grade_row in book.find_submission(CHECK, student).notebooks[0].grades:
                if grade_row.auto_score is None and grade_row.max_score:
                    grade_row.manual_score, grade_row.needs_manual_grade = marks, False
                elif grade_row.name.endswith("directory"):
                    grade_row.extra_credit = 0.5
            comment = book.find_submission(CHECK, student).notebooks[0].comments[0]
            comment.manual_comment = f"For {student}: see chapter two."
        book.db.commit()
        book.grant_extension(CHECK, "t7", days=7)
        assert book.find_submission(CHECK, "t7").extension == timedelta(days=7)
    a_class.submit(root, "t2", CHECK, a_class.by_chance(CHECK, 99), "2026-01-05 18:00:00 UTC")
    a_class.submit(root, "t3", CHECK, [], "2026-01-05 19:00:00 UTC")
    grade(True)


def configured(root: Path, url: str) -> Steps:
    """nbgrader's steps with another gradebook, and with lateness that costs everything."""
    with (root / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.CourseDirectory.db_url = {url!r}\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    steps = Steps(root)
    steps.generate_assignment(CHECK)
    return steps


def test_a_whole_terms_rows_are_those_of_nbgraders_own_steps(
    handed_in: Path, tmp_path: Path, databases: tuple[str, str]
):
    roots = [Path(shutil.copytree(handed_in, tmp_path / name)) for name in ("single", "bulk")]
    single, in_bulk = (configured(root, url) for root, url in zip(roots, databases, strict=True))
    what_happens_to(roots[0], single, lambda _force: single.autograde(CHECK))
    what_happens_to(roots[1], in_bulk, lambda force: autograde(in_bulk.config, CHECK, force=force))
    wanted, found = a_class.rows(roots[0]), a_class.rows(roots[1])
    assert any("2.5" in row for row in wanted["grades"])
    assert any("see chapter two" in row[-1] for row in wanted["comments"])
    assert any("1 day" not in row[3] and row[3] != "None" for row in wanted["submissions"])  # the extension
    assert len({row[4] for row in wanted["submissions"]}) > 1  # some came late, and it cost them
    assert found == wanted
    assert a_class.notebooks(roots[1]) == a_class.notebooks(roots[0])


def test_what_is_graded_stands_until_it_is_handed_in_again(root: Path, config: Config):
    assert len(autograde(config, CHECK).graded) == 8
    again = autograde(config, CHECK)
    assert (again.graded, again.stood) == ([], 8)
    a_class.submit(root, "t4", CHECK, [], "2026-02-01 09:00:00 UTC")
    assert autograde(config, CHECK).graded == ["t4"]


@pytest.mark.parametrize("said", ["", "yesterday evening", "10:99999999999999999999000000000000"])
def test_who_was_graded_without_a_time_is_graded_again_once_there_is_one(root: Path, config: Config, said: str):
    folder = a_class.submit(root, "t0", CHECK, [], said)
    assert "t0" in autograde(config, CHECK).graded
    assert autograde(config, CHECK).graded == []
    a_class.submit(root, folder.parent.name, CHECK, a_class.by_chance(CHECK, 0), "2026-01-09 09:00:00 UTC")
    assert autograde(config, CHECK).graded == ["t0"]
    assert autograde(config, CHECK).graded == []


def test_an_id_that_is_anothers_with_an_ending_is_nobody_elses(root: Path, config: Config):
    autograde(config, CHECK)
    a_class.submit(root, "t0", CHECK, a_class.by_chance(CHECK, 3), "2026-02-01 09:00:00 UTC")
    a_class.submit(root, "t0.old", CHECK, a_class.by_chance(CHECK, 4), "2026-02-01 09:00:00 UTC")
    assert sorted(autograde(config, CHECK).graded) == ["t0", "t0.old"]


def test_a_pipe_in_place_of_the_time_of_who_is_graded_is_not_waited_for(root: Path, config: Config):
    autograde(config, CHECK)
    time = a_class.submitted(root, "t0", CHECK) / "timestamp.txt"
    time.unlink()
    os.mkfifo(time)
    assert autograde(config, CHECK).graded == []
    assert "t0" in autograde(config, CHECK, force=True).graded


def test_where_a_group_of_instructors_grades_another_may_write_there_too(root: Path):
    with (root / "nbgrader_config.py").open("a") as file:
        file.write("\nc.CourseDirectory.groupshared = True\n")
    config = settings.load(root)
    autograde(config, CHECK)
    folders = [
        root / "grading/autograded/t0",
        root / f"grading/autograded/t0/{CHECK}",
        root / "grading/.bulk-scratch",
    ]
    assert [folder.stat().st_mode & 0o2770 for folder in folders] == [0o2770] * 3
    assert (root / "grading/.bulk-scratch/lock").stat().st_mode & 0o660 == 0o660


def test_who_has_no_rows_any_more_is_graded_again_though_the_notebook_stands(config: Config):
    autograde(config, CHECK)
    with Gradebook(config.CourseDirectory.db_url) as book:
        book.remove_student("t3")
    assert autograde(config, CHECK).graded == ["t3"]
    assert autograde(config, CHECK).graded == []


def test_a_folder_that_cannot_be_replaced_is_told_and_the_others_are_graded(
    config: Config, monkeypatch: pytest.MonkeyPatch
):
    def refuses(files: Path, place: Path, scratch: Path, *, shared: bool) -> None:
        if files.name == "t3":
            raise PermissionError(errno.EACCES, "Permission denied", str(place))
        into_place(files, place, scratch, shared=shared)

    into_place = bulk.aside.into_place
    monkeypatch.setattr(bulk.aside, "into_place", refuses)
    report = autograde(config, CHECK)
    assert len(report.graded) == 7
    ((student, graded),) = {(one.student, one.graded) for one in report.problems}
    assert (student, graded) == ("t3", False)
    monkeypatch.undo()
    assert autograde(config, CHECK).graded == ["t3"]


def test_only_whom_one_names_is_graded(config: Config):
    assert autograde(config, CHECK, students={"t1", "t5", "nobody"}).graded == ["t1", "t5"]


def test_several_processes_grade_what_one_grades(root: Path, config: Config, monkeypatch: pytest.MonkeyPatch):
    autograde(config, CHECK, processes=1)
    alone = a_class.rows(root), a_class.notebooks(root)
    monkeypatch.setattr("grading.bulk.pool.PIECE", 2)
    assert len(autograde(config, CHECK, force=True, processes=2).graded) == 8
    assert (a_class.rows(root), a_class.notebooks(root)) == alone


def test_a_check_that_the_gradebook_does_not_know_is_refused_with_the_way_out(root: Path):
    with Gradebook(settings.directory(settings.load(root)).db_url) as book:
        book.remove_assignment(CHECK)
    with pytest.raises(Refused, match="Run: nbgrader generate_assignment systems-advocates"):
        autograde(settings.load(root), CHECK)


def test_without_a_gradebook_that_is_said_and_none_is_made(root: Path):
    (root / "grading/gradebook.db").unlink()
    with pytest.raises(Refused, match="There's no gradebook yet"):
        autograde(settings.load(root), CHECK)
    assert not (root / "grading/gradebook.db").exists()


def test_a_check_that_is_not_there_is_refused(config: Config):
    with pytest.raises(Refused, match="There's no check called nonsense"):
        autograde(config, "nonsense")


def test_questions_that_are_not_those_of_the_gradebook_are_refused_before_anything_is_graded(
    root: Path, config: Config
):
    notebook = root / f"course/source/{CHECK}/{CHECK}-check.ipynb"
    asked = a_class.question("single").id
    notebook.write_text(notebook.read_text().replace(f'"grade_id": "{asked}"', '"grade_id": "aa-another"'))
    bulk._blank.cache_clear()
    with pytest.raises(Refused, match=f"aa-another, {asked}"):
        autograde(config, CHECK)
    assert a_class.notebooks(root) == {}
    bulk._blank.cache_clear()


def test_a_submission_that_cannot_be_read_stops_nobody_elses(
    root: Path, config: Config, monkeypatch: pytest.MonkeyPatch
):
    real = bulk._given

    def unreadable(folder: Path) -> Iterator[Path]:
        if folder.parent.name == "t3":
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return real(folder)

    monkeypatch.setattr(bulk, "_given", unreadable)
    report = autograde(config, CHECK, processes=1)
    assert len(report.graded) == 7
    assert [(problem.student, problem.graded) for problem in report.problems] == [("t3", False)]
    assert "Permission denied" in report.problems[0].words
    assert not any(row[0] == "t3" for row in a_class.rows(root)["submissions"])


def test_a_full_disk_stops_the_run_and_what_is_graded_stays(
    root: Path, config: Config, monkeypatch: pytest.MonkeyPatch
):
    real, taken = bulk._write, []

    def full(path: Path, data: bytes) -> None:
        taken.append(path)
        if len(taken) > 5:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        real(path, data)

    monkeypatch.setattr("grading.bulk.pool.PIECE", 2)
    with monkeypatch.context() as while_full:
        while_full.setattr(bulk, "_write", full)
        with pytest.raises(OSError, match="No space left"):
            autograde(config, CHECK, processes=1)
    assert len(a_class.notebooks(root)) == 4
    assert len(autograde(config, CHECK).graded) == 4
    assert len(a_class.rows(root)["submissions"]) == 8


def test_a_process_that_is_ended_from_outside_is_told_and_the_next_run_goes_on(
    root: Path, config: Config, monkeypatch: pytest.MonkeyPatch
):
    real = bulk._given

    def killed(folder: Path) -> Iterator[Path]:
        if folder.parent.name == "t7":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(folder)

    monkeypatch.setattr("grading.bulk.pool.PIECE", 2)
    with monkeypatch.context() as while_killed:
        while_killed.setattr(bulk, "_given", killed)
        with pytest.raises(Refused, match="Run it again"):
            autograde(config, CHECK, processes=2)
    autograde(config, CHECK)
    assert len(a_class.rows(root)["submissions"]) == len(a_class.notebooks(root)) == 8


def test_two_runs_at_once_do_not_meet(config: Config, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("grading.bulk.lock.PATIENCE", 0.2)
    refusals = []

    def another(_count: int) -> None:
        code = (
            "import sys; from pathlib import Path; from grading import settings\n"
            "from grading.bulk import lock; from grading.bulk.autograde import autograde\n"
            "lock.PATIENCE = 0.2\n"
            f"autograde(settings.load(Path({config.CourseDirectory.root!r})), {CHECK!r})"
        )
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=bank.ROOT)
        refusals.append(ran.stderr.splitlines()[-1])

    autograde(config, CHECK, step=another)
    assert refusals
    assert all("Another run is grading this class" in words for words in refusals)


def test_the_rows_are_those_that_nbgraders_own_saving_leaves(handed_in: Path, tmp_path: Path):
    ours, theirs = (Path(shutil.copytree(handed_in, tmp_path / name)) for name in ("ours", "theirs"))
    with (theirs / "nbgrader_config.py").open("a") as file:
        own = '"nbgrader.preprocessors.SaveAutoGrades", "nbgrader.preprocessors.AssignLatePenalties"'
        file.write(f"\nc.Autograde.autograde_preprocessors = [{own}]\n")
    Steps(ours).autograde(CHECK)
    Steps(theirs).autograde(CHECK)
    wanted, found = a_class.rows(theirs), a_class.rows(ours)
    assert found["comments"] == wanted["comments"]
    assert found["submissions"][0][:4] == wanted["submissions"][0][:4]
    # nbgrader's own says of every task that it is to be marked, also of what is worth nothing or was left blank.
    tasks = {f"{CHECK}-comments", a_class.question("written").id}
    assert [row for row in found["grades"] if row[2] not in tasks] == [
        row for row in wanted["grades"] if row[2] not in tasks
    ]
