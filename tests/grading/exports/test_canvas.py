from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pandas
import pytest

from grading.exports.canvas import CanvasExporter
from grading.refused import Refused
from tests.grading.exports.made import COURSE, export, handed_in, the_class, trainee

ANA = trainee(
    "ana", handed_in("ana", "one", (3, 4), (0, 4), penalty=1), first="Ana", last="Ruiz", email="a@x.gov", lms="17"
)
BEN = trainee("ben", handed_in("ben", "one", (4, 4), (4, 4)), handed_in("ben", "two", (1, 1), waits=True), lms="sis-9")


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_columns_and_the_points_possible_stand_as_canvas_takes_them(tmp_path: Path):
    export(CanvasExporter, the_class(ANA, BEN), tmp_path / "c.csv")
    assert rows(tmp_path / "c.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lending", "Returning"],
        ["    Points Possible", "", "", "", "", "8", "3"],
        ["Ruiz, Ana", "17", "", "ana", "", "2", ""],
        ["ben", "", "sis-9", "ben", "", "8", ""],
    ]


def test_canvass_own_reading_of_its_headings_finds_every_column(tmp_path: Path):
    """The rules of its importer: the first two cells, the SIS columns, and the section last before the checks."""
    export(CanvasExporter, the_class(ANA, BEN), tmp_path / "c.csv")
    heading, points, *_ = rows(tmp_path / "c.csv")
    assert len(heading) > 3
    assert "Student" in heading[0]
    assert "ID" in heading[1]
    assert heading[2] == "SIS User ID"
    assert heading[3] == "SIS Login ID"
    assert "Section" in heading[4]
    assert "Points Possible" in points[0]
    assert (tmp_path / "c.csv").read_bytes()[:7] == b"Student"


def test_no_row_of_a_trainee_looks_like_one_that_is_none(tmp_path: Path):
    export(CanvasExporter, the_class(ANA, BEN), tmp_path / "c.csv")
    for row in rows(tmp_path / "c.csv")[2:]:
        assert "Points Possible" not in row[0]
        assert any(cell.strip() for cell in row)


def test_what_waits_is_left_out_and_said(tmp_path: Path):
    said = export(CanvasExporter, the_class(ANA, BEN), tmp_path / "c.csv")
    assert "two, waiting to be graded by hand: left out: ben (1)." in said
    export(CanvasExporter, the_class(ANA, BEN), tmp_path / "c.csv", unmarked=True)
    assert rows(tmp_path / "c.csv")[3][-1] == "1"


def test_who_has_no_number_of_canvass_is_named(tmp_path: Path):
    said = export(CanvasExporter, the_class(ANA, BEN), tmp_path / "c.csv")
    assert [line for line in said if line.startswith("Without Canvas's own number (lms_user_id): ben.")]


def test_an_assignment_that_is_there_is_named_with_its_number(tmp_path: Path):
    export(CanvasExporter, the_class(ANA), tmp_path / "c.csv", assignment_ids={"one": "4711"})
    assert rows(tmp_path / "c.csv")[0][-1] == "Lending (4711)"


def test_a_number_that_is_none_is_refused(tmp_path: Path):
    with pytest.raises(Refused, match="all digits"):
        export(CanvasExporter, the_class(ANA), tmp_path / "c.csv", assignment_ids={"one": "4711)"})


def test_a_title_that_canvas_would_pass_over_is_refused(tmp_path: Path):
    course = replace(COURSE, titles={"one": "Your Final Score", "two": "Returning"})
    with pytest.raises(Refused, match="ignores a column called 'Your Final Score'"):
        export(CanvasExporter, the_class(ANA, course=course), tmp_path / "c.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_login_may_be_the_address_and_a_section_is_named(tmp_path: Path):
    export(CanvasExporter, the_class(ANA), tmp_path / "c.csv", login="email", section="North")
    assert rows(tmp_path / "c.csv")[2][3:5] == ["a@x.gov", "North"]


def test_ids_that_a_spreadsheet_would_work_out_are_left_out(tmp_path: Path):
    odd = trainee("=1+1", handed_in("=1+1", "one", (1, 4)), first="@Ana", lms="-17")
    export(CanvasExporter, the_class(odd), tmp_path / "c.csv")
    assert rows(tmp_path / "c.csv")[2][:4] == ["'@Ana", "", "", ""]


def test_pandas_reads_the_numbers(tmp_path: Path):
    export(CanvasExporter, the_class(ANA, BEN), tmp_path / "c.csv")
    table = pandas.read_csv(tmp_path / "c.csv", skiprows=[1])
    assert table["Lending"].tolist() == [2, 8]
