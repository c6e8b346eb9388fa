"""The refresher on the tiny course: two points, ladder-asks and ladder-back, and what is asked about them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from casebook import results
from casebook.answers import FILE_NAME
from casebook.desk import Desk
from casebook.refresher import log
from casebook.results import Result, Score
from casebook.widgets.refresher import RefresherPanel
from tests.casebook.widgets.page import Page

BEGUN = datetime(2026, 3, 1, 12, tzinfo=UTC)
WHO, WHICH, WET, LADDER = "tiny-p-who", "tiny-p-which", "tiny-r-wet", "the-ladder"
RIGHT = {WHO: {"choice": "b"}, WHICH: {"choices": ["a", "b"]}, WET: {"choice": "b"}}
WRONG = {WHO: {"choice": "a"}, WHICH: {"choices": ["c"]}, WET: {"choice": "a"}}


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = BEGUN

    def __call__(self) -> datetime:
        return self.now

    def moves(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_page(lesson_folder: Path, clock: Clock) -> Callable[[], Page]:
    """Opens the refresher anew, as after a kernel was killed."""
    return lambda: Page(RefresherPanel(Desk(lesson_folder, clock)))


@pytest.fixture
def refresher(lesson_folder: Path, clock: Clock, open_page: Callable[[], Page]) -> Page:
    """The refresher of somebody who answered both practice items of the lesson rightly."""
    desk = Desk(lesson_folder, clock)
    for item in (WHO, WHICH):
        desk.keep("tiny", item, RIGHT[item], checked=True)
    return open_page()


def begun(refresher: Page) -> dict[str, Any]:
    """Begins, or goes on; the question."""
    ask = refresher.done("next", n=refresher.panel.view["number"])["view"]["ask"]
    assert ask
    return dict(ask)


def play(refresher: Page, ask: dict[str, Any], given: dict[str, Any], **more: object) -> dict[str, Any]:
    return refresher.done("play", n=ask["n"], event={"type": "check", "given": given, **more})


def reviews(folder: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in (folder / FILE_NAME).read_text().splitlines()]
    return [line["given"] for line in lines if (line["module"], line["id"]) == (log.MODULE, log.REVIEW)]


def test_who_has_answered_nothing_is_sent_to_a_lesson(open_page: Callable[[], Page]):
    view = open_page().panel.view
    assert "Take a lesson first" in view["said"]
    assert (view["begin"], view["strengths"], view["unmet"], view["ahead"]) == (None, [], 2, [])


def test_what_was_just_learned_is_not_due(refresher: Page):
    view = refresher.panel.view
    assert view["said"] == "Nothing is due today."
    assert [(one["name"], one["percent"], one["word"]) for one in view["strengths"]] == [
        ("The owner is asked first", 100, "Strong"),
        ("It comes back", 100, "Strong"),
    ]
    assert view["begin"] is None
    assert refresher.done("next", n=0)["view"]["ask"] is None


@pytest.mark.parametrize("days", [10, 100, 1000])
def test_after_some_days_it_is_due_and_asked(refresher: Page, open_page: Callable[[], Page], clock: Clock, days: int):
    clock.moves(days=days)
    refresher = open_page()
    assert refresher.panel.view["said"] == "2 teaching points are due."
    ask = begun(refresher)
    assert (ask["n"], ask["title"], ask["shown"]["type"], ask["shown"]["graded"]) == (
        0,
        "Question 1 for today",
        "item",
        False,
    )


def test_a_right_answer_comes_again_later_and_a_wrong_one_soon(
    refresher: Page, open_page: Callable[[], Page], clock: Clock
):
    clock.moves(days=10)
    refresher = open_page()
    first = begun(refresher)
    right = play(refresher, first, RIGHT[first["shown"]["id"]])
    assert right["feedback"]["right"] is True
    assert right["told"]["more"] is True
    second = begun(refresher)
    wrong = play(refresher, second, WRONG[second["shown"]["id"]])
    assert wrong["feedback"]["right"] is False
    assert BEGUN.date().isoformat() < wrong["told"]["again"] < right["told"]["again"]


def test_the_day_is_over_when_nothing_is_due_any_more(
    refresher: Page, open_page: Callable[[], Page], clock: Clock, lesson_folder: Path
):
    clock.moves(days=10)
    refresher = open_page()
    for more in (True, False):
        ask = begun(refresher)
        assert play(refresher, ask, RIGHT[ask["shown"]["id"]])["told"]["more"] is more
    assert refresher.done("refresh")["view"]["said"] == "Nothing is due today."
    assert len(reviews(lesson_folder)) == 2


def test_each_time_another_question_is_asked_a_scenario_too(
    refresher: Page, open_page: Callable[[], Page], clock: Clock, lesson_folder: Path
):
    asked = set()
    for _ in range(4):
        clock.moves(days=400)
        refresher = open_page()
        while refresher.panel.view["begin"]:
            ask = begun(refresher)
            asked.add(ask["shown"]["id"])
            if ask["shown"]["type"] == "item":
                play(refresher, ask, RIGHT[ask["shown"]["id"]])
            else:
                played(refresher, ask)
            refresher.done("refresh")
    assert asked == {WHO, WHICH, WET, LADDER}
    (of_story,) = [one for one in reviews(lesson_folder) if one["question"] == LADDER][:1]
    assert of_story["shown"]["ladder-asks"] == [1.0, False]


def played(refresher: Page, ask: dict[str, Any]) -> dict[str, Any]:
    """Plays the story of a question to its end; the last reply."""
    reply = refresher.done("play", n=ask["n"], event={"type": "begin"})
    for step, choice in enumerate(("ask", "shelter", "truth")):
        assert "told" not in reply
        reply = refresher.done("play", n=ask["n"], event={"type": "choose", "step": step, "choice": choice})
    return reply


@pytest.fixture
def story(refresher: Page, open_page: Callable[[], Page], clock: Clock, lesson_folder: Path) -> Page:
    """A page on which the scenario is asked: the course has nothing else."""
    path = lesson_folder / "content/refresher.json"
    index = json.loads(path.read_text())
    index["questions"] = [one for one in index["questions"] if one.get("story")]
    path.write_text(json.dumps(index))
    clock.moves(days=10)
    assert refresher.panel.view["ask"] is None
    return open_page()


def test_a_scenario_is_played_once_and_told_of_at_its_end(story: Page, lesson_folder: Path):
    ask = begun(story)
    assert (ask["shown"]["type"], ask["shown"]["once"], ask["hint"]) == ("story", True, "")
    reply = played(story, ask)
    assert reply["view"]["phase"] == "end"
    assert reply["told"]["again"]
    assert "Go on to the next" in story.refused("play", n=0, event={"type": "again", "playing": 1})
    assert len(reviews(lesson_folder)) == 1


def test_a_scenario_that_was_skipped_shows_nothing_and_comes_no_more_that_day(story: Page, lesson_folder: Path):
    story.done("play", n=begun(story)["n"], event={"type": "skip"})
    assert [one["shown"] for one in reviews(lesson_folder)] == [{}]
    view = story.done("refresh")["view"]
    assert (view["begin"], "for tomorrow" in view["said"]) == (None, True)


def test_a_scenario_that_ended_as_the_kernel_was_killed_is_counted_once_when_it_is_opened_again(
    story: Page, open_page: Callable[[], Page], lesson_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    ask = begun(story)
    with monkeypatch.context() as killed:
        killed.setattr(RefresherPanel, "_review_story", lambda *_: {})
        played(story, ask)
    assert reviews(lesson_folder) == []
    for _ in range(2):
        assert open_page().panel.view["number"] == 1
    assert len(reviews(lesson_folder)) == 1


def test_an_answer_that_is_sent_again_is_counted_once_and_told_again(
    refresher: Page, open_page: Callable[[], Page], clock: Clock, lesson_folder: Path
):
    clock.moves(days=10)
    refresher = open_page()
    ask = begun(refresher)
    given = RIGHT[ask["shown"]["id"]]
    first = play(refresher, ask, given)
    after_a_kill = open_page()
    again = play(after_a_kill, ask, given)
    assert (again["feedback"], again["told"]) == (first["feedback"], first["told"])
    assert len(reviews(lesson_folder)) == 1


def test_whoever_opens_the_page_again_finds_the_question_and_what_was_picked(
    refresher: Page, open_page: Callable[[], Page], clock: Clock, lesson_folder: Path
):
    clock.moves(days=10)
    refresher = open_page()
    ask = begun(refresher)
    given = WRONG[ask["shown"]["id"]]
    refresher.done("play", n=0, event={"type": "answer", "given": given})
    refresher.done("hint", n=0)
    again = open_page().panel.view["ask"]
    assert (again["shown"]["id"], again["shown"]["given"], again["hinted"]) == (ask["shown"]["id"], given, True)
    assert reviews(lesson_folder) == []
    clock.moves(days=1)
    assert open_page().panel.view["ask"] is None


def test_a_hint_and_slowness_are_kept_with_the_answer(
    refresher: Page, open_page: Callable[[], Page], clock: Clock, lesson_folder: Path
):
    clock.moves(days=10)
    refresher = open_page()
    ask = begun(refresher)
    assert ask["hint"].startswith("It's about: ")
    refresher.done("hint", n=0)
    play(refresher, ask, RIGHT[ask["shown"]["id"]], seconds=17.25)
    (review,) = reviews(lesson_folder)
    assert (review["hint"], review["seconds"]) == (True, 17.2)
    assert list(review["shown"].values()) == [[1.0, False]]


def test_what_is_no_answer_is_refused_and_nothing_is_counted(
    refresher: Page, open_page: Callable[[], Page], clock: Clock, lesson_folder: Path
):
    clock.moves(days=10)
    refresher = open_page()
    begun(refresher)
    for event in ({"type": "check"}, {"type": "check", "given": {"choice": "z"}}, {"type": "check", "given": []}):
        assert refresher.refused("play", n=0, event=event)
    assert "Go on to the next" in refresher.refused("play", n=5, event={"type": "check", "given": {"choice": "b"}})
    assert "Go on to the next" in refresher.refused("hint", n=5)
    assert refresher.refused("nonsense")
    assert reviews(lesson_folder) == []


def test_settings_are_kept_and_what_cannot_be_set_is_refused(refresher: Page, open_page: Callable[[], Page]):
    refresher.done("settings", minutes=5, retention=0.8)
    settings = open_page().panel.view["settings"]
    assert (settings["minutes"], settings["retention"]) == (5, 0.8)
    for minutes, retention in ((500, 0.9), (10, 2), ("10", 0.9)):
        assert refresher.refused("settings", minutes=minutes, retention=retention) == "That can't be set."


def test_who_wants_to_remember_more_is_asked_earlier(refresher: Page, open_page: Callable[[], Page]):
    before = [one["due"] for one in refresher.panel.view["strengths"]]
    refresher.done("settings", minutes=10, retention=0.95)
    after = [one["due"] for one in open_page().panel.view["strengths"]]
    assert all(new < old for new, old in zip(after, before, strict=True))


def test_the_coming_days_go_into_a_calendar(refresher: Page):
    coming = refresher.panel.view["ahead"]
    calendar = icalendar.Calendar.from_ical(refresher.done("calendar")["ics"])
    events = calendar.walk("VEVENT")
    assert [event["DTSTART"].dt.isoformat() for event in events][: len(coming)] == [one["on"] for one in coming]


def test_a_graded_check_says_what_is_known_too(lesson_folder: Path, open_page: Callable[[], Page], clock: Clock):
    scores = (Score("tiny-return", "tiny-return", 3, 0.0, {"ladder-back": 0.0}),)
    (lesson_folder / "tiny").mkdir()
    results.add(lesson_folder / "tiny", Result("tiny", 1, clock.now.isoformat(), 0, 3, 0, 0.5, False, scores))
    (strength,) = open_page().panel.view["strengths"]
    assert strength["name"] == "It comes back"
    assert strength["due"] <= (clock.now + timedelta(days=1)).date().isoformat()


def test_the_longer_path_asks_what_has_faded_most_whether_it_is_due_or_not(refresher: Page, clock: Clock):
    clock.moves(hours=1)
    view = refresher.done("path", n=0)["view"]
    assert view["ask"]["path"] is True
    play(refresher, view["ask"], RIGHT[view["ask"]["shown"]["id"]])
    assert begun(refresher)["shown"]["id"] != view["ask"]["shown"]["id"]


def test_a_point_or_a_question_that_the_course_has_no_more_is_passed_over(
    refresher: Page, open_page: Callable[[], Page], clock: Clock, lesson_folder: Path
):
    clock.moves(days=10)
    refresher = open_page()
    ask = begun(refresher)
    path = lesson_folder / "content/refresher.json"
    index = json.loads(path.read_text())
    index["points"] = [one for one in index["points"] if one["id"] == "ladder-back"]
    index["questions"] = [one for one in index["questions"] if one["id"] == WET]
    path.write_text(json.dumps(index))
    view = open_page().panel.view
    assert [one["name"] for one in view["strengths"]] == ["It comes back"]
    refresher = open_page()
    if refresher.panel.view["ask"] is None:
        again = begun(refresher)
        assert again["shown"]["id"] == WET
    play(refresher, refresher.panel.view["ask"], RIGHT[WET])
    assert ask["shown"]["id"] in RIGHT
