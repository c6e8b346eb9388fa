"""What is asked today, and what comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.content import Question
from casebook.refresher.evidence import Evidence
from casebook.refresher.memory import Memory, memories
from casebook.refresher.plan import Settings, days_ahead, due_points, next_question, settings_of, weakest

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
TODAY = date(2026, 1, 5)
POOL = (
    Question("p1", "m", ("p",), 50),
    Question("p2", "m", ("p",), 50),
    Question("q1", "m", ("q",), 60),
    Question("pq", "m", ("p", "q"), 70),
    Question("tale", "m", ("q", "r", "s"), 300, story=True),
)


def known(**due_in: float) -> dict[str, Memory]:
    """Points that were learned long ago, due in so many days."""
    found = memories([Evidence(point, NOW - timedelta(days=40), 1.0) for point in due_in], UTC, 0.9)
    due = {point: NOW + timedelta(days=days) for point, days in due_in.items()}
    for point, memory in found.items():
        memory.card.due = due[point]
    return found


def asked(*days_ago: tuple[str, float]) -> dict[str, datetime]:
    return {id: NOW - timedelta(days=days) for id, days in days_ago}


def next_id(points: str, left: float = 600, pool: Sequence[Question] = POOL, **more: Any) -> str | None:
    found = next_question(list(points), pool, more.get("asked", {}), more.get("today", ()), left)
    return found.id if found else None


@pytest.mark.parametrize(
    ("given", "minutes", "retention"),
    [
        ({"minutes": 5, "retention": 0.8}, 5, 0.8),
        ({"minutes": 30, "retention": 0.95}, 30, 0.95),
        ({}, 10, 0.9),
        ({"minutes": 4, "retention": 0.79}, 10, 0.9),
        ({"minutes": 31, "retention": 0.96}, 10, 0.9),
        ({"minutes": 15, "retention": "0.8"}, 15, 0.9),
        ({"minutes": True, "retention": True}, 10, 0.9),
        ({"minutes": 12.5, "retention": float("nan")}, 10, 0.9),
        ({"minutes": None, "retention": [0.9], "more": 1}, 10, 0.9),
    ],
)
def test_settings_are_taken_within_bounds_and_else_left(given: dict[str, Any], minutes: int, retention: float):
    assert settings_of(given) == Settings(minutes, retention)


def test_what_is_due_by_the_end_of_the_day_is_due():
    assert due_points(known(p=-3, q=0.6, r=0.7, s=5), NOW, UTC, 0.9) == ["p", "q"]


def test_the_day_ends_where_the_trainee_is():
    memory = known(p=0.7)  # 1:48 am in Greenwich on the next day, evening in New York
    assert due_points(memory, NOW, UTC, 0.9) == []
    assert due_points(memory, NOW, ZoneInfo("America/New_York"), 0.9) == ["p"]


def test_the_weakest_come_first_due_or_not():
    said = [Evidence("new", NOW - timedelta(days=1), 1.0), Evidence("old", NOW - timedelta(days=300), 1.0)]
    said += [Evidence("lost", NOW - timedelta(days=30), 0.0)]
    found = memories(said, UTC, 0.9)
    assert weakest(found, NOW, 0.9) == ["lost", "old", "new"]
    assert due_points(found, NOW, UTC, 0.9) == ["lost", "old"]


def test_the_weakest_point_is_asked_about():
    assert next_id("qp", asked=asked(("pq", 3))) == "q1"
    assert next_id("pq", asked=asked(("pq", 3))) == "p1"


def test_of_questions_never_asked_the_one_that_settles_most_comes_first():
    assert next_id("pq") == "pq"
    assert next_id("p") == "p1"


def test_a_long_scenario_about_many_points_waits_behind_what_settles_as_much_in_less_time():
    assert next_id("qrs") == "q1"
    assert next_id("rsq") == "tale"


def test_what_was_never_asked_comes_before_what_was_asked_longest_ago():
    assert next_id("pq", asked=asked(("pq", 40), ("p1", 30))) == "p2"
    assert next_id("pq", asked=asked(("pq", 30), ("p1", 40), ("p2", 20))) == "p1"


def test_what_was_asked_today_is_not_asked_again():
    assert next_id("p", today=("p1", "pq")) == "p2"
    assert next_id("p", today=("p1", "p2", "pq")) is None


def test_what_takes_longer_than_is_left_is_not_asked():
    assert next_id("q", left=69.9, asked=asked(("q1", 1))) == "q1"
    assert next_id("q", left=59.9) is None
    assert next_id("qp", left=59.9) == "p1"


def test_a_scenario_is_played_for_two_points_or_where_there_is_nothing_else():
    assert next_id("qr", asked=asked(("q1", 2), ("pq", 1))) == "tale"
    assert next_id("q", asked=asked(("q1", 2), ("pq", 1))) == "q1"
    assert next_id("r") == "tale"
    assert next_id("r", left=299) is None


def test_a_point_that_nothing_asks_any_more_is_passed_over():
    assert next_id("xp") == "p1"
    assert next_id("x") is None
    assert next_id("p", pool=()) is None


POINTS = st.sampled_from("pqrstx")
QUESTIONS = st.lists(
    st.builds(
        Question,
        st.uuids().map(str),
        st.just("m"),
        st.lists(POINTS, max_size=3, unique=True).map(tuple),
        st.floats(20, 500),
        st.booleans(),
    ),
    max_size=12,
)


@given(st.lists(POINTS, unique=True), QUESTIONS, st.floats(300, 1800), st.data())
def test_a_day_asks_nothing_twice_stays_within_its_minutes_and_about_what_is_wanted(
    points: list[str], pool: list[Question], limit: float, data: st.DataObject
):
    before = {one.id: NOW - timedelta(days=data.draw(st.integers(1, 90))) for one in pool[::2]}
    before["gone"] = NOW  # a question that the course no longer has
    today: list[str] = []
    left = limit
    while found := next_question(points, pool, before, today, left):
        assert set(found.points) & set(points)
        assert found.seconds <= left
        left -= found.seconds
        today.append(found.id)
    assert len(today) == len(set(today)) <= len(pool)
    assert left >= 0
    # It ends only where nothing fits any more.
    rest = [one for one in pool if set(one.points) & set(points) and one.id not in today]
    assert all(one.seconds > left for one in rest)


def ahead(
    found: dict[str, Memory], pool: Sequence[Question], minutes: int = 5, days: int = 90
) -> list[tuple[int, int]]:
    coming = days_ahead(found, NOW, UTC, Settings(minutes), pool, days)
    return [((day - TODAY).days, many) for day, many in coming]


SINGLES = tuple(Question(f"{point}1", "m", (point,), 60) for point in "abcdefghijkl")


def test_points_come_on_the_day_on_which_they_are_due_and_overdue_ones_today():
    assert ahead(known(a=-10, b=0, c=3, d=3), SINGLES) == [(0, 2), (3, 2)]


def test_what_does_not_fit_into_a_day_goes_over_to_the_next():
    due_today = dict.fromkeys("abcdefghijkl", 0.0)
    assert ahead(known(**due_today), SINGLES) == [(0, 5), (1, 5), (2, 2)]
    assert ahead(known(**due_today), SINGLES, minutes=10) == [(0, 10), (1, 2)]
    assert ahead(known(**due_today | {"l": 1.0}), SINGLES) == [(0, 5), (1, 5), (2, 2)]


def test_it_looks_only_so_far_ahead():
    assert ahead(known(a=89, b=90), SINGLES) == [(89, 1)]
    assert ahead(known(a=89, b=90), SINGLES, days=91) == [(89, 1), (90, 1)]


def test_points_that_no_question_of_a_days_length_asks_are_not_counted():
    pool = (*SINGLES[:2], Question("tale", "m", ("c",), 301, story=True))
    assert ahead(known(a=0, c=0, x=0), pool) == [(0, 1)]
    assert ahead(known(a=0, c=0, x=0), pool, minutes=10) == [(0, 2)]
    assert ahead(known(a=0), ()) == []


@given(st.dictionaries(st.sampled_from("abcdefghijkl"), st.floats(-400, 400)), st.integers(5, 30), st.floats(20, 120))
def test_no_day_has_more_than_its_minutes_and_each_point_comes_once(
    due: dict[str, float], minutes: int, seconds: float
):
    coming = ahead(known(**due), [replace(one, seconds=seconds) for one in SINGLES], minutes, days=500)
    assert all(0 < many * seconds <= minutes * 60 for _, many in coming)
    assert [day for day, _ in coming] == sorted({day for day, _ in coming})
    assert sum(many for _, many in coming) == len(due)
