from __future__ import annotations

from pathlib import Path

import pytest

from casebook import results
from casebook.answers import FILE_NAME, Answer, append
from casebook.results import Result, Score

AT = "2026-03-01T09:00:00+00:00"


def result(attempt: int = 1, score: float = 3.0, *, met: bool = True) -> Result:
    scores = (Score("one", "one-a", 2.0, 2.0, {"p": 1.0}), Score("two", "two", 3.0, None))
    return Result("m", attempt, AT, score, 4.0, 3.0, 0.5, met, scores)


def answers(folder: Path, choice: str = "a") -> None:
    append(folder / FILE_NAME, Answer("m", "one", {"choice": choice}, AT))


def test_where_nothing_was_graded_there_is_nothing(tmp_path: Path):
    assert results.read(tmp_path) == ()
    assert results.standing(tmp_path) is None
    assert results.attempt(tmp_path) == 1


def test_a_result_is_read_as_it_was_kept(tmp_path: Path):
    results.add(tmp_path, result())
    assert results.read(tmp_path) == (result(),)
    assert results.standing(tmp_path) == result()


def test_another_attempt_begins_with_no_answers_and_the_old_ones_are_kept(tmp_path: Path):
    answers(tmp_path)
    before = (tmp_path / FILE_NAME).read_bytes()
    results.add(tmp_path, result())
    results.begin_again(tmp_path)
    assert not (tmp_path / FILE_NAME).exists()
    assert [path.read_bytes() for path in results.put_away(tmp_path)] == [before]
    assert (results.attempt(tmp_path), results.standing(tmp_path)) == (2, None)


def test_beginning_again_twice_is_beginning_again_once(tmp_path: Path):
    answers(tmp_path)
    results.add(tmp_path, result())
    results.begin_again(tmp_path)
    answers(tmp_path, "b")
    results.begin_again(tmp_path)
    assert (tmp_path / FILE_NAME).exists()
    assert results.attempt(tmp_path) == 2


def test_an_attempt_without_an_answer_is_over_too(tmp_path: Path):
    results.add(tmp_path, result())
    results.begin_again(tmp_path)
    assert (results.attempt(tmp_path), results.standing(tmp_path)) == (2, None)


def test_an_attempt_that_was_not_graded_is_never_put_away(tmp_path: Path):
    answers(tmp_path)
    results.begin_again(tmp_path)
    assert (tmp_path / FILE_NAME).exists()


def test_attempts_are_counted_beyond_nine(tmp_path: Path):
    for number in range(1, 13):
        answers(tmp_path, str(number))
        results.add(tmp_path, result(number))
        results.begin_again(tmp_path)
    assert results.attempt(tmp_path) == 13
    assert [path.parent.name for path in results.put_away(tmp_path)] == [str(number) for number in range(1, 13)]


@pytest.mark.parametrize(
    "line",
    [
        b"not JSON\n",
        b'{"v": 1, "at": "x", "module": "m", "id": "result", "given": {}}\n',
        b'{"v": 1, "at": "x", "module": "m", "id": "result", "given": {"attempt": "1", "score": 9}}\n',
        b'{"v": 1, "at": "x", "module": "m", "id": "other", "given": {}}\n',
    ],
)
def test_a_line_that_is_no_result_is_passed_over(tmp_path: Path, line: bytes):
    results.add(tmp_path, result())
    path = tmp_path / results.FOLDER / results.RESULTS
    path.write_bytes(line + path.read_bytes() + line)
    assert results.read(tmp_path) == (result(),)


def test_what_counts_is_the_first_that_met_the_mark_or_else_the_last():
    missed, met, later = result(1, met=False), result(2), result(3, 4.0)
    assert results.best([]) is None
    assert results.best([missed, met, later]) == met
    assert results.best([missed, result(2, 1.0, met=False)]) == result(2, 1.0, met=False)
