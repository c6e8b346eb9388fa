from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grading import set_aside, times

NOW = datetime(2026, 1, 10, tzinfo=UTC)
UNKNOWN = "there's no way to tell if this submission was late. It gets no late penalty."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "grading/submitted/eve/tiny"
    made.mkdir(parents=True)
    return made


def test_a_sound_time_is_no_trouble_though_clocks_differ(folder: Path):
    for said in ("2026-01-05 09:00:00 UTC", "2026-01-10 11:00:00.123456 EST"):
        (folder / "timestamp.txt").write_text(said)
        assert times.trouble(folder, now=NOW) is None
        (folder / "timestamp.txt").write_text(f"{said}\n")
        assert set_aside.made_sound(folder) == []


def test_a_submission_without_a_time_is_told_with_what_it_means_for_lateness(folder: Path):
    assert set_aside.made_sound(folder) == [f"There is no timestamp.txt, so {UNKNOWN}"]


@pytest.mark.parametrize("said", ["", "  \n"])
def test_so_is_one_whose_time_is_empty(folder: Path, said: str):
    (folder / "timestamp.txt").write_text(said)
    assert set_aside.made_sound(folder) == [f"timestamp.txt is empty, so {UNKNOWN}"]


@pytest.mark.parametrize(
    "said",
    [
        "0001-01-01 00:00:00 UTC",
        "9999-12-31 23:59:59 UTC",
        "yesterday evening",
        "2026-13-45 99:00:00",
        "10:99999999999999999999000000000000",
    ],
)
def test_so_is_one_whose_time_is_impossible_and_it_is_told_once(folder: Path, said: str):
    (folder / "timestamp.txt").write_text(said)
    told = set_aside.made_sound(folder)
    assert told == ["timestamp.txt was set aside: it is no time.", f"So {UNKNOWN}"]


def test_so_is_a_pipe_in_its_place(folder: Path):
    os.mkfifo(folder / "timestamp.txt")
    assert set_aside.made_sound(folder) == ["timestamp.txt was set aside: it is a pipe.", f"So {UNKNOWN}"]


def test_a_time_that_is_yet_to_come_counts_and_is_told(folder: Path):
    (folder / "timestamp.txt").write_text("2099-01-01 09:00:00 UTC")
    told = times.trouble(folder, now=NOW) or ""
    assert "2099-01-01 09:00 UTC, which is in the future. It's still what decides if the work is late" in told


def test_nbgraders_own_autograding_is_told_the_same(folder: Path, caplog: pytest.LogCaptureFixture):
    set_aside.before_autograding([str(folder / "tiny-check.ipynb")])
    assert [record.getMessage() for record in caplog.records if UNKNOWN in record.getMessage()] == [
        f"{folder}: There is no timestamp.txt, so {UNKNOWN}"
    ]
