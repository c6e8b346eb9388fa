"""Which of the folders in the exchange are collected."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from traitlets.config import Config

from grading.bulk.submitted import handed_in
from grading.owners import Owner
from grading.plugins import collecting
from grading.plugins.collecting import CarefulCollect

EARLY, LATE = "2026-01-05 09:00:00 UTC", "2026-01-06 09:00:00 UTC"


@pytest.fixture
def exchange(tmp_path: Path) -> Path:
    (tmp_path / "course").mkdir()
    (tmp_path / "exchange/law/inbound").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def owners(monkeypatch: pytest.MonkeyPatch) -> dict[str, Owner]:
    """Whose each folder is, by its name."""
    made: dict[str, Owner] = {}
    monkeypatch.setattr("grading.plugins.collecting.owner", lambda folder: made[folder.name])
    return made


def laid(exchange: Path, name: str) -> str:
    (exchange / "exchange/law/inbound" / name).mkdir()
    return name


def collector(exchange: Path, student: str = "*", **settings: object) -> CarefulCollect:
    config = Config({"Exchange": {"root": str(exchange / "exchange")}, "CarefulCollect": settings})
    root = str(exchange / "course")
    where = CourseDirectory(root=root, course_id="law", assignment_id="tiny", student_id=student)
    made = CarefulCollect(coursedir=where, config=config)
    made.init_src()
    return made


def chosen(made: CarefulCollect) -> dict[str, datetime]:
    return {record["username"]: record["timestamp"] for record in made.src_records}


def test_the_newest_own_submission_is_collected_whatever_others_lay_beside_it(exchange: Path, owners: dict[str, Owner]):
    owners[laid(exchange, f"ben+tiny+{EARLY}+a")] = Owner("ben", mine=False)
    owners[laid(exchange, f"ben+tiny+{LATE}")] = Owner("ben", mine=False)
    owners[laid(exchange, "ben+tiny+2030-01-01 09:00:00 UTC+b")] = Owner("eve", mine=False)
    made = collector(exchange)
    assert chosen(made) == {"ben": datetime(2026, 1, 6, 9)}
    assert len(made.left) == 1


def test_before_the_due_date_the_newest_in_time_is_collected(exchange: Path, monkeypatch: pytest.MonkeyPatch):
    for at in (EARLY, LATE):
        laid(exchange, f"ben+tiny+{at}+a")
    laid(exchange, f"cy+tiny+{LATE}+a")
    monkeypatch.setattr("grading.gradebook.due", lambda *_: datetime(2026, 1, 5, 12))
    made = collector(exchange, before_duedate=True)
    assert {student: at.day for student, at in chosen(made).items()} == {"ben": 5, "cy": 6}


def test_a_login_that_is_made_of_the_id_can_be_said(exchange: Path, owners: dict[str, Owner]):
    owners[laid(exchange, f"ben+tiny+{EARLY}+a")] = Owner("jupyter-ben", mine=False)
    owners[laid(exchange, f"eve+tiny+{EARLY}+a")] = Owner("jupyter-ben", mine=False)
    assert chosen(collector(exchange)) == {}
    assert [*chosen(collector(exchange, login="jupyter-{id}"))] == ["ben"]


def test_of_ids_that_nobody_knows_and_that_differ_only_in_case_none_is_collected(exchange: Path):
    for name in ("Ana", "ana", "ben"):
        laid(exchange, f"{name}+tiny+{EARLY}+a")
    made = collector(exchange)
    assert [*chosen(made)] == ["ben"]
    assert len(made.left) == 2


def test_a_check_in_another_casing_is_named_and_other_checks_are_not(exchange: Path):
    laid(exchange, f"ana+Tiny+{EARLY}+a")
    laid(exchange, f"ana+last+{EARLY}+a")
    made = collector(exchange)
    assert chosen(made) == {}
    assert made.left == [f"Not collected: ana+Tiny+{EARLY}+a. There's no check by that name. Did you mean tiny?"]


def test_one_trainee_alone_is_collected_without_a_word_of_others(exchange: Path):
    for name in ("ana", "ben", "*"):
        laid(exchange, f"{name}+tiny+{EARLY}+a")
    made = collector(exchange, "ana")
    assert ([*chosen(made)], made.left) == (["ana"], [])


def test_a_trainee_in_another_casing_is_asked_about(exchange: Path):
    (exchange / "course/submitted/ana").mkdir(parents=True)
    laid(exchange, f"ana+tiny+{EARLY}+a")
    with pytest.raises(ExchangeError, match=r"No trainee has the id Ana\. Did you mean ana\?"):
        collector(exchange, "Ana")


def test_what_was_collected_before_stays_where_the_new_one_cannot_be_copied(
    exchange: Path, monkeypatch: pytest.MonkeyPatch
):
    name = laid(exchange, f"ana+tiny+{EARLY}+a")
    before = exchange / "course/submitted/ana/tiny"
    before.mkdir(parents=True)
    (before / "answers.jsonl").write_text("before")
    made = collector(exchange)
    made.update = True

    def refuses(_source: Path, to: Path, _uid: int | None) -> list[object]:
        to.mkdir()
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("grading.set_aside.copy", refuses)
    made.copy_files()
    assert (before / "answers.jsonl").read_text() == "before"
    assert made.left == [f"Not collected: {name}. Permission denied."]
    assert [path.name for path in before.parent.iterdir()] == ["tiny"]


def test_what_was_collected_before_comes_back_where_the_new_one_cannot_take_its_place(tmp_path: Path):
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny/answers.jsonl").write_text("before")
    with pytest.raises(FileNotFoundError):
        collecting._replace(tmp_path / "tiny", tmp_path / "not there", tmp_path / "before")
    assert (tmp_path / "tiny/answers.jsonl").read_text() == "before"


def test_a_folder_that_cannot_be_looked_at_is_named_and_stops_nobody(exchange: Path, monkeypatch: pytest.MonkeyPatch):
    """A file system of a trainee's own, mounted there, refuses everybody else."""
    for name in ("ana", "ben"):
        laid(exchange, f"{name}+tiny+{EARLY}+a")
    is_link = Path.is_symlink

    def refuses(path: Path) -> bool:
        if path.name.startswith("ana+"):
            raise PermissionError(13, "Permission denied")
        return is_link(path)

    monkeypatch.setattr(Path, "is_symlink", refuses)
    made = collector(exchange)
    assert [*chosen(made)] == ["ben"]
    assert made.left == [f"Not collected: ana+tiny+{EARLY}+a. It can't be read (Permission denied)."]


