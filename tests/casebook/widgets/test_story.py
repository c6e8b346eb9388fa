from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import answers, content, prose
from casebook.answers import FILE_NAME
from casebook.content import Lesson
from casebook.desk import Desk
from casebook.story import Telling
from casebook.widgets.story import StoryPanel
from tests.casebook.stories import STORY
from tests.casebook.widgets.page import Page

FRESH = {"playing": 0, "path": [], "skipped": False, "ended": None}


@pytest.fixture
def lesson(lesson_folder: Path) -> Lesson:
    return content.lesson("tiny", lesson_folder)


@pytest.fixture
def ladder(lesson: Lesson, tmp_path: Path) -> Page:
    return page_at(Desk(tmp_path), lesson)


def page_at(desk: Desk, lesson: Lesson) -> Page:
    return Page(StoryPanel(desk, "tiny", lesson.stories["the-ladder"], lesson.points))


def kept(folder: Path) -> list[Any]:
    book = answers.read(folder / FILE_NAME)
    assert book.unreadable == ()
    return [answer.given for answer in book.answers]


def play(page: Page, *choices: str) -> dict[str, Any]:
    """Begins, takes the choices, and gives the last view."""
    view = page.done("begin")["view"]
    for choice in choices:
        view = page.done("choose", step=view["step"], choice=choice)["view"]
    return view


def test_a_story_stands_at_its_cover_until_it_is_begun(ladder: Page, tmp_path: Path):
    assert (ladder.panel.view["phase"], ladder.panel.view["step"]) == ("cover", 0)
    assert kept(tmp_path) == []


def test_beginning_is_kept_and_leads_to_the_first_scene(ladder: Page, tmp_path: Path):
    view = play(ladder)
    assert (view["phase"], view["step"], view["scene"]["title"]) == ("scene", 0, "In the yard")
    assert kept(tmp_path) == [{**FRESH, "playing": 1}]


def test_beginning_twice_is_beginning_once(ladder: Page, tmp_path: Path):
    play(ladder, "ask")
    view = ladder.done("begin")["view"]
    assert view["step"] == 1
    assert len(kept(tmp_path)) == 2


def test_a_choice_is_kept_and_leads_on(ladder: Page, tmp_path: Path):
    view = play(ladder, "ask")
    assert (view["step"], view["scene"]["title"]) == (1, "In the street")
    assert kept(tmp_path)[-1] == {**FRESH, "playing": 1, "path": ["ask"]}


def test_a_choice_is_on_disk_before_the_page_hears_of_it(ladder: Page):
    play(ladder, "ask")
    assert b'"path": ["ask"]' in ladder.on_disk[-1]


def test_a_choice_is_on_disk_before_its_consequence_is_shown(ladder: Page, tmp_path: Path):
    play(ladder)
    shown: list[Any] = []
    ladder.panel.observe(lambda _change: shown.append(kept(tmp_path)[-1]["path"]), "view")
    ladder.done("choose", step=0, choice="ask")
    assert shown == [["ask"]]


def test_the_reply_is_what_the_panel_shows(ladder: Page):
    assert play(ladder, "ask") == ladder.panel.view


def test_a_choice_that_is_sent_again_is_not_taken_twice(ladder: Page, tmp_path: Path):
    first = play(ladder, "ask")
    again = ladder.done("choose", step=0, choice="ask")["view"]
    assert again == first
    assert len(kept(tmp_path)) == 2


def test_a_page_left_behind_changes_nothing_and_is_brought_up_to_date(ladder: Page, lesson: Lesson, tmp_path: Path):
    behind = page_at(Desk(tmp_path), lesson)
    play(ladder, "ask", "shelter")
    view = behind.done("choose", step=0, choice="take")["view"]
    assert view == ladder.panel.view
    assert prose.blocks_text(view["past"][0]["choice"]) == "Ask Ada for it."


def test_a_choice_from_a_page_that_is_ahead_is_not_taken(ladder: Page):
    play(ladder, "ask")
    assert ladder.done("choose", step=2, choice="truth")["view"]["step"] == 1


@pytest.mark.parametrize("choice", ["shelter", "nonsense", ""])
def test_a_choice_that_does_not_exist_is_refused(ladder: Page, tmp_path: Path, choice: str):
    play(ladder)
    assert "That choice isn't here anymore" in ladder.refused("choose", step=0, choice=choice)
    assert kept(tmp_path)[-1]["path"] == []


