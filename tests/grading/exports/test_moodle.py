from __future__ import annotations

import csv
from pathlib import Path

import pytest

from grading.exports.moodle import MoodleExporter
from grading.refused import Refused
from tests.grading.exports.made import columns, export, handed_in, the_class, trainee

ANA = trainee("ana", handed_in("ana", "one", (3, 4), (0, 4), penalty=1), first="Ana", last="Ruiz", email="ana@x.gov")
BEN = trainee(
    "ben", handed_in("ben", "one", (4, 4), (4, 4)), handed_in("ben", "two", (1, 1), waits=True), email="ben@x.gov"
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_headings_are_moodles_own_and_then_the_checks(tmp_path: Path):
    export(MoodleExporter, the_class(ANA, BEN), tmp_path / "m.csv")
    assert list(rows(tmp_path / "m.csv")[0]) == [
        "First name",
        "Last name",
        "Email address",
        "Username",
        "ID number",
        "Lending",
        "Returning",
    ]


def test_marks_are_percent_less_what_lateness_costs(tmp_path: Path):
    export(MoodleExporter, the_class(ANA, BEN), tmp_path / "m.csv")
    assert columns(rows(tmp_path / "m.csv"), "Lending") == ["25", "100"]  # 3 - 1 of 8; 8 of 8


def test_marks_themselves_are_given_where_they_are_asked_for(tmp_path: Path):
    export(MoodleExporter, the_class(ANA, BEN), tmp_path / "m.csv", marks=True)
    assert columns(rows(tmp_path / "m.csv"), "Lending") == ["2", "8"]


def test_a_penalty_takes_no_more_than_there_is(tmp_path: Path):
    late = trainee("ana", handed_in("ana", "one", (1, 4), penalty=3), email="ana@x.gov")
    export(MoodleExporter, the_class(late), tmp_path / "m.csv")
    assert columns(rows(tmp_path / "m.csv"), "Lending") == ["0"]


def test_what_was_not_handed_in_and_what_waits_has_no_grade(tmp_path: Path):
    said = export(MoodleExporter, the_class(ANA, BEN), tmp_path / "m.csv")
    assert columns(rows(tmp_path / "m.csv"), "Returning") == ["-", "-"]
    assert "two, waiting to be graded by hand: left out: ben (1)." in said


def test_what_waits_is_exported_where_that_is_wanted_and_said(tmp_path: Path):
    said = export(MoodleExporter, the_class(ANA, BEN), tmp_path / "m.csv", unmarked=True)
    assert columns(rows(tmp_path / "m.csv"), "Returning") == ["-", "33.33"]  # 1 of 1, and none of 2
    assert "two, waiting to be graded by hand: exported as is; these scores aren't final: ben (1)." in said


def test_who_cannot_be_told_is_left_out_and_named(tmp_path: Path):
    """Moodle would give their grades to the trainee of the line above."""
    nobody = trainee("cleo", handed_in("cleo", "one", (1, 4)))
    run = trainee("dan", handed_in("dan", "one", (1, 4)), email="=1@x.gov")
    said = export(MoodleExporter, the_class(ANA, nobody, run), tmp_path / "m.csv")
    assert columns(rows(tmp_path / "m.csv"), "Username") == ["ana"]
    assert [line for line in said if "cleo, dan" in line and "Email address" in line]


def test_another_column_may_say_who_it_is(tmp_path: Path):
    nobody = trainee("cleo", handed_in("cleo", "one", (1, 4)), lms="0042")
    export(MoodleExporter, the_class(nobody), tmp_path / "m.csv", identify_by="idnumber")
    assert columns(rows(tmp_path / "m.csv"), "ID number") == ["0042"]


def test_where_nobody_can_be_told_nothing_is_written(tmp_path: Path):
    with pytest.raises(Refused, match=r"no trainee has an entry for Email address\. Import a roster"):
        export(MoodleExporter, the_class(trainee("cleo", handed_in("cleo", "one", (1, 4)))), tmp_path / "m.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_a_spreadsheet_would_run_is_words_and_the_address_as_it_is(tmp_path: Path):
    odd = trainee("ana", handed_in("ana", "one", (1, 4)), first="=1+1", last="O'Hara", email="o'hara@x.gov")
    export(MoodleExporter, the_class(odd), tmp_path / "m.csv")
    (row,) = rows(tmp_path / "m.csv")
    assert (row["First name"], row["Last name"], row["Email address"]) == ("'=1+1", "O'Hara", "o'hara@x.gov")
