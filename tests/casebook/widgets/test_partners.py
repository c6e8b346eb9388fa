from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casebook import answers
from casebook.answers import FILE_NAME
from casebook.content import ITEMS_FILE, ContentMissing
from casebook.desk import Desk
from casebook.partner_map import MODULE
from casebook.widgets.partners import PartnersPanel
from tests.casebook.widgets.page import Page

ONE = "partner-aaaaaaaa"
OTHER = "partner-bbbbbbbb"
HAVEN = {"organization": "Haven", "phone": "555 0100"}


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return page_at(tmp_path)


def page_at(folder: Path, module: str = "first-contact") -> Page:
    return Page(PartnersPanel(Desk(folder, lambda: datetime(2026, 3, 1, 12, tzinfo=UTC)), module))


def kept(folder: Path) -> list[tuple[str, str, Any]]:
    book = answers.read(folder / FILE_NAME)
    assert book.unreadable == ()
    return [(answer.module, answer.id, answer.given) for answer in book.answers]


def names(view: dict[str, Any]) -> list[str]:
    return [one["given"]["organization"] for one in view["partners"]]


def test_at_first_nothing_is_recorded(page: Page, tmp_path: Path):
    assert (page.panel.view["type"], page.panel.view["partners"]) == ("partners", [])
    assert kept(tmp_path) == []


def test_a_partner_is_on_disk_before_the_page_hears_of_it(page: Page, tmp_path: Path):
    view = page.done("save", id=ONE, partner=HAVEN)["view"]
    assert b"555 0100" in page.on_disk[-1]
    assert kept(tmp_path) == [(MODULE, ONE, HAVEN)]
    assert names(view) == ["Haven"]
    assert view == page.panel.view


def test_a_partner_that_is_sent_again_is_recorded_once(page: Page, tmp_path: Path):
    first = page.done("save", id=ONE, partner=HAVEN)["view"]
    assert page.done("save", id=ONE, partner=HAVEN)["view"] == first
    assert len(kept(tmp_path)) == 1


def test_a_partner_is_changed_and_what_it_was_stays_in_the_file(page: Page, tmp_path: Path):
    page.done("save", id=ONE, partner=HAVEN)
    page.done("save", id=OTHER, partner={"organization": "Court"})
    view = page.done("save", id=ONE, partner={"organization": "Haven House"})["view"]
    assert names(view) == ["Haven House", "Court"]
    assert [given for _, key, given in kept(tmp_path) if key == ONE] == [HAVEN, {"organization": "Haven House"}]


def test_a_partner_is_taken_out_and_put_back_with_everything(page: Page, tmp_path: Path):
    before = page.done("save", id=ONE, partner=HAVEN)["view"]
    for _ in range(2):
        assert page.done("take-out", id=ONE)["view"]["partners"] == []
    for _ in range(2):
        assert page.done("put-back", id=ONE)["view"] == before
    assert [given for _, _, given in kept(tmp_path)] == [HAVEN, {"removed": True}, HAVEN]


def test_taking_out_what_is_not_there_keeps_nothing(page: Page, tmp_path: Path):
    page.done("take-out", id=ONE)
    assert kept(tmp_path) == []


def test_there_is_nothing_to_put_back_where_nothing_was(page: Page, tmp_path: Path):
    assert "nothing to put back" in page.refused("put-back", id=ONE)
    assert kept(tmp_path) == []


def test_the_list_is_the_same_in_every_lesson(page: Page, tmp_path: Path):
    other = page_at(tmp_path, "working-together")
    page.done("save", id=ONE, partner=HAVEN)
    assert names(other.done("save", id=OTHER, partner={"organization": "Court"})["view"]) == ["Haven", "Court"]
    assert names(page.done("refresh")["view"]) == ["Haven", "Court"]


def test_what_is_typed_in_one_lesson_is_not_taken_for_anothers(page: Page, tmp_path: Path):
    assert page.panel.key != page_at(tmp_path, "working-together").panel.key


def test_what_is_taken_along_is_of_the_day_and_of_the_list(page: Page):
    view = page.done("save", id=ONE, partner=HAVEN)["view"]
    assert "Printed March 1, 2026" in view["plan"]
    assert "Haven" in view["plan"]
    assert view["csv"]["name"] == "my-partners.csv"
    assert "Haven,Not sure yet,,,555 0100" in view["csv"]["text"]


def test_what_is_no_partner_is_refused_in_plain_words(page: Page, tmp_path: Path):
    assert page.refused("save", id=ONE, partner={"organization": " "}) == "Write the organization's name first."
    assert kept(tmp_path) == []


@pytest.mark.parametrize(
    "event",
    [
        {"type": "nonsense"},
        {"type": "save"},
        {"type": "save", "id": ONE},
        {"type": "save", "partner": HAVEN},
        {"type": "save", "id": "tiny-owner", "partner": HAVEN},
        {"type": "save", "id": ["a"], "partner": HAVEN},
        {"type": "take-out"},
        {"type": "take-out", "id": "tiny-owner"},
        {"type": "put-back", "id": 1},
    ],
)
def test_what_is_nothing_to_do_is_refused(page: Page, tmp_path: Path, event: dict[str, Any]):
    assert page.refused(**event) == "You can't do that here."
    assert kept(tmp_path) == []


def test_a_damaged_line_is_passed_over(page: Page, tmp_path: Path):
    page.done("save", id=ONE, partner=HAVEN)
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(
            b'{"torn\n{"v": 1, "at": "", "module": "partner-map", "id": "partner-aaaaaaaa", "given": {"x": 1}}\n'
        )
    assert names(page.done("refresh")["view"]) == ["Haven"]


def test_beside_a_check_nothing_can_be_recorded(tmp_path: Path):
    (tmp_path / ITEMS_FILE).write_text("{}")
    with pytest.raises(ContentMissing, match="in the lessons"):
        page_at(tmp_path)


def test_a_folder_that_has_become_a_checks_takes_no_partner(page: Page, tmp_path: Path):
    (tmp_path / ITEMS_FILE).write_text("{}")
    assert "in the lessons" in page.refused("save", id=ONE, partner=HAVEN)
    assert kept(tmp_path) == []


def test_where_it_cannot_be_written_nothing_changes_and_it_is_said(page: Page, monkeypatch: pytest.MonkeyPatch):
    def failing(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", failing)
    assert "can't be written to" in page.refused("save", id=ONE, partner=HAVEN)
    assert page.panel.view["partners"] == []
