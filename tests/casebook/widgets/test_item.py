from __future__ import annotations

import errno
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from casebook import answers, content
from casebook.answers import FILE_NAME
from casebook.desk import Desk
from casebook.kinds import KINDS
from casebook.kinds.base import Kind
from casebook.widgets.item import ItemPanel, PracticePanel
from tests.casebook.widgets.page import Page

OWNER, RETURN = "tiny-owner", "tiny-return"
WHO, WHICH = "tiny-p-who", "tiny-p-which"


@pytest.fixture
def graded(check_folder: Path, tmp_path: Path) -> Page:
    return graded_at(Desk(tmp_path), check_folder)


def graded_at(desk: Desk, check_folder: Path, item: str = OWNER) -> Page:
    return Page(ItemPanel(desk, "tiny", content.check("tiny", check_folder).items[item]))


@pytest.fixture
def practice(lesson_folder: Path, tmp_path: Path) -> Page:
    return practice_at(Desk(tmp_path), lesson_folder)


def practice_at(desk: Desk, lesson_folder: Path, item: str = WHO) -> Page:
    lesson = content.lesson("tiny", lesson_folder)
    return Page(PracticePanel(desk, "tiny", lesson.practice[item], lesson.points))


def kept(folder: Path) -> list[Any]:
    return [answer.given for answer in answers.read(folder / FILE_NAME).answers]


def test_a_new_item_shows_no_answer(graded: Page):
    view = graded.panel.view
    assert (view["type"], view["id"], view["graded"]) == ("item", OWNER, True)
    assert view["given"] is None
    assert view["saved_at"] is None


def test_a_panel_names_its_place(graded: Page, tmp_path: Path):
    assert graded.panel.key == f"{tmp_path}|tiny|{OWNER}"


def test_an_answer_is_kept_and_its_time_told(graded: Page, tmp_path: Path):
    reply = graded.done("answer", given={"choice": "b"})
    (answer,) = answers.read(tmp_path / FILE_NAME).answers
    assert (answer.module, answer.id, answer.given) == ("tiny", OWNER, {"choice": "b"})
    assert reply == {"at": answer.at}


def test_an_answer_is_on_disk_before_the_page_hears_of_it(graded: Page):
    graded.done("answer", given={"choice": "b"})
    assert b'{"choice": "b"}, ' in graded.on_disk[0]
    assert graded.on_disk[0].endswith(b"}\n")


def test_the_page_hears_of_it_before_the_view_is_made_anew(graded: Page, monkeypatch: pytest.MonkeyPatch):
    heard: list[int] = []
    monkeypatch.setattr(graded.panel, "refresh", lambda: heard.append(len(graded.heard)))
    graded.done("answer", given={"choice": "b"})
    assert heard == [1]


