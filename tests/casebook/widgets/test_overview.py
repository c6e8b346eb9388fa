from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casebook import view
from casebook.answers import FILE_NAME
from casebook.content import ContentMissing
from casebook.desk import Desk
from casebook.widgets.overview import AidsPanel, HandingInPanel, ModulesPanel
from tests.casebook.widgets.page import Page

PRACTICE = ("tiny-p-who", "tiny-p-which")


@pytest.fixture
def start(lesson_folder: Path) -> Page:
    return Page(ModulesPanel(Desk(lesson_folder)))


@pytest.fixture
def end(check_folder: Path) -> Page:
    return Page(HandingInPanel(Desk(check_folder), "tiny"))


def module(view: dict[str, Any]) -> dict[str, Any]:
    """The one module of the list that has a lesson."""
    row, _final = view["modules"]
    return dict(row)


def test_a_module_is_named_with_its_pages(start: Page):
    row = module(start.panel.view)
    assert (row["title"], row["lesson"], row["check"]) == ("Lending a ladder", "02-tiny.ipynb", "tiny/tiny-check.ipynb")
    assert (row["state"], row["answered"]) == ("Not started", "0 of 2 answered")


def test_progress_is_told_when_it_is_asked_for(start: Page, lesson_folder: Path):
    desk = Desk(lesson_folder)
    desk.keep("tiny", PRACTICE[0], {"choice": "b"})
    assert module(start.panel.view)["state"] == "Not started"
    view = start.done("refresh")["view"]
    assert module(view)["state"] == "1 of 3 steps done"
    assert view == start.panel.view


def test_a_module_is_done_with_its_last_step(start: Page, lesson_folder: Path):
    desk = Desk(lesson_folder)
    assert start.panel.view["next"] == module(start.panel.view)
    desk.keep("tiny", PRACTICE[0], {"choice": "b"})
    desk.keep("tiny", PRACTICE[1], {"choices": ["c"]})
    desk.keep("tiny", "the-ladder", {"playing": 0, "path": [], "skipped": True})
    view = start.done("refresh")["view"]
    assert (module(view)["state"], view["next"]) == ("Done", view["modules"][-1])


def test_the_final_has_no_lesson_and_is_done_with_its_last_answer_to_whatever_variants(
    start: Page, lesson_folder: Path
):
    check = Desk(lesson_folder / "last")
    check.folder.mkdir()
    final = start.panel.view["modules"][-1]
    assert (final["lesson"], final["answered"], final["state"]) == ("", "0 of 2 answered", "Not started")
    check.keep("last", "last-ask-b", {"choice": "b"})
    check.keep("last", "last-ask-a", {"choice": "b"})
    assert start.done("refresh")["view"]["modules"][-1]["answered"] == "1 of 2 answered"
    check.keep("last", "last-back-a", {"choices": ["a"]})
    final = start.done("refresh")["view"]["modules"][-1]
    assert (final["answered"], final["state"]) == ("2 of 2 answered", "Done")


def test_a_checks_answers_are_found_beside_the_check(start: Page, lesson_folder: Path):
    check = lesson_folder / "tiny"
    check.mkdir()
    Desk(check).keep("tiny", "tiny-owner", {"choice": "b"})
    assert module(start.done("refresh")["view"])["answered"] == "1 of 2 answered"


def test_whether_a_checks_page_is_here_is_told(start: Page, lesson_folder: Path):
    check = lesson_folder / "tiny"
    check.mkdir()
    assert module(start.done("refresh")["view"])["here"] is False
    for name in ("tiny-check.ipynb", "items.json"):
        (check / name).write_text("{}")
    assert module(start.done("refresh")["view"])["here"] is True
    (check / "tiny-check.ipynb").rename(check / "mine.ipynb")
    assert module(start.done("refresh")["view"])["here"] is False


def test_the_end_of_a_check_says_what_is_still_open(end: Page, check_folder: Path):
    desk = Desk(check_folder)
    assert end.panel.view["said"] == "0 of 2 questions answered. Still open: questions 1, 2."
    desk.keep("tiny", "tiny-owner", {"choice": "a"})
    view = end.done("refresh")["view"]
    assert (view["said"], view["complete"]) == ("1 of 2 questions answered. Still open: question 2.", False)
    desk.keep("tiny", "tiny-return", {"choices": ["a"]})
    view = end.done("refresh")["view"]
    assert (view["said"], view["complete"]) == ("All 2 questions answered.", True)


def test_the_end_of_a_check_of_one_question_speaks_of_one():
    assert view.handing_in("day", 1, (1,))["said"] == "You haven't answered the question yet."
    assert view.handing_in("day", 1, ())["said"] == "The question is answered."


def test_an_answer_that_was_taken_back_is_open_again(end: Page, check_folder: Path):
    desk = Desk(check_folder)
    desk.keep("tiny", "tiny-return", {"choices": ["a"]})
    desk.keep("tiny", "tiny-return", {"choices": []})
    assert "questions 1, 2" in end.done("refresh")["view"]["said"]


def test_an_answer_that_fits_no_more_is_open_again(end: Page, check_folder: Path):
    desk = Desk(check_folder)
    desk.keep("tiny", "tiny-owner", {"choice": "z"})
    desk.keep("tiny", "tiny-return", {"choices": ["a"]})
    assert "Still open: question 1." in end.done("refresh")["view"]["said"]


def test_an_answer_to_a_question_that_is_gone_is_kept_and_counts_nowhere(end: Page, check_folder: Path):
    desk = Desk(check_folder)
    desk.keep("tiny", "tiny-removed", {"choice": "a"})
    assert end.done("refresh")["view"]["said"].startswith("0 of 2")
    assert desk.last("tiny", "tiny-removed")


@pytest.mark.parametrize("event", ["begin", "answer", "nonsense"])
def test_there_is_nothing_else_to_ask_for(start: Page, end: Page, lesson_folder: Path, event: str):
    for page in (start, end):
        assert page.refused(event) == "You can't do that here."
    assert not (lesson_folder / FILE_NAME).exists()


def test_a_check_without_its_items_says_so(tmp_path: Path):
    with pytest.raises(ContentMissing, match="belongs next to this notebook"):
        HandingInPanel(Desk(tmp_path), "tiny")


def test_job_aids_are_shown_all_together_or_one_by_its_name(lesson_folder: Path):
    everything = AidsPanel(Desk(lesson_folder), "start").view
    assert everything == AidsPanel(Desk(lesson_folder), "tiny", "ladder-card").view
    assert everything["aids"] == [
        {"title": "May it be lent?", "about": "Before you carry a ladder away.", "path": "job-aids/ladder-card.html"}
    ]


def test_a_job_aid_that_is_not_there_is_said_in_plain_words(lesson_folder: Path):
    with pytest.raises(ContentMissing, match="no job aid called ladder-cart"):
        AidsPanel(Desk(lesson_folder), "tiny", "ladder-cart")
