"""From an answer to a rating."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from casebook.refresher.evidence import Evidence
from casebook.refresher.rating import rating

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def rated(
    share: float,
    seconds: float | None = None,
    expected: float | None = 50.0,
    *,
    unsafe: bool = False,
    hint: bool = False,
) -> Rating:
    return rating(Evidence("p", AT, share, unsafe, seconds, expected, hint))


@pytest.mark.parametrize("share", [0.0, 0.5, 0.74])
def test_what_is_wrong_is_asked_again(share: float):
    assert rated(share, 10) == Rating.Again


@pytest.mark.parametrize("share", [0.75, 0.99])
def test_what_is_nearly_right_is_hard(share: float):
    assert rated(share, 10) == Rating.Hard


def test_what_is_unsafe_is_asked_again_however_right_the_rest_is():
    assert rated(1.0, 10, unsafe=True) == Rating.Again


def test_a_hint_makes_it_hard_however_quick():
    assert rated(1.0, 10, hint=True) == Rating.Hard


@pytest.mark.parametrize(
    ("seconds", "expected"), [(25, Rating.Easy), (25.1, Rating.Good), (100, Rating.Good), (100.1, Rating.Hard)]
)
def test_what_is_right_is_judged_by_its_time(seconds: float, expected: Rating):
    assert rated(1.0, seconds) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(None, 50.0), (10, None), (10, 0.0), (None, None)])
def test_what_is_right_and_was_not_timed_is_good(seconds: float | None, expected: float | None):
    assert rated(1.0, seconds, expected) == Rating.Good


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 500), st.booleans())
def test_no_better_share_is_rated_worse(one: float, other: float, seconds: float, hint: bool):
    low, high = sorted((one, other))
    assert rated(low, seconds, hint=hint) <= rated(high, seconds, hint=hint)
