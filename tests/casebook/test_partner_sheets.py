from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import partner_map
from casebook.answers import Answer, Book
from casebook.partner_map import ASKED, MODULE, Partner
from casebook.partner_sheets import contact_plan, guarded, to_csv
from tests.casebook.test_partner_map import PARTNERS
from tests.casebook.test_static import Outline

DAY = date(2026, 3, 1)
NASTY = "</title><script>alert('1')</script>\"&"


def rows(text: str) -> list[list[str]]:
    """The rows as a program reads them that knows nothing of us."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def cells(one: Partner) -> list[str]:
    return [asked.words(getattr(one, asked.name)) for asked in ASKED]


def entry(plan: str, name: str) -> str:
    """What the plan says of one partner."""
    (found,) = [part for part in re.findall(r"<section>.*?</section>", plan) if f"<h3>{escape(name)}</h3>" in part]
    return str(found)


def test_a_file_without_partners_is_its_head():
    assert to_csv([]) == (
        "\ufeffOrganization,Kind of organization,What they do,Person or desk to ask for,Phone,"
        "E-mail or web address,Who calls first?,When?\r\n"
    )


def test_a_file_is_made_as_spreadsheets_expect_it():
    text = to_csv([Partner(organization='Größe, "so"', does="one\ntwo", kind="system", first="me")])
    assert text.encode().startswith(b"\xef\xbb\xbf")
    assert text.splitlines(keepends=True)[1:] == [
        '"Größe, ""so""",Systems-based (part of a justice agency),"one\n',
        'two",,,,I call them,\r\n',
    ]


@pytest.mark.parametrize("start", ["=", "@", "\t", "\r", "＝", "＠", "＋", "－"])  # noqa: RUF001
def test_what_a_spreadsheet_might_run_is_words(start: str):
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(
    "cell", ["+cmd|' /C calc'!A0", "-2+3", "+1-555-0100", "+15550100", "- by night only", "+", "-1"]
)
def test_what_would_be_worked_out_is_words(cell: str):
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    ["", "+1 555 0100", "+44 (0)20 5550 100", "+49.555.0100", "555-0100", "(555) 555-0100", "-", "--", "'x", "a=b"],
)
def test_phone_numbers_and_dashes_stay_as_they_were_typed(cell: str):
    assert guarded(cell) == cell


@given(st.lists(PARTNERS, max_size=5))
def test_what_was_recorded_is_in_the_file_cell_by_cell(recorded: list[Partner]):
    book = Book(
        tuple(Answer(MODULE, f"partner-{n:08}", partner_map.given(one), "now") for n, one in enumerate(recorded))
    )
    head, *told = rows(to_csv(tuple(partner_map.recorded(book).values())))
    assert head == [asked.label for asked in ASKED]
    assert told == [[guarded(cell) for cell in cells(one)] for one in recorded]
    assert not [cell for row in told for cell in row if cell.startswith(("=", "@"))]


def test_a_plan_says_whom_to_call_first_and_when():
    plan = contact_plan(
        [
            Partner(organization="Open"),
            Partner(organization="Theirs", first="them"),
            Partner(organization="Mine", first="me", when="By Friday", phone="+1 555 0100"),
            Partner(organization="Mine too", first="me"),
        ],
        DAY,
    )
    assert re.findall(r"<h[123]>(.*?)</h[123]>", plan) == [
        "My contact plan",
        "I call first",
        "Mine",
        "Mine too",
        "They call first",
        "Theirs",
        "Still to agree: who calls first, and when",
        "Open",
    ]
    assert "Printed March 1, 2026" in plan
    assert "Check these numbers every six months." in plan
    assert "Never write a victim" in plan
    assert "<dl><dt>When?</dt><dd>By Friday</dd>" in entry(plan, "Mine")
    assert "<dt>Phone</dt><dd>+1 555 0100</dd>" in entry(plan, "Mine")


def test_what_is_not_known_yet_is_a_line_to_fill_in_by_hand():
    whole = Partner(
        organization="Whole", kind="system", does="a", contact="b", phone="c", address="d", first="me", when="e"
    )
    plan = contact_plan([whole, Partner(organization="Empty")], DAY)
    assert "line" not in entry(plan, "Whole")
    assert entry(plan, "Empty").count('<span class="line long">') == 6
    assert "<dt>Who calls first?</dt><dd><span>☐ I call them</span> <span>☐ They call me</span></dd>" in plan


@given(PARTNERS)
def test_every_word_of_a_partner_is_in_the_plan(one: Partner):
    told = unescape(contact_plan([one], DAY))
    for asked in ASKED:
        assert asked.choices or getattr(one, asked.name) in told


def test_a_plan_runs_nothing_and_loads_nothing():
    fields = {asked.name: NASTY for asked in ASKED if not asked.choices}
    plan = contact_plan([Partner(**fields)], DAY)
    assert "default-src 'none'" in plan
    assert plan.count(escape(NASTY)) == len(fields)
    body = plan[plan.index("<body>") : plan.index("</html>")]
    assert Outline(body).tags == {"body", "h1", "h2", "h3", "p", "section", "dl", "dt", "dd", "span", "footer"}
    assert not re.search(r"<script|<link|<iframe|<img|@import|url\(|https?://|src=|\son\w+=", plan)
