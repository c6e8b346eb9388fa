from __future__ import annotations

import csv
import io

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.exports import sheets

RUN = ["=1+1", "@SUM(A1)", "+1+1", "-1+1", "=cmd|' /C calc'!A0", "\uff1d1+1"]


@pytest.mark.parametrize("cell", RUN)
def test_what_a_spreadsheet_would_run_is_words(cell: str):
    assert sheets.words(cell) == f"'{cell}"


def test_what_would_run_behind_a_tab_or_a_line_end_is_words_too():
    assert sheets.words("\t=1+1") == sheets.words("\r\n=1+1") == "'=1+1"


@pytest.mark.parametrize("name", ["Ana", "O'Malley", "Zoë Łukasz", "de la Cruz, Ana"])
def test_names_stay_as_they_are(name: str):
    assert sheets.words(name) == name


@pytest.mark.parametrize("id", ["ana", "ana.ruiz@example.gov", "o'malley@example.gov", "007", "a b", "x-1+2"])
def test_an_id_is_given_to_the_letter(id: str):
    assert sheets.identifier(id) == id


@pytest.mark.parametrize("id", [*RUN, "+ana@example.gov", "a\tb", "a\nb"])
def test_an_id_that_would_be_worked_out_is_left_out_and_never_altered(id: str):
    assert sheets.identifier(id) == ""


@given(st.text())
def test_no_cell_begins_with_what_is_run(text: str):
    harmless = ("+", "-")  # a phone number, a dash: casebook.partner_sheets has those
    assert not sheets.words(text).startswith(("=", "@", "\t", "\r"))
    assert not sheets.identifier(text).startswith(("=", "@", "\t", "\r", *harmless))


@pytest.mark.parametrize(
    ("marks", "told"), [(7, "7"), (7.5, "7.5"), (1 / 3, "0.33"), (100, "100"), (0, "0"), (0.004, "0")]
)
def test_marks_have_a_point_and_two_places_at_most(marks: float, told: str):
    assert sheets.number(marks) == told


@given(st.lists(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2)))
def test_a_file_is_read_back_as_it_was_written(rows: list[list[str]]):
    read = list(csv.reader(io.StringIO(sheets.csv_bytes(rows).decode(), newline="")))
    assert read == rows


def test_a_file_is_read_by_pandas_too():
    table = pandas.read_csv(io.BytesIO(sheets.csv_bytes([["Name", "Marks"], ["Ruiz, Ana", "7.5"]])))
    assert table.to_dict("records") == [{"Name": "Ruiz, Ana", "Marks": 7.5}]