def test_a_folder_that_was_exchanged_for_a_link_after_it_was_looked_at_is_not_followed(exchange: Path):
    name = laid(exchange, f"eve+tiny+{EARLY}+a")
    (exchange / "course/ben").mkdir()
    (exchange / "course/ben/answers.jsonl").write_text("ben's")
    made = collector(exchange)
    (exchange / "exchange/law/inbound" / name).rmdir()
    (exchange / "exchange/law/inbound" / name).symlink_to(exchange / "course/ben")
    made.copy_files()
    assert made.left == [f"Not collected: {name}. It was swapped for something else while it was being collected."]
    assert not list((exchange / "course/submitted").glob("*/*"))


def test_a_folder_that_was_exchanged_for_anothers_is_not_collected(exchange: Path, owners: dict[str, Owner]):
    name = laid(exchange, f"eve+tiny+{EARLY}+a")
    owners[name] = Owner("eve", mine=False, uid=54_321)  # whose it was when it was looked at
    made = collector(exchange)
    made.copy_files()
    assert made.left == [f"Not collected: {name}. It was swapped for something else while it was being collected."]


def test_a_time_of_before_the_due_date_that_the_disk_does_not_bear_out_is_told(
    exchange: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("grading.gradebook.due", lambda *_: datetime(2026, 1, 5, 12))
    for name, at in (("eve", EARLY), ("zoe", LATE)):
        laid(exchange, f"{name}+tiny+{at}+a")
    made = collector(exchange)
    made.copy_files()
    (line,) = made.left
    assert line.startswith(
        "eve: says it was handed in at 2026-01-05 09:00 UTC, on time. But it was put there, or changed"
    )


def test_answers_that_were_changed_in_their_place_are_as_new_as_that(tmp_path: Path):
    answers = tmp_path / "answers.jsonl"
    answers.write_text("in time")
    before = tmp_path.stat().st_ctime
    time.sleep(0.05)
    answers.write_text("later")
    assert tmp_path.stat().st_ctime == before
    changed = collecting._changed(tmp_path)
    assert changed is not None
    assert changed.replace(tzinfo=UTC).timestamp() > before


def test_the_time_in_the_name_counts_and_another_in_the_folder_is_told(exchange: Path):
    folder = exchange / "exchange/law/inbound" / laid(exchange, f"eve+tiny+{LATE}+a")
    (folder / "timestamp.txt").write_text("2025-01-01 09:00:00 UTC")
    made = collector(exchange)
    made.update = True
    made.copy_files()
    assert handed_in(exchange / "course/submitted/eve/tiny") == datetime(2026, 1, 6, 9)
    assert "has a different time in its timestamp.txt (2025-01-01 09:00 UTC)" in made.left[0]
    assert not made._is_new(datetime(2026, 1, 6, 9), exchange / "course/submitted/eve/tiny")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_an_exchange_that_somebody_put_in_place_of_the_instructors_is_told(exchange: Path):
    assert collector(exchange).left == []
    os.chown(exchange / "exchange/law", 54_321, -1)
    (line,) = collector(exchange).left
    assert "belongs to the login with the number 54321, not to you" in line


@pytest.mark.parametrize("at", ["9999-12-31 23:59:59 UTC", "0001-01-01 00:00:00 UTC"])
def test_a_year_that_no_time_zone_can_tell_is_no_time(exchange: Path, at: str):
    laid(exchange, f"eve+tiny+{at}+a")
    made = collector(exchange)
    assert (chosen(made), len(made.left)) == ({}, 1)


def test_thousands_of_odd_folders_do_not_hide_the_rest_of_what_is_told(exchange: Path, owners: dict[str, Owner]):
    for number in range(40):
        owners[laid(exchange, f"ben+tiny+{EARLY}+{number}")] = Owner("eve", mine=False)
    owners[laid(exchange, f"zoe+tiny+{EARLY}+a")] = Owner("mal", mine=False)
    left = collector(exchange).left
    assert len(left) == 12
    assert "belongs to the login mal" in left[-2]
    assert left[-1].startswith("Not collected, for the same reason: 30 more. It says it's from ben")