def test_an_answer_that_is_kept_is_called_so_even_where_the_view_cannot_be_made_anew(
    graded: Page, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
):
    monkeypatch.setattr(graded.panel, "current", lambda: 1 / 0)
    graded.done("answer", given={"choice": "b"})
    assert kept(tmp_path) == [{"choice": "b"}]
    assert OWNER in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_view_goes_to_the_page_with_its_panel_and_not_after_it(
    check_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    sent: list[object] = []
    monkeypatch.setattr(ItemPanel, "send_state", lambda _panel, key=None: sent.append(key))
    panel = graded_at(Desk(tmp_path), check_folder).panel
    assert "view" not in sent
    panel.view = {**panel.view, "hint": "Another."}
    assert sent[-1] == "view"


def test_an_answer_is_on_disk_before_it_is_shown(graded: Page, tmp_path: Path):
    shown: list[list[Any]] = []
    graded.panel.observe(lambda _change: shown.append(kept(tmp_path)), "view")
    graded.done("answer", given={"choice": "b"})
    assert shown == [[{"choice": "b"}]]


def test_what_was_given_is_shown_again(graded: Page, check_folder: Path, tmp_path: Path):
    reply = graded.done("answer", given={"choice": "b"})
    for panel in (graded.panel, graded_at(Desk(tmp_path), check_folder).panel):
        assert panel.view["given"] == {"choice": "b"}
        assert panel.view["saved_at"] == reply["at"]


def test_an_answer_can_be_changed(graded: Page, tmp_path: Path):
    graded.done("answer", given={"choice": "b"})
    graded.done("answer", given={"choice": "a"})
    assert graded.panel.view["given"] == {"choice": "a"}
    assert kept(tmp_path) == [{"choice": "b"}, {"choice": "a"}]


def test_an_answer_of_another_module_is_not_shown(graded: Page, tmp_path: Path):
    Desk(tmp_path).keep("other", OWNER, {"choice": "b"})
    graded.panel.refresh()
    assert graded.panel.view["given"] is None


def test_an_answer_that_no_longer_fits_is_not_shown(graded: Page, tmp_path: Path):
    Desk(tmp_path).keep("tiny", OWNER, {"choice": "z"})
    graded.panel.refresh()
    assert graded.panel.view["given"] is None
    assert graded.panel.view["saved_at"] is None


def edited(tmp_path: Path, check_folder: Path, item: str = OWNER, **changes: Any) -> dict[str, Any]:
    """The view of an item with changes to its public part, at the desk of ``tmp_path``."""
    public = content.check("tiny", check_folder).items[item]
    return ItemPanel(Desk(tmp_path), "tiny", {**public, **changes}).view


def test_an_older_answer_that_fits_no_more_is_kept_and_told_of(graded: Page, check_folder: Path, tmp_path: Path):
    at = graded.done("answer", given={"choice": "c"})["at"]
    fewer = content.check("tiny", check_folder).items[OWNER]["options"][:2]
    view = edited(tmp_path, check_folder, options=fewer)
    assert (view["given"], view["saved_at"]) == (None, None)
    assert view["changed"]["at"] == at
    assert "That answer is kept. Please answer again." in view["changed"]["said"]
    assert kept(tmp_path) == [{"choice": "c"}]


def test_an_answer_to_other_words_stands_and_its_question_is_said_to_be_reworded(
    graded: Page, check_folder: Path, tmp_path: Path
):
    at = graded.done("answer", given={"choice": "b"})["at"]
    view = edited(tmp_path, check_folder, stem="Asked in other words?")
    assert (view["given"], view["saved_at"]) == ({"choice": "b"}, at)
    assert view["changed"]["at"] == at
    assert "Your answer still counts." in view["changed"]["said"]


def test_answering_again_answers_the_question_as_it_is_now(check_folder: Path, tmp_path: Path):
    Desk(tmp_path).keep("tiny", OWNER, {"choice": "b"}, "other")
    page = graded_at(Desk(tmp_path), check_folder)
    assert page.panel.view["changed"]
    page.done("answer", given={"choice": "b"})
    assert page.panel.view["changed"] is None


def test_nothing_is_said_of_an_answer_from_before_revisions_were_kept(graded: Page, tmp_path: Path):
    Desk(tmp_path).keep("tiny", OWNER, {"choice": "b"})
    graded.panel.refresh()
    assert (graded.panel.view["given"], graded.panel.view["changed"]) == ({"choice": "b"}, None)


def test_nothing_is_said_of_an_answer_that_was_taken_back(check_folder: Path, tmp_path: Path):
    Desk(tmp_path).keep("tiny", RETURN, {"choices": []}, "other")
    assert graded_at(Desk(tmp_path), check_folder, RETURN).panel.view["changed"] is None


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kinds_answers_are_kept_or_refused_in_its_own_words(kind: Kind, tmp_path: Path):
    item, examples = kind.examples()
    public = item.public()
    page = Page(ItemPanel(Desk(tmp_path), "tiny", public))
    for example in examples:
        if example.refused:
            assert page.refused("answer", given=example.given) == kind.problem(public, example.given)
        else:
            page.done("answer", given=example.given)
    assert kept(tmp_path) == [example.given for example in examples if not example.refused]


@pytest.mark.parametrize(
    "event",
    [
        {"type": "check", "given": {"choice": "b"}},
        {"type": "begin"},
        {"type": "answer"},
        {"type": "answer", "given": None},
        {"type": "answer", "given": "b"},
        {"type": "answer", "given": ["b"]},
        {"type": None, "given": {"choice": "b"}},
    ],
)
def test_what_is_no_answer_to_a_graded_item_is_refused(graded: Page, tmp_path: Path, event: dict[str, Any]):
    assert graded.refused(**event) == "That isn't an answer."
    assert kept(tmp_path) == []


@pytest.mark.parametrize("event", [None, "answer", ["answer"], 1])
def test_what_is_no_event_at_all_is_passed_over(graded: Page, event: object):
    graded.panel._received(graded.panel, event, [])
    assert graded.heard == []


def test_an_event_without_a_number_is_answered_without_one(graded: Page):
    graded.panel._received(graded.panel, {"type": "answer", "given": {"choice": "b"}}, [])
    (reply,) = graded.heard
    assert (reply["type"], reply["number"]) == ("done", None)


def test_the_page_is_heard_through_the_panels_own_line(graded: Page):
    graded.panel._handle_custom_msg({"type": "answer", "given": {"choice": "b"}, "number": "7"}, [])
    assert [reply["number"] for reply in graded.heard] == ["7"]


@pytest.mark.parametrize(
    ("code", "words"), [(errno.EROFS, "can't be written"), (errno.EACCES, "can't be"), (errno.ENOSPC, "disk is full")]
)
def test_in_a_folder_that_cannot_be_written_an_answer_is_refused_in_plain_words(
    graded: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
):
    def failing(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as read_only:
        read_only.setattr(os, "open", failing)
        assert words in graded.refused("answer", given={"choice": "b"})
    assert graded.panel.view["given"] is None
    assert kept(tmp_path) == []
    graded.done("answer", given={"choice": "b"})


def test_an_answer_that_does_not_reach_the_disk_is_refused(graded: Page, monkeypatch: pytest.MonkeyPatch):
    def failing(_handle: int) -> None:
        raise OSError(errno.EIO, "broken disk")

    monkeypatch.setattr(os, "fsync", failing)
    assert "broken disk" in graded.refused("answer", given={"choice": "b"})


def test_a_folder_that_is_gone_is_said(check_folder: Path, tmp_path: Path):
    page = graded_at(Desk(tmp_path / "gone"), check_folder)
    assert "moved or deleted" in page.refused("answer", given={"choice": "b"})


def test_one_event_at_a_time_is_handled_at_a_desk(graded: Page, monkeypatch: pytest.MonkeyPatch):
    lock, others = graded.panel.desk.lock, []

    def keeping(*_: object, **_flags: object) -> None:
        with ThreadPoolExecutor(1) as another_page:
            others.append(another_page.submit(lock.acquire, blocking=False).result())

    monkeypatch.setattr(graded.panel.desk, "keep", keeping)
    graded.ask("answer", given={"choice": "b"})
    assert others == [False]
    assert lock.acquire(blocking=False)  # and it is let go again


def test_whatever_else_goes_wrong_is_refused_and_logged(
    graded: Page, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(graded.panel.desk, "keep", lambda *_, **_flags: 1 / 0)
    message = graded.refused("answer", given={"choice": "b"})
    assert message == "Something went wrong in the course. Choose Try again."
    assert OWNER in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_two_panels_in_one_folder_keep_both_their_answers(check_folder: Path, tmp_path: Path):
    one = graded_at(Desk(tmp_path), check_folder, OWNER)
    other = graded_at(Desk(tmp_path), check_folder, RETURN)
    one.done("answer", given={"choice": "b"})
    other.done("answer", given={"choices": ["a"]})
    one.panel.refresh()
    assert one.panel.view["given"] == {"choice": "b"}
    assert other.panel.view["given"] == {"choices": ["a"]}


def test_two_panels_of_one_item_come_to_show_the_same(check_folder: Path, tmp_path: Path):
    one, other = (graded_at(Desk(tmp_path), check_folder) for _ in range(2))
    one.done("answer", given={"choice": "b"})
    other.done("answer", given={"choice": "c"})
    one.panel.refresh()
    assert one.panel.view == other.panel.view


def test_a_page_holds_no_key_before_it_is_asked_for(practice: Page):
    page = json.dumps(practice.panel.get_state(), default=str)
    assert "It is theirs to lend." not in page
    assert '"right"' not in page


def test_practice_is_not_graded(practice: Page):
    assert practice.panel.view["graded"] is False


def test_a_practice_answer_is_kept_without_feedback(practice: Page, tmp_path: Path):
    reply = practice.done("answer", given={"choice": "a"})
    assert reply.keys() == {"at"}
    assert kept(tmp_path) == [{"choice": "a"}]


def test_a_checked_answer_is_kept_and_then_its_feedback_given(practice: Page, tmp_path: Path):
    reply = practice.done("check", given={"choice": "b"})
    assert kept(tmp_path) == [{"choice": "b"}]
    assert reply["at"] == practice.panel.view["saved_at"]
    assert reply["feedback"]["right"] is True
    assert [point["name"] for point in reply["feedback"]["points"]] == ["The owner is asked first"]


def test_no_feedback_on_an_answer_that_was_not_kept(practice: Page, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "write", lambda *_: 0)
    assert "The disk is full" in practice.refused("check", given={"choice": "b"})


@pytest.mark.parametrize("event", [{"type": "check"}, {"type": "check", "given": None}, {"type": "nonsense"}])
def test_what_cannot_be_checked_is_refused(practice: Page, tmp_path: Path, event: dict[str, Any]):
    assert practice.refused(**event) == "That isn't an answer."
    assert kept(tmp_path) == []


def test_several_options_can_be_unticked_again(lesson_folder: Path, tmp_path: Path):
    page = practice_at(Desk(tmp_path), lesson_folder, WHICH)
    page.done("answer", given={"choices": ["a"]})
    page.done("answer", given={"choices": []})
    assert page.panel.view["given"] == {"choices": []}


def test_an_answer_that_was_overtaken_on_its_way_does_not_stand_last(graded: Page, tmp_path: Path):
    for order, choice in ((1, "a"), (3, "c"), (2, "b")):
        graded.done("answer", given={"choice": choice}, page="p", order=order)
    assert kept(tmp_path) == [{"choice": "a"}, {"choice": "c"}]


def test_what_was_overtaken_by_an_answer_that_could_not_be_kept_is_not_called_done(
    graded: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as full_disk:
        full_disk.setattr(os, "write", lambda *_: 0)
        graded.refused("answer", given={"choice": "b"}, page="p", order=2)
    late = graded.ask("answer", given={"choice": "a"}, page="p", order=1)
    assert late["type"] == "refused" or kept(tmp_path) == [{"choice": "a"}]


def test_pages_overtake_only_themselves(graded: Page, tmp_path: Path):
    for page, order, choice in (("p", 5, "a"), ("q", 1, "b")):
        graded.done("answer", given={"choice": choice}, page=page, order=order)
    assert kept(tmp_path) == [{"choice": "a"}, {"choice": "b"}]
