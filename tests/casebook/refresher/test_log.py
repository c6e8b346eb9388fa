from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from casebook.answers import Answer, Book
from casebook.content import Question
from casebook.refresher import log
from casebook.refresher.plan import Settings

AT = "2026-03-01T09:00:00+00:00"
FIRST = Question("one", "m", ("p", "q"), 40.0)
SECOND = Question("two", "m", ("p",), 30.0)


def kept(*lines: tuple[str, dict[str, Any]]) -> log.Log:
    return log.read(Book(tuple(Answer(log.MODULE, id, given, AT) for id, given in lines)))


def asked(number: int, question: Question) -> tuple[str, dict[str, Any]]:
    return log.ASK, dict(log.asking(number, question))


def reviewed(number: int, question: Question, share: float = 1.0, seconds: float = 20.0) -> tuple[str, dict[str, Any]]:
    ask = log.Ask(number, question, datetime(2026, 3, 1, 9, tzinfo=UTC))
    shown = dict.fromkeys(question.points, (share, False))
    return log.REVIEW, dict(log.reviewing(ask, {"choice": "a"}, shown, seconds))


def test_where_nothing_was_kept_all_is_as_at_first():
    assert kept() == log.Log()
    assert kept().settings == Settings()


def test_a_question_that_was_asked_is_open_until_it_is_answered():
    assert kept(asked(0, FIRST)).ask == log.Ask(0, FIRST, datetime(2026, 3, 1, 9, tzinfo=UTC))
    after = kept(asked(0, FIRST), reviewed(0, FIRST))
    assert (after.ask, after.next_number) == (None, 1)


def test_a_review_says_something_of_each_of_its_points():
    (review,) = kept(asked(0, FIRST), reviewed(0, FIRST, 0.5)).reviews
    assert [(one.point, one.share, one.seconds, one.expected) for one in review.evidence()] == [
        ("p", 0.5, 20, 40),
        ("q", 0.5, 20, 40),
    ]


def test_a_review_that_was_sent_twice_counts_once_and_the_first_stands():
    log_ = kept(
        asked(0, FIRST), reviewed(0, FIRST, 1.0), reviewed(0, FIRST, 0.0), asked(1, SECOND), reviewed(1, SECOND)
    )
    assert [(one.number, one.question, one.shown["p"][0]) for one in log_.reviews] == [(0, "one", 1), (1, "two", 1)]


def test_a_review_of_a_number_that_was_never_come_to_is_passed_over():
    assert kept(reviewed(1, FIRST)).reviews == ()


def test_what_was_picked_and_the_hint_belong_to_their_question_alone():
    first, second = (log.Ask(0, one, datetime(2026, 3, 1, 9, tzinfo=UTC)) for one in (FIRST, SECOND))
    draft = (log.DRAFT, dict(log.about(first, given={"choice": "b"})))
    hint = (log.HINT, dict(log.about(first)))
    before = kept(asked(0, FIRST), draft, hint)
    assert before.ask is not None
    assert (before.ask.draft, before.ask.hint) == ({"choice": "b"}, True)
    # On another day another question was asked under the same number.
    after = kept(asked(0, FIRST), draft, hint, asked(0, SECOND))
    assert after.ask == second


def test_coffee_is_not_counted():
    (review,) = kept(reviewed(0, FIRST, seconds=4000)).reviews
    assert review.seconds == 3 * FIRST.seconds
    (quick,) = kept(reviewed(0, FIRST, seconds=-5)).reviews
    assert quick.seconds == 0


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"n": "0"},
        {"n": 0, "question": 3},
        {"n": 0, "question": "one", "given": [], "shown": {}, "seconds": 1, "expected": 1, "hint": False},
        {"n": 0, "question": "one", "given": {}, "shown": {"p": 1}, "seconds": 1, "expected": 1, "hint": False},
        {"n": 0, "question": "one", "given": {}, "shown": {"p": ["x", 1]}, "seconds": 1, "expected": 1, "hint": 0},
    ],
)
def test_a_line_without_its_form_is_passed_over(given: dict[str, Any]):
    ids = (log.ASK, log.REVIEW, log.DRAFT, log.HINT, log.SETTINGS)
    log_ = kept(*((id, given) for id in ids))
    assert (log_.reviews, log_.ask, log_.settings) == ((), None, Settings())
    assert kept(*((id, given) for id in ids), reviewed(0, FIRST)).next_number == 1


def test_the_last_settings_stand_and_odd_ones_are_as_at_first():
    set_ = [(log.SETTINGS, {"minutes": minutes, "retention": 0.8}) for minutes in (20, 5)]
    assert kept(*set_).settings == Settings(5, 0.8)
    assert kept((log.SETTINGS, {"minutes": 1000, "retention": True})).settings == Settings()
