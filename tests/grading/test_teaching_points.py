"""What a graded check shows of each teaching point, and where it is taught."""

from __future__ import annotations

import pytest

from casebook.content import Point, Taught
from casebook.refresher.rating import NEAR
from grading import bank, teaching_points
from grading.bank import CourseInfo
from grading.teaching_points import Standing


@pytest.fixture(autouse=True)
def course(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four points; the place of one is known, and one belongs to a module that is not given out."""
    points = {name: Point(name.title(), f"What {name} says.") for name in ("ask", "bring", "carry", "dry")}
    taught = {
        name: Taught(name.title(), "…", module, "Ladders", f"{module}.ipynb", "c-1", "On the wall")
        for name, module in (("bring", "ladders"), ("carry", "gone"))
    }
    monkeypatch.setattr(bank, "points", lambda: points)
    monkeypatch.setattr(bank, "taught", lambda: taught)
    monkeypatch.setattr(bank, "course", lambda: CourseInfo("A course", 0.8, {"first": "First", "ladders": "Ladders"}))


def standings(*facts: dict[str, object]) -> dict[str, Standing]:
    return {one.name: one for one in teaching_points.standings(facts)}


def names(found: list[Standing]) -> list[str]:
    return [one.name for one in found]


def test_a_points_share_is_the_mean_of_the_questions_about_it():
    found = standings({"points": {"ask": 1.0, "dry": 0.0}}, {"points": {"ask": 0.5}}, {})
    assert (found["Ask"].share, found["Ask"].questions) == (0.75, 2)
    assert (found["Dry"].share, found["Dry"].questions) == (0.0, 1)


def test_they_come_in_the_courses_order_and_what_was_not_asked_does_not():
    assert list(standings({"points": {"dry": 1.0, "ask": 1.0, "unheard-of": 1.0}})) == ["Ask", "Dry"]


def test_what_was_not_safe_is_read_again_first_and_then_the_weakest():
    facts = {"points": {"ask": 0.5, "bring": 0.9, "carry": 0.0, "dry": 1.0}, "unsafe": [{"points": ["bring"]}]}
    found = teaching_points.standings([facts])
    assert names(teaching_points.to_review(found)) == ["Bring", "Carry", "Ask"]
    assert names(teaching_points.strongest(found)) == ["Dry"]


def test_a_slip_is_near_enough_and_the_refresher_thinks_so_too():
    assert teaching_points.NEAR == NEAR
    found = standings({"points": {"ask": NEAR, "dry": NEAR - 0.01}})
    assert (found["Ask"].is_known, found["Dry"].is_known) == (True, False)


@pytest.mark.parametrize(
    ("share", "unsafe", "said"),
    [
        (1.0, (), "Known"),
        (0.8, (), "Known"),
        (0.4, (), "Partly"),
        (0, (), "Not yet"),
        (1, ("ask",), "Safety comes first"),
    ],
)
def test_it_is_said_in_words(share: float, unsafe: tuple[str, ...], said: str):
    assert standings({"points": {"ask": share}, "unsafe": [{"points": unsafe}]})["Ask"].said == said


@pytest.mark.parametrize(("share", "percent"), [(1.0, 100), (0.999, 99), (0.6667, 67), (0.0, 0)])
def test_only_all_of_it_is_a_hundred(share: float, percent: int):
    assert standings({"points": {"ask": share}})["Ask"].percent == percent


def test_the_place_is_the_lesson_by_its_number_title_and_heading():
    place = standings({"points": {"bring": 1}})["Bring"].place
    assert place is not None
    assert (place.page, place.cell, place.number, place.title, place.heading) == (
        "ladders.ipynb",
        "c-1",
        2,
        "Ladders",
        "On the wall",
    )


def test_where_no_lesson_is_known_there_is_no_place():
    found = standings({"points": {"ask": 1, "carry": 1}})
    assert (found["Ask"].place, found["Carry"].place) == (None, None)