def test_a_choice_whose_condition_does_not_hold_is_refused(ladder: Page):
    play(ladder, "take", "leave")
    assert "That choice isn't here anymore" in ladder.refused("choose", step=2, choice="joke")


def test_nothing_can_be_chosen_at_the_end(ladder: Page):
    assert play(ladder, "ask", "shelter", "truth")["phase"] == "end"
    assert "That choice isn't here anymore" in ladder.refused("choose", step=3, choice="truth")


@pytest.mark.parametrize("before", [[], [{"type": "skip"}]], ids=["at the cover", "skipped"])
def test_nothing_is_chosen_before_the_story_is_begun(ladder: Page, before: list[dict[str, Any]]):
    for event in before:
        ladder.done(**event)
    ladder.ask("choose", step=0, choice="take")
    view = ladder.done("begin")["view"]
    assert (view["step"], view["past"]) == (0, [])


@pytest.mark.parametrize(
    "event",
    [
        {"type": "nonsense"},
        {"type": None},
        {"type": "answer", "given": {}},
        {"type": "choose", "choice": "ask"},
        {"type": "choose", "step": "0", "choice": "ask"},
        {"type": "choose", "step": 0},
        {"type": "choose", "step": 0, "choice": ["ask"]},
        {"type": "back"},
        {"type": "back", "step": None},
    ],
)
def test_what_is_nothing_to_do_is_refused(ladder: Page, tmp_path: Path, event: dict[str, Any]):
    play(ladder)
    assert ladder.refused(**event) == "You can't do that here."
    assert len(kept(tmp_path)) == 1


def test_a_skipped_story_says_so_and_can_be_played_after_all(ladder: Page, tmp_path: Path):
    assert ladder.done("skip")["view"]["phase"] == "skipped"
    assert kept(tmp_path) == [{**FRESH, "skipped": True}]
    assert ladder.done("begin")["view"]["phase"] == "scene"


@pytest.mark.parametrize(("step", "left"), [(2, ["ask", "shelter"]), (1, ["ask"]), (0, []), (-1, []), (-2, [])])
def test_going_back_is_playing_fewer_steps(ladder: Page, tmp_path: Path, step: int, left: list[str]):
    play(ladder, "ask", "shelter", "truth")
    view = ladder.done("back", step=step)["view"]
    assert (view["phase"], view["step"]) == ("scene", len(left))
    assert kept(tmp_path)[-1] == {**FRESH, "playing": 1, "path": left}


def test_going_back_to_where_one_stands_is_nothing_new(ladder: Page, tmp_path: Path):
    before = play(ladder, "ask", "shelter")
    assert ladder.done("back", step=5)["view"] == before
    assert len(kept(tmp_path)) == 3


def test_another_choice_can_be_made_after_going_back(ladder: Page):
    play(ladder, "ask", "shelter", "truth")
    ladder.done("back", step=1)
    assert ladder.done("choose", step=1, choice="leave")["view"]["step"] == 2


def test_playing_again_begins_in_the_next_telling(ladder: Page, tmp_path: Path):
    first = play(ladder, "ask", "shelter", "truth")["past"][0]["text"]
    view = ladder.done("again")["view"]
    assert (view["phase"], view["step"]) == ("scene", 0)
    assert view["scene"]["text"] != first
    assert kept(tmp_path)[-1] == {**FRESH, "playing": 2}
    third = ladder.done("again")["view"]
    assert third["scene"]["text"] == first  # the tellings go round


def test_playing_again_that_is_sent_again_begins_once(ladder: Page, tmp_path: Path):
    played = play(ladder, "ask", "shelter", "truth")["playing"]
    first = ladder.done("again", playing=played)["view"]
    assert first["playing"] == played + 1
    assert ladder.done("again", playing=played)["view"] == first
    assert kept(tmp_path)[-1]["playing"] == 2
    assert len(kept(tmp_path)) == 5
    assert ladder.done("again", playing=first["playing"])["view"]["playing"] == 3


def test_playing_again_that_is_sent_late_does_not_end_the_playing_that_came_of_it(ladder: Page):
    play(ladder, "ask", "shelter", "truth")
    ladder.done("again", playing=1)
    view = ladder.done("choose", step=0, choice="ask")["view"]
    assert ladder.done("again", playing=1)["view"] == view


def test_the_ending_is_kept_so_that_the_start_page_needs_no_story(ladder: Page, tmp_path: Path):
    play(ladder, "ask", "shelter")
    assert kept(tmp_path)[-1]["ended"] is None
    ladder.done("choose", step=2, choice="truth")
    assert kept(tmp_path)[-1]["ended"] == "friends"
    ladder.done("back", step=1)
    assert kept(tmp_path)[-1]["ended"] is None


