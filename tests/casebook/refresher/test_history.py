from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casebook import content
from casebook.answers import Answer, Book
from casebook.content import Lesson
from casebook.refresher import history
from casebook.refresher.evidence import Evidence
from casebook.results import Result, Score

MORNING, NOON, NEXT_DAY = (f"2026-03-0{day}T{hour:02}:00:00+00:00" for day, hour in ((1, 9), (1, 12), (2, 9)))


@pytest.fixture
def lesson(lesson_folder: Path) -> Lesson:
    return content.lesson("tiny", lesson_folder)


def answer(id: str, given: dict[str, Any], at: str = MORNING, *, checked: bool = True) -> Answer:
    return Answer("tiny", id, given, at, None, checked)


def shown(lesson: Lesson, *answers: Answer) -> list[tuple[str, float, bool]]:
    found = history.of_lesson(lesson, Book(answers), UTC)
    return [(one.point, one.share, one.unsafe) for one in found]


def test_an_answer_counts_that_was_checked(lesson: Lesson):
    right, wrong = {"choice": "b"}, {"choice": "a"}
    assert shown(lesson, answer("tiny-p-who", right)) == [("ladder-asks", 1, False)]
    assert shown(lesson, answer("tiny-p-who", wrong, checked=False)) == []
    assert shown(lesson, answer("tiny-p-who", right, checked=False), answer("tiny-p-who", wrong)) == [
        ("ladder-asks", 0, False)
    ]


def test_of_a_day_the_first_counts_for_the_next_had_the_feedback_before_it(lesson: Lesson):
    wrong, right = answer("tiny-p-who", {"choice": "a"}), answer("tiny-p-who", {"choice": "b"}, NOON)
    assert [share for _, share, _ in shown(lesson, wrong, right)] == [0]
    later = answer("tiny-p-who", {"choice": "b"}, NEXT_DAY)
    assert [share for _, share, _ in shown(lesson, wrong, right, later)] == [0, 1]


def test_an_answer_that_fits_its_item_no_more_says_nothing(lesson: Lesson):
    assert shown(lesson, answer("tiny-p-who", {"choice": "z"}), answer("gone", {"choice": "a"})) == []


def test_a_scenario_counts_once_it_was_played_to_an_ending(lesson: Lesson):
    def played(path: list[str], ended: str | None) -> Answer:
        return answer("the-ladder", {"playing": 1, "path": path, "skipped": False, "ended": ended}, checked=False)

    assert shown(lesson, played(["take", "leave"], None)) == []
    asked = {point: share for point, share, _ in shown(lesson, played(["ask", "shelter", "truth"], "friends"))}
    assert asked["ladder-asks"] == 1
    skipped = answer("the-ladder", {"playing": 0, "path": [], "skipped": True, "ended": None})
    assert shown(lesson, skipped) == []


def test_a_self_graded_check_says_of_each_point_what_was_right():
    scores = (Score("a", "a", 2, 1, {"p": 0.5, "q": 1.0}), Score("b", "b", 2, None, {}))
    result = Result("m", 1, MORNING, 1, 4, 0, 0.5, False, scores)
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert list(history.of_results([result])) == [Evidence("p", at, 0.5), Evidence("q", at, 1.0)]
    odd = Result("m", 1, "yesterday", 1, 4, 0, 0.5, False, scores)
    assert list(history.of_results([odd])) == []
