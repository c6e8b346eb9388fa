"""A fold over evidence, in the order of time."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

import pytest
from fsrs import Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from casebook.refresher.evidence import Evidence
from casebook.refresher.memory import LONGEST, Memory, memories, recall

NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(8999, 12, 30), timezones=st.just(UTC))
SOON = st.integers(0, 60 * 24 * 30).map(lambda minutes: NINE + timedelta(minutes=minutes))
TIMES = st.none() | st.floats(0, 600)
EVIDENCE = st.lists(
    st.builds(Evidence, st.sampled_from("pqr"), SOON | MOMENTS, st.floats(0, 1), st.booleans(), TIMES, TIMES)
)


def said(share: float, days: float = 0, point: str = "p", **more: float | bool | None) -> Evidence:
    return Evidence(point, NINE + timedelta(days=days), share, **more)  # type: ignore[arg-type]


def one(*evidence: Evidence) -> Memory:
    (memory,) = memories(evidence, UTC, 0.9).values()
    return memory


def test_nothing_said_is_nothing_known():
    assert memories([], UTC, 0.9) == {}


def test_each_point_has_a_memory_of_its_own():
    found = memories([said(1.0), said(0.0, 1, "q"), said(1.0, 2)], UTC, 0.9)
    assert {point: (memory.reviews, memory.lapses) for point, memory in found.items()} == {"p": (2, 0), "q": (1, 0)}
    assert found["q"] == one(said(0.0, 1, "q"))


@given(EVIDENCE, st.randoms(), st.sampled_from([UTC, NEW_YORK, timezone(timedelta(hours=14))]))
def test_the_same_evidence_in_any_order_gives_the_same_memories(
    evidence: list[Evidence], chance: Random, zone: ZoneInfo
):
    mixed = list(evidence)
    chance.shuffle(mixed)
    assert memories(mixed, zone, 0.9) == memories(evidence, zone, 0.9)


@given(EVIDENCE, st.floats(0.8, 0.95), SOON)
def test_whatever_the_clock_said_there_is_a_recall_and_a_day_after_the_last_one(
    evidence: list[Evidence], retention: float, now: datetime
):
    for memory in memories(evidence, UTC, retention).values():
        assert 0 < recall(memory, now, retention) <= 1
        assert timedelta(days=1) <= memory.due - memory.last <= timedelta(days=LONGEST)


def test_what_is_said_on_one_day_is_one_review_and_dated_at_its_last():
    memory = one(said(1.0), said(1.0, 0.1), said(1.0, 0.3))
    assert (memory.reviews, memory.last) == (1, NINE + timedelta(days=0.3))
    assert memory == one(said(1.0, 0.3))


def test_one_days_shares_count_by_their_mean():
    assert one(said(1.0), said(0.0, 0.1)).card.stability == one(said(0.5, 0.1)).card.stability


def test_it_knows_the_share_of_the_last_day():
    assert one(said(1.0), said(0.0, 3), said(1.0, 3.1)).share == 0.5


@pytest.mark.parametrize("more", [{"unsafe": True}, {"hint": True}])
def test_what_was_unsafe_or_had_a_hint_once_on_a_day_counts_for_all_of_it(more: dict[str, bool]):
    assert one(said(1.0, **more), said(1.0, 0.1)) == one(said(1.0, 0.1, **more))


def test_one_days_times_count_together_where_every_answer_was_timed():
    quick, slow = said(1.0, seconds=10, expected=50), said(1.0, 0.1, seconds=200, expected=50)
    assert one(quick, slow) == one(said(1.0, 0.1, seconds=210, expected=100))
    assert one(quick, said(1.0, 0.1)) == one(said(1.0, 0.1))


def test_a_day_is_the_trainees_own():
    late = [Evidence("p", datetime(2026, 1, 6, hour, tzinfo=UTC), 1.0) for hour in (4, 6)]  # 11 pm and 1 am there
    assert memories(late, UTC, 0.9)["p"].reviews == 1
    assert memories(late, NEW_YORK, 0.9)["p"].reviews == 2


def test_a_time_may_be_given_in_any_zone():
    there = Evidence("p", NINE.astimezone(NEW_YORK), 1.0)
    assert memories([there], UTC, 0.9) == memories([said(1.0)], UTC, 0.9)


def test_what_was_known_and_then_not_is_a_lapse_and_what_was_never_known_is_none():
    assert one(said(0.0)).lapses == 0
    assert one(said(1.0), said(0.0, 3), said(1.0, 4), said(1.0, 9, unsafe=True)).lapses == 2


def test_what_is_remembered_again_and_again_comes_ever_later_and_within_a_year():
    memory, evidence, waits = one(said(1.0)), [said(1.0)], []
    for _ in range(12):
        waits.append(memory.due - memory.last)
        evidence.append(Evidence("p", memory.due, 1.0))
        memory = one(*evidence)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=365)


def test_what_was_forgotten_comes_back_sooner():
    known = [said(1.0), said(1.0, 3), said(1.0, 14)]
    right, wrong = one(*known, said(1.0, 50)), one(*known, said(0.0, 50))
    assert wrong.due < right.due


def test_when_it_is_due_the_share_wanted_is_remembered_and_the_more_is_wanted_the_sooner_it_is_due():
    evidence = [said(1.0), said(1.0, 3), said(1.0, 14)]
    wanted = {retention: memories(evidence, UTC, retention)["p"] for retention in (0.8, 0.9, 0.95)}
    for retention, memory in wanted.items():
        # The intervals are whole days.
        assert recall(memory, memory.due, retention) == pytest.approx(retention, abs=0.01)
    assert wanted[0.95].due < wanted[0.9].due < wanted[0.8].due


def test_it_is_the_card_that_py_fsrs_makes_of_the_same_ratings():
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False)
    memory = one(said(1.0), said(0.8, 4), said(0.0, 9), said(1.0, 11))
    card = one(said(1.0)).card
    for days, rating in ((4, Rating.Hard), (9, Rating.Again), (11, Rating.Good)):
        card, _ = scheduler.review_card(card, rating, NINE + timedelta(days=days))
    assert memory.card == card


def test_recall_falls_with_the_days_and_is_whole_where_the_clock_was_set_back():
    memory = one(said(1.0))
    after = [recall(memory, NINE + timedelta(days=days), 0.9) for days in (0, 1, 10, 100, 1000)]
    assert after == sorted(after, reverse=True)
    assert recall(memory, NINE - timedelta(days=100), 0.9) == after[0] == 1


def test_who_only_imports_casebook_does_not_pay_for_py_fsrs():
    code = "import sys, casebook; sys.exit('fsrs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
