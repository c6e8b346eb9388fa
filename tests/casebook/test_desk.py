from __future__ import annotations

import errno
import os
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from casebook import answers, desk, progress
from casebook.answers import FILE_NAME, Answer
from casebook.desk import Desk, NotSaved

NINE = datetime(2026, 2, 3, 9, 0, 0, 123456, tzinfo=UTC)
GIVEN = {"choice": "a"}


def keep(folder: Path, item: str = "q1", choice: str = "a") -> Answer:
    return Desk(folder).keep("tiny", item, {"choice": choice})


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The paths of all answers files that were read."""
    seen: list[Path] = []

    def read(path: Path) -> answers.Book:
        seen.append(path)
        return answers.read(path)

    monkeypatch.setattr(desk, "read", read)
    return seen


def test_today_is_the_day_where_the_course_is_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("TZ", "XYZ-14")
    time.tzset()
    try:
        assert Desk(tmp_path, lambda: datetime(2026, 2, 3, 12, tzinfo=UTC)).today() == date(2026, 2, 4)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_new_folder_holds_no_answers(tmp_path: Path):
    assert Desk(tmp_path).book == answers.Book()
    assert Desk(tmp_path).last("tiny", "q1") is None
    assert list(tmp_path.iterdir()) == []


def test_an_answer_carries_the_time_it_was_given(tmp_path: Path):
    answer = Desk(tmp_path, lambda: NINE).keep("tiny", "q1", GIVEN)
    assert answer == Answer("tiny", "q1", GIVEN, "2026-02-03T09:00:00.123+00:00")


def test_time_is_kept_in_utc(tmp_path: Path):
    at = datetime.fromisoformat(keep(tmp_path).at)
    assert at.utcoffset() == timedelta(0)
    assert abs(datetime.now(timezone(timedelta(hours=5))) - at) < timedelta(minutes=1)


def test_what_is_kept_is_on_disk_beside_the_notebook(tmp_path: Path):
    answer = keep(tmp_path)
    assert answers.read(tmp_path / FILE_NAME).answers == (answer,)


def test_the_last_answer_counts(tmp_path: Path):
    at_desk = Desk(tmp_path)
    at_desk.keep("tiny", "q1", GIVEN)
    last = at_desk.keep("tiny", "q1", {"choice": "b"})
    at_desk.keep("tiny", "q2", GIVEN)
    assert at_desk.last("tiny", "q1") == last


def test_an_answer_given_at_another_desk_is_seen(tmp_path: Path):
    one, other = Desk(tmp_path), Desk(tmp_path)
    assert one.last("tiny", "q1") is None
    first = other.keep("tiny", "q1", GIVEN)
    assert one.last("tiny", "q1") == first
    second = other.keep("tiny", "q1", {"choice": "b"})
    assert one.last("tiny", "q1") == second


def test_the_file_is_read_again_only_where_it_has_changed(tmp_path: Path, reads: list[Path]):
    keep(tmp_path)
    at_desk = Desk(tmp_path)
    assert at_desk.book is at_desk.book
    assert reads == [tmp_path / FILE_NAME]
    keep(tmp_path)
    assert len(at_desk.book.answers) == 2
    assert len(reads) == 2


def test_a_file_replaced_by_one_of_the_same_size_is_read_again(tmp_path: Path):
    keep(tmp_path, choice="a")
    at_desk = Desk(tmp_path)
    assert at_desk.book.answers[0].given == {"choice": "a"}
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes().replace(b'"a"', b'"b"'))
    os.utime(path, ns=(1, 1))
    assert at_desk.book.answers[0].given == {"choice": "b"}


def test_a_file_that_is_gone_is_an_empty_book_and_seen_when_it_comes_back(tmp_path: Path):
    keep(tmp_path)
    at_desk = Desk(tmp_path)
    assert at_desk.book.answers
    aside = (tmp_path / FILE_NAME).rename(tmp_path / "aside")
    assert at_desk.book == answers.Book()
    aside.rename(tmp_path / FILE_NAME)
    assert at_desk.book.answers


def test_a_file_that_could_not_be_read_once_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    keep(tmp_path)
    at_desk = Desk(tmp_path)
    with monkeypatch.context() as failing:
        failing.setattr(desk, "read", lambda _path: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            _ = at_desk.book
    assert len(at_desk.book.answers) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "The disk is full"),
        (errno.EACCES, "This folder can't be written to"),
        (errno.EPERM, "This folder can't be written to"),
        (errno.EROFS, "This folder can't be written to"),
        (errno.ENOENT, "has been moved or deleted"),
        (errno.EFBIG, "The disk is full"),
        (errno.EMSGSIZE, "too long to save"),
        (errno.EIO, "couldn't be written to disk (Input/output error). Choose Try again."),
    ],
)
def test_what_cannot_be_kept_is_said_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
):
    def failing(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", failing)
    with pytest.raises(NotSaved) as refused:
        keep(tmp_path)
    assert words in str(refused.value)
    assert "Errno" not in str(refused.value)
    assert isinstance(refused.value.__cause__, OSError)


def test_an_error_without_a_number_is_said_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def failing(*_: object) -> None:
        raise OSError("out of order")

    monkeypatch.setattr(os, "write", failing)
    with pytest.raises(NotSaved, match=r"\(out of order\)\. Choose Try again\."):
        keep(tmp_path)


def test_a_disk_that_takes_only_part_of_an_answer_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "write", lambda *_: 0)
    with pytest.raises(NotSaved, match="The disk is full"):
        keep(tmp_path)


def test_an_answer_that_is_too_long_is_told_from_a_full_disk(tmp_path: Path):
    with pytest.raises(NotSaved, match="too long to save"):
        keep(tmp_path, choice="a" * answers.LONGEST_LINE)


def test_the_last_given_stands_whatever_the_clock_says(tmp_path: Path):
    clock = iter([NINE, NINE + timedelta(days=4000), NINE - timedelta(days=9000), NINE, NINE - timedelta(hours=1)])
    at_desk = Desk(tmp_path, lambda: next(clock))
    given = [at_desk.keep("tiny", "q1", {"choice": choice}) for choice in "abcde"]
    assert answers.read(tmp_path / FILE_NAME).answers == tuple(given)
    for desk_ in (at_desk, Desk(tmp_path)):
        assert desk_.last("tiny", "q1") == given[-1]
    assert progress.missing(("q1", "q2"), at_desk.book, "tiny") == (2,)


def test_what_is_taken_back_by_a_clock_that_went_wrong_is_taken_back(tmp_path: Path):
    clock = iter([NINE, NINE - timedelta(days=1)])
    at_desk = Desk(tmp_path, lambda: next(clock))
    at_desk.keep("tiny", "q1", {"choices": ["a"]})
    at_desk.keep("tiny", "q1", {"choices": []})
    assert progress.missing(("q1",), at_desk.book, "tiny") == (1,)


def test_answers_go_where_the_folder_is_now(tmp_path: Path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    place = [old]
    at_desk = Desk(old, where=lambda: place[0])
    first = at_desk.keep("tiny", "q1", GIVEN)
    old.rename(new)
    place[0] = new
    assert at_desk.last("tiny", "q1") == first
    second = at_desk.keep("tiny", "q1", {"choice": "b"})
    assert answers.read(new / FILE_NAME).answers == (first, second)
    assert not old.exists()


def test_a_folder_whose_name_is_not_known_any_more_is_said(tmp_path: Path):
    def gone() -> Path:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    with pytest.raises(NotSaved, match="has been moved or deleted"):
        Desk(tmp_path, where=gone).keep("tiny", "q1", GIVEN)


def test_the_revision_answered_is_kept_with_the_answer(tmp_path: Path):
    Desk(tmp_path).keep("tiny", "q1", GIVEN, "0a1b2c3d")
    assert answers.read(tmp_path / FILE_NAME).answers[0].rev == "0a1b2c3d"


def test_an_answer_in_a_folder_that_is_gone_is_not_kept(tmp_path: Path):
    with pytest.raises(NotSaved, match="moved or deleted"):
        keep(tmp_path / "gone")


def test_there_is_nothing_to_say_of_a_good_file(tmp_path: Path):
    assert Desk(tmp_path).notices() == []
    keep(tmp_path)
    assert Desk(tmp_path).notices() == []


def test_unreadable_lines_are_named_and_nothing_is_deleted(tmp_path: Path):
    path = tmp_path / FILE_NAME
    path.write_bytes(b"torn\nworse\n")
    (notice,) = Desk(tmp_path).notices()
    assert f"({FILE_NAME}, line 1, 2)" in notice
    assert "Nothing was deleted" in notice
    assert path.read_bytes() == b"torn\nworse\n"


@pytest.mark.parametrize(("count", "said"), [(5, "line 1, 2, 3, 4, 5)"), (6, "line 1, 2, 3, 4, 5, …)")])
def test_at_most_five_unreadable_lines_are_named(tmp_path: Path, count: int, said: str):
    (tmp_path / FILE_NAME).write_bytes(b"torn\n" * count)
    assert said in Desk(tmp_path).notices()[0]


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path):
    (tmp_path / FILE_NAME).mkdir()
    (notice,) = Desk(tmp_path).notices()
    assert notice.startswith(f"Your answers file ({FILE_NAME}) can't be read")


def test_words_about_reading_do_not_speak_of_writing(tmp_path: Path):
    (tmp_path / FILE_NAME).mkdir()
    (notice,) = Desk(tmp_path).notices()
    assert "written" not in notice
    assert "Try again" not in notice  # no such button stands beside a notice