def test_the_first_playing_is_of_the_first_telling(tmp_path: Path):
    three = replace(STORY, tellings=(Telling("one"), Telling("two", {"trust": 5}), Telling("three", {"trust": 5})))
    page = Page(StoryPanel(Desk(tmp_path), "tiny", three, {}))
    asked = [len(page.done(event)["view"]["scene"]["choices"]) for event in ("begin", "again", "again", "again")]
    assert asked == [2, 3, 3, 2]


def test_a_story_opened_again_stands_where_it_was_left(ladder: Page, lesson: Lesson, tmp_path: Path):
    view = play(ladder, "ask", "shelter")
    assert page_at(Desk(tmp_path), lesson).panel.view == view
    assert view["changed"] == ""


def test_a_story_that_was_edited_stands_as_far_as_its_path_still_fits(ladder: Page, lesson: Lesson, tmp_path: Path):
    play(ladder, "ask", "shelter")
    edited = lesson.stories["the-ladder"]
    street = edited.scenes["street"]
    renamed = replace(street, choices=tuple(replace(c, id=f"{c.id}-now") for c in street.choices))
    story = replace(edited, scenes={**edited.scenes, "street": renamed})
    again = Page(StoryPanel(Desk(tmp_path), "tiny", story, lesson.points))
    assert again.panel.view["step"] == 1
    assert "This story has changed since you played it." in again.panel.view["changed"]
    assert kept(tmp_path)[-1]["path"] == ["ask", "shelter"]
    assert again.done("choose", step=1, choice="shelter-now")["view"]["changed"] == ""
    assert kept(tmp_path)[-1]["path"] == ["ask", "shelter-now"]


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"choice": "a"},
        {"playing": 1, "path": ["ask"]},
        {"playing": True, "path": [], "skipped": False},
        {"playing": -1, "path": [], "skipped": False},
        {"playing": "1", "path": [], "skipped": False},
        {"playing": 1, "path": "ask", "skipped": False},
        {"playing": 1, "path": [1], "skipped": False},
        {"playing": 1, "path": [], "skipped": 0},
    ],
)
def test_what_is_kept_and_is_no_playing_counts_as_none(ladder: Page, tmp_path: Path, odd: dict[str, Any]):
    Desk(tmp_path).keep("tiny", "the-ladder", odd)
    ladder.panel.refresh()
    assert ladder.panel.view["phase"] == "cover"
    assert play(ladder, "ask")["step"] == 1


@pytest.mark.parametrize("event", [{"type": "begin"}, {"type": "skip"}, {"type": "again"}])
def test_in_a_folder_that_cannot_be_written_nothing_happens_and_it_is_said(
    ladder: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, event: dict[str, Any]
):
    def failing(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    before = ladder.panel.view
    monkeypatch.setattr(os, "open", failing)
    assert "can't be written to" in ladder.refused(**event)
    assert ladder.panel.view == before
    assert not (tmp_path / FILE_NAME).exists()


def test_a_choice_that_could_not_be_kept_is_not_taken(ladder: Page, monkeypatch: pytest.MonkeyPatch):
    before = play(ladder)
    with monkeypatch.context() as full_disk:
        full_disk.setattr(os, "write", lambda *_: 0)
        ladder.refused("choose", step=0, choice="ask")
    assert ladder.panel.view == before
    assert ladder.done("choose", step=0, choice="ask")["view"]["step"] == 1


_EVENTS = st.one_of(
    st.sampled_from([{"type": "begin"}, {"type": "again"}, {"type": "skip"}, {"type": "nonsense"}]),
    st.builds(lambda step: {"type": "back", "step": step}, st.integers(-1, 3)),
    st.builds(
        lambda step, choice: {"type": "choose", "step": step, "choice": choice},
        st.integers(0, 2),
        st.sampled_from(["knock", "kick", "wave", "speak", "shout"]),
    ),
)


@given(st.lists(_EVENTS, max_size=8))
def test_whatever_a_page_sends_a_new_panel_shows_what_the_old_one_did(
    tmp_path_factory: pytest.TempPathFactory, events: list[dict[str, Any]]
):
    folder = tmp_path_factory.mktemp("played")
    page = Page(StoryPanel(Desk(folder), "tiny", STORY, {}))
    for event in events:
        page.ask(**event)
        assert StoryPanel(Desk(folder), "tiny", STORY, {}).view == page.panel.view
