from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casebook import answers, progress
from casebook.answers import FILE_NAME
from casebook.desk import Desk
from casebook.kinds.simulation import SIMULATION
from casebook.widgets.simulation import SimulationPanel
from tests.casebook.kinds.test_simulation import TWO, path
from tests.casebook.widgets.page import Page

PUBLIC = json.loads(json.dumps({**TWO.public(), "case": "It *rains*."}))


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return page_at(tmp_path)


def page_at(folder: Path) -> Page:
    return Page(SimulationPanel(Desk(folder), "tiny", PUBLIC))


def kept(folder: Path) -> list[Any]:
    return [answer.given for answer in answers.read(folder / FILE_NAME).answers]


def play(page: Page, *choices: str) -> dict[str, Any]:
    view: dict[str, Any] = page.done("begin", case="the-note")["view"]
    for choice in choices:
        view = page.done("choose", step=view["step"], choice=choice)["view"]
    return view


def test_it_stands_at_its_cover_until_it_is_begun(page: Page, tmp_path: Path):
    view = page.panel.view
    assert (view["phase"], view["graded"], view["title"]) == ("cover", True, "The note")
    assert view["others"] == [{"id": "the-list", "title": "The list", "minutes": 2}]
    assert kept(tmp_path) == []


def test_each_decision_is_on_disk_before_its_consequence_is_told(page: Page):
    play(page, "explain", "options")
    assert [json.loads(disk.splitlines()[-1])["given"]["path"] for disk in page.on_disk] == [
        [],
        ["explain"],
        ["explain", "options"],
    ]


def test_its_end_tells_what_was_unsafe_and_why_and_judges_nothing_else(page: Page):
    debrief = play(page, "carry", "later", "own")["debrief"]
    assert (debrief["ending"], debrief["steps"]) == ("Owned", [])
    (unsafe,) = debrief["unsafe"]
    assert unsafe["act"][0]["lines"] == [[["text", "carry his note to her"]]]
    assert unsafe["why"] != []
    assert page.done("begin", case="the-note")["view"]["debrief"] == debrief


def test_a_sound_path_ends_without_a_word_on_safety(page: Page):
    assert play(page, "explain", "options", "write")["debrief"]["unsafe"] == []


@pytest.mark.parametrize("type", ["again", "back", "skip"])
def test_there_is_no_way_back_and_none_to_play_again(page: Page, tmp_path: Path, type: str):
    play(page, "explain", "options", "write")
    page.refused(type, step=0)
    assert page.done("begin", case="the-list")["view"]["title"] == "The note"
    assert kept(tmp_path)[-1] == {**path("explain", "options", "write"), "ended": "told"}


def test_what_was_decided_first_stands_when_it_is_decided_again(page: Page, tmp_path: Path):
    play(page, "carry")
    view = page.done("choose", step=0, choice="explain")["view"]
    assert (view["step"], kept(tmp_path)[-1]["path"]) == (1, ["carry"])


def test_a_second_page_goes_on_with_the_first_path(page: Page, tmp_path: Path):
    play(page, "explain")
    second = page_at(tmp_path)
    assert second.panel.view["step"] == 1
    assert second.done("choose", step=1, choice="later")["view"]["step"] == 2
    assert page.done("choose", step=1, choice="options")["view"]["step"] == 2
    assert kept(tmp_path)[-1]["path"] == ["explain", "later"]


def test_lines_put_under_the_first_path_do_not_change_it(page: Page, tmp_path: Path):
    play(page, "carry")
    Desk(tmp_path).keep("tiny", TWO.id, path("explain", "options", "write"))
    page.panel.refresh()
    assert page.panel.view["step"] == 1


def test_the_other_story_can_be_taken_until_something_is_decided(page: Page, tmp_path: Path):
    page.done("begin", case="the-note")
    view = page.done("begin", case="the-list")["view"]
    assert (view["title"], view["phase"]) == ("The list", "scene")
    page.done("choose", step=0, choice="explain")
    assert kept(tmp_path)[-1] == {**path("explain", case="the-list"), "ended": None}


def test_nothing_can_be_decided_before_it_is_begun(page: Page, tmp_path: Path):
    page.refused("choose", step=0, choice="explain")
    page.refused("begin", case="elsewhere")
    page.refused("begin")
    assert kept(tmp_path) == []


def test_a_choice_that_is_not_there_is_refused_and_kept_nowhere(page: Page, tmp_path: Path):
    play(page)
    assert "Choose again" in page.refused("choose", step=0, choice="own")
    assert kept(tmp_path) == [{**path(), "ended": None}]


def test_it_is_answered_once_it_has_come_to_its_end(page: Page, tmp_path: Path):
    def is_answered() -> bool:
        return progress.is_answered(answers.read(tmp_path / FILE_NAME).last("tiny", TWO.id))

    play(page, "explain", "options")
    assert not is_answered()
    page.done("choose", step=2, choice="write")
    assert is_answered()


def test_every_path_that_is_kept_is_an_answer_to_the_item(page: Page, tmp_path: Path):
    play(page, "carry", "later", "own")
    assert [SIMULATION.problem(PUBLIC, given) for given in kept(tmp_path)] == [None] * 4


@pytest.mark.parametrize("given", [{}, {"case": ["x"], "path": []}, {"choice": "a"}, {"case": "the-note", "path": "x"}])
def test_what_is_no_path_in_the_file_is_passed_over(tmp_path: Path, given: dict[str, Any]):
    Desk(tmp_path).keep("tiny", TWO.id, given)
    assert page_at(tmp_path).panel.view["phase"] == "cover"
