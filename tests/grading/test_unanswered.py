"""Submissions without answers: named everywhere, final nowhere until an instructor confirms it."""

from __future__ import annotations

import argparse
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from traitlets.config import Config

from casebook.answers import Answer, append
from grading import bank, gradebook, settings, unanswered
from grading.bulk.autograde import autograde
from grading.bulk.feedback import generate
from grading.commands import confirm, telling
from grading.exports.moodle import MoodleExporter
from grading.nbgrader_steps import Steps
from grading.refused import Refused
from grading.report import data, page, reading
from grading.report.whole import Report
from grading.watching import Policy, Watch
from tests.grading import a_class
from tests.grading.machine import Machine
from tests.grading.machine import gradebook as gradebook_of

AT = "2026-01-05T09:00:00+00:00"
NOW = datetime(2026, 1, 6, 12, tzinfo=UTC)
RIGHT = [Answer("tiny", "tiny-owner", {"choice": "b"}, AT)]
WITHOUT = ("bare", "empty", "inside", "other", "renamed")
"""Whose submissions have no answers to the check."""
CONFIRMED = "Confirmed: bare sent no answers to tiny. The 0 is final unless bare hands it in again.\n"


@pytest.fixture(scope="module")
def handed_in(tiny_ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course with everything that goes wrong with an answers file, and one trainee whose answers came."""
    root = Path(shutil.copytree(tiny_ready, tmp_path_factory.mktemp("unanswered") / "course"))
    for student in ("ada", *WITHOUT):
        a_class.submit(root, student, "tiny", RIGHT if student == "ada" else [])
    place = {student: a_class.submitted(root, student, "tiny") for student in WITHOUT}
    append(place["renamed"] / "answers (1).jsonl", RIGHT[0])
    append(place["other"] / "answers.jsonl", Answer("last", "last-ask", {"choice": "a"}, AT))
    (place["empty"] / "answers.jsonl").touch()
    (place["inside"] / "tiny").mkdir()
    append(place["inside"] / "tiny/answers.jsonl", RIGHT[0])
    return root


@pytest.fixture
def root(handed_in: Path, tmp_path: Path, tiny_bank: None, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    root = Path(shutil.copytree(handed_in, tmp_path / "course"))
    monkeypatch.setattr(bank, "ROOT", root)
    return root


@pytest.fixture
def config(root: Path) -> Config:
    return settings.load(root)


@pytest.fixture
def graded(config: Config) -> Config:
    autograde(config, "tiny", processes=1)
    return config


def open_ones(config: Config) -> list[str]:
    found = unanswered.open_ones(config, gradebook.submissions(settings.directory(config).db_url))
    return [student for _, student in found]


def ask(root: Path, check: str = "tiny", student: str = "") -> argparse.Namespace:
    return argparse.Namespace(root=root, check=check, student=student)


def test_every_submission_without_answers_is_named_with_what_may_be_the_answers(graded: Config):
    told = {line.split(":")[0].strip(): line for line in telling.of_class(graded, "tiny")}
    assert tuple(told) == WITHOUT
    assert all("It scores 0 for now." in line for line in told.values())
    place = "grading/submitted/renamed/tiny"
    assert f"{place}/answers (1).jsonl' (it has answers to this check)" in told["renamed"]
    assert f"rename or move it to {place}/answers.jsonl and run make autograde CHECK=tiny" in told["renamed"]
    assert "grading/submitted/other/tiny/answers.jsonl (it has answers to last, not to this check)" in told["other"]
    assert "grading/set-aside/inside/tiny/tiny/answers.jsonl (it has answers to this check)" in told["inside"]
    for student in ("bare", "empty"):
        assert "answers may be here" not in told[student]
        assert f"make confirm CHECK=tiny STUDENT={student}" in told[student]


def test_nothing_is_taken_for_answers_by_itself_and_a_renamed_file_is_graded(graded: Config, root: Path):
    assert "renamed" in open_ones(graded)
    folder = a_class.submitted(root, "renamed", "tiny")
    (folder / "answers (1).jsonl").rename(folder / "answers.jsonl")
    assert autograde(graded, "tiny", processes=1).graded == ["renamed"]
    assert "renamed" not in open_ones(graded)


def test_a_confirmed_zero_is_asked_about_again_when_the_trainee_hands_in_again(
    graded: Config, root: Path, capsys: pytest.CaptureFixture[str]
):
    confirm.run(ask(root, student="bare"))
    assert "The 0 is final" in capsys.readouterr().out
    assert "bare" not in open_ones(graded)
    autograde(graded, "tiny", force=True, processes=1)
    assert "bare" not in open_ones(graded)
    a_class.submit(root, "bare", "tiny", [], "2026-01-06 09:00:00 UTC")
    with pytest.raises(Refused, match=r"bare handed it in again.* Run make autograde CHECK=tiny first"):
        confirm.run(ask(root, student="bare"))
    autograde(graded, "tiny", processes=1)
    assert "bare" in open_ones(graded)


def test_what_there_is_to_confirm_is_listed(graded: Config, root: Path, capsys: pytest.CaptureFixture[str]):
    confirm.run(ask(root, check=""))
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [f"tiny, {id}" for id in WITHOUT]
    for student in WITHOUT:
        confirm.run(ask(root, student=student))
    capsys.readouterr()
    confirm.run(ask(root))
    assert capsys.readouterr().out.startswith("There's nothing to confirm")
    assert open_ones(graded) == []


@pytest.mark.usefixtures("graded")
def test_only_what_has_no_answers_is_confirmed(root: Path, capsys: pytest.CaptureFixture[str]):
    confirm.run(ask(root, student="ada"))
    assert "There's nothing to confirm: ada sent answers to tiny" in capsys.readouterr().out
    with pytest.raises(Refused, match="There's no graded submission to tiny from nobody"):
        confirm.run(ask(root, student="nobody"))
    with pytest.raises(Refused, match="Which check"):
        confirm.run(ask(root, check="", student="ada"))
    assert not (root / unanswered.KEPT).exists()


def test_the_trainees_page_says_that_no_answers_arrived_and_what_to_do(graded: Config, root: Path):
    generate(graded, "tiny", processes=1)
    for student in WITHOUT:
        (told,) = (root / "grading/feedback" / student / "tiny").glob("*.html")
        html = told.read_text(encoding="utf-8")
        assert "No answers arrived" in html
        assert "Hand it in again" in html
        assert "You didn't answer" not in html
        assert "SECRET-FEEDBACK" not in html
    (told,) = (root / "grading/feedback/ada/tiny").glob("*.html")
    assert "No answers arrived" not in told.read_text(encoding="utf-8")


@pytest.mark.usefixtures("graded")
def test_in_the_report_it_counts_in_no_figure_until_it_is_confirmed(root: Path):
    confirm.run(ask(root, student="bare"))
    report = Report(reading.read(root, processes=1))
    states = report.frames.checks.query("module == 'tiny'").set_index("student")["state"]
    assert states["bare"] == data.NOT_MET
    assert set(states[[id for id in WITHOUT if id != "bare"]]) == {data.NO_ANSWERS}
    assert set(report.frames.asked["student"]) == {"ada", "bare"}
    html = page.page(report)
    assert "answers (1).jsonl" in html
    assert "4 submissions came without answers" in html
    assert "renamed" not in page.page(Report(report.of, without_names=True))


@pytest.mark.usefixtures("graded")
def test_an_export_leaves_it_out_until_it_is_confirmed(root: Path, caplog: pytest.LogCaptureFixture):
    confirm.run(ask(root, student="bare"))
    to = root / "moodle.csv"
    exporter = MoodleExporter(config=settings.load(root), identify_by="username", to=str(to), unmarked=True)
    with gradebook_of(root) as book:
        exporter.export(book)
    grades = {line.split(",")[3]: line.split(",")[-1] for line in to.read_text().splitlines()[1:]}
    assert grades == {"ada": "40", "bare": "0"} | dict.fromkeys((id for id in WITHOUT if id != "bare"), "-")
    assert "tiny, renamed: left out. We didn't get any answers for this check." in caplog.text


def test_the_watch_names_it_once_for_each_time_that_it_is_handed_in(root: Path, config: Config):
    (root / "exchange/victim-services/inbound").mkdir(parents=True)
    watch = Watch(Steps(root), ["tiny"], Policy(returns=False))
    first = watch.round("tiny", NOW)
    assert [line.split(":")[0] for line in first.problems if "any answers" in line] == list(WITHOUT)
    assert watch.round("tiny", NOW).problems == []
    a_class.submit(root, "bare", "tiny", [], "2026-01-06 09:00:00 UTC")
    again = watch.round("tiny", NOW)
    assert [line.split(":")[0] for line in again.problems] == ["bare"]
    assert open_ones(config) == list(WITHOUT)


def test_what_collecting_left_in_the_exchange_is_looked_through_too(root: Path, config: Config):
    inbound = root / "exchange/victim-services/inbound"
    for secret, folder in (("mine", "bare+tiny+2026-01-05 09:00:00 UTC+x"), ("older", "bare+tiny+2026-01-04+y")):
        append_in(inbound / folder / "my check/answers.jsonl")
        (inbound / folder / "submission_secret.txt").write_text(secret)
    (a_class.submitted(root, "bare", "tiny") / "submission_secret.txt").write_text("mine")
    autograde(config, "tiny", processes=1)
    (told,) = (line for line in telling.of_class(config, "tiny") if line.startswith("  bare: "))
    assert "bare+tiny+2026-01-05 09:00:00 UTC+x/my check/answers.jsonl' (it has answers to this check)" in told
    assert "2026-01-04" not in told


def append_in(path: Path) -> None:
    path.parent.mkdir(parents=True)
    append(path, RIGHT[0])


def test_a_damaged_list_of_confirmations_confirms_nothing(graded: Config, root: Path):
    confirm.run(ask(root, student="bare"))
    kept = root / unanswered.KEPT
    kept.write_bytes(kept.read_bytes()[:-20])
    assert "bare" in open_ones(graded)


def test_in_a_real_class_nbgraders_commands_and_ours_name_it(handed_in: Path, tmp_path: Path):
    root = Path(shutil.copytree(handed_in, tmp_path / "course"))
    (tmp_path / "home").mkdir()
    machine = Machine(root, tmp_path / "home", root)
    for student in ("empty", "inside", "other"):
        shutil.rmtree(a_class.submitted(root, student, "tiny"))
    ran = machine.run("nbgrader", "autograde", "tiny")
    assert ran.returncode == 0, ran.stderr
    assert "bare: We didn't get any answers for this check." in ran.stderr
    assert "answers (1).jsonl' (it has answers to this check)" in ran.stderr
    assert "ada: We didn't get any answers" not in ran.stderr
    ran = machine.run("python", "-m", "grading", "confirm", "--check", "tiny", "--student", "bare")
    assert (ran.returncode, ran.stdout) == (0, CONFIRMED), ran.stderr


def test_a_command_that_is_told_is_safe_to_paste_whatever_the_id_is():
    told = unanswered.Unanswered("tiny", "ana;$(id)", "").words
    assert told.endswith("make confirm CHECK=tiny STUDENT='ana;$(id)'")


def test_of_very_many_files_that_may_be_answers_a_few_are_named(tiny_ready: Path, tmp_path: Path):
    root = Path(shutil.copytree(tiny_ready, tmp_path / "course"))
    a_class.submit(root, "eve", "tiny", [])
    for n in range(60):
        append(a_class.submitted(root, "eve", "tiny") / f"answers-{n:02}.jsonl", RIGHT[0])
    found = unanswered.of(settings.load(root), "tiny", "eve", a_class.submitted(root, "eve", "tiny"))
    assert found is not None
    assert found.words.count("answers-") == 5
    assert "and 55 more files." in found.words
