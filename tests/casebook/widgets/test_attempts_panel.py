"""The end of a check in a class: another attempt, begun and undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook import alone, attempts, results, static
from casebook.answers import FILE_NAME
from casebook.desk import Desk
from casebook.widgets.overview import HandingInPanel, ModulesPanel
from tests.casebook.test_attempts import PAGE, page
from tests.casebook.widgets.page import Page

OPEN = "Your instructor has opened another attempt."


@pytest.fixture(autouse=True)
def in_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(alone.VARIABLE, raising=False)


@pytest.fixture
def end(check_folder: Path) -> Page:
    return Page(HandingInPanel(Desk(check_folder), "tiny"))


def keep(folder: Path) -> None:
    Desk(folder).keep("tiny", "tiny-owner", {"choice": "b"})


def test_another_attempt_is_offered_quietly_where_no_page_says_that_it_is_open(end: Page):
    assert end.panel.view["attempts"] == {"said": "", "since": "", "next": 2, "open": False, "back": False}


def test_a_fetched_page_says_that_it_is_open(end: Page, check_folder: Path):
    page(check_folder, PAGE.format(2))
    assert end.done("refresh")["view"]["attempts"] == {"said": "", "since": "", "next": 2, "open": True, "back": False}
    assert OPEN in static.to_text(end.panel.view)
    assert OPEN in static.to_html(end.panel.view)


def test_it_is_begun_once_however_often_it_is_asked_for_and_undone_until_it_has_an_answer(
    end: Page, check_folder: Path
):
    page(check_folder, PAGE.format(2))
    keep(check_folder)
    for _ in range(2):
        view = end.done("begin", attempt=2)["view"]
        assert view["said"].startswith("0 of 2 questions answered.")
        assert view["attempts"] == {
            "said": "This is attempt 2. Your earlier answers are kept.",
            "since": "",
            "next": 3,
            "open": False,
            "back": True,
        }
    assert end.done("back")["view"]["attempts"]["next"] == 2
    assert end.panel.view["said"].startswith("1 of 2")
    end.done("begin", attempt=2)
    keep(check_folder)
    another = end.done("refresh")["view"]["attempts"]
    assert (another["back"], bool(another["since"])) == (False, True)
    before = (check_folder / FILE_NAME).read_bytes()
    end.done("back")
    assert (check_folder / FILE_NAME).read_bytes() == before


def test_going_back_never_costs_a_line_that_cannot_be_read(end: Page, check_folder: Path):
    keep(check_folder)
    end.done("begin", attempt=2)
    (check_folder / FILE_NAME).write_bytes(b'{"torn')
    assert not end.done("refresh")["view"]["attempts"]["back"]


def test_after_the_last_possible_attempt_none_is_offered(end: Page, check_folder: Path):
    attempts.begin(check_folder, attempts.LARGEST)
    assert end.done("refresh")["view"]["attempts"]["next"] is None
    end.done("begin", attempt=attempts.LARGEST + 1)
    assert len(results.put_away(check_folder)) == 1


def test_alone_there_is_none_of_it(check_folder: Path, monkeypatch: pytest.MonkeyPatch, small: Path):
    monkeypatch.setenv(alone.VARIABLE, str(small))
    end = Page(HandingInPanel(Desk(check_folder), "tiny"))
    assert end.panel.view["attempts"] is None
    keep(check_folder)
    for event in ({"type": "begin", "attempt": 2}, {"type": "back"}):
        assert end.refused(**event) == "You can't do that here."
    assert results.put_away(check_folder) == ()


def test_the_start_page_names_the_check(lesson_folder: Path):
    page(lesson_folder / "tiny", PAGE.format(2))
    start = Page(ModulesPanel(Desk(lesson_folder)))
    assert [row["again"] for row in start.panel.view["modules"]] == [True, False]
    assert static.to_text(start.panel.view).count("another attempt at the check is open") == 1
    assert static.to_html(start.panel.view).count("another attempt at the check is open") == 1
    attempts.begin(lesson_folder / "tiny", 2)
    assert not any(row["again"] for row in start.done("refresh")["view"]["modules"])
