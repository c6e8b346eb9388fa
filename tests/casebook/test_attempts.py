from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import answers, attempts, results
from casebook.answers import FILE_NAME, Answer, Book
from casebook.desk import Desk

AT = "2026-03-01T09:00:00+00:00"
PAGE = '<!DOCTYPE html>\n<head>\n<meta charset="utf-8">\n<meta name="casebook-attempt" content="{}">\n'


def keep(folder: Path, choice: str = "a") -> None:
    Desk(folder).keep("m", "one", {"choice": choice})


def book(folder: Path) -> Book:
    return answers.read(folder / FILE_NAME)


def begun(folder: Path, number: int) -> Path:
    """A folder in which attempt ``number`` was begun, with an answer to each one before."""
    for n in range(1, number):
        keep(folder, str(n))
        attempts.begin(folder, n + 1)
    return folder


def page(folder: Path, content: str, time: str = "2026-03-01 09:00:00 UTC") -> Path:
    path = folder / "feedback" / time / "m-check.html"
    path.parent.mkdir(parents=True)
    path.write_text(content)
    return path


def test_the_first_attempts_answers_say_nothing_of_it(tmp_path: Path):
    keep(tmp_path)
    assert [one.id for one in book(tmp_path).answers] == ["one"]
    assert attempts.number(book(tmp_path), "m") == 1


def test_another_attempts_answers_begin_with_its_number_and_only_once(tmp_path: Path):
    begun(tmp_path, 3)
    keep(tmp_path, "b")
    keep(tmp_path, "c")
    assert [one.id for one in book(tmp_path).answers] == ["attempt", "one", "one"]
    assert attempts.number(book(tmp_path), "m") == 3
    assert attempts.number(book(tmp_path), "another") == 1


def test_the_number_and_the_first_answer_come_in_one_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    begun(tmp_path, 2)
    writes: list[bytes] = []
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: writes.append(data) or write(handle, data))
    keep(tmp_path)
    (written,) = writes
    assert written.count(b"\n") == 2


@pytest.mark.parametrize("left", [b"", b'{"v": 1, "at": "x", "mod'])
def test_a_torn_number_is_written_again(tmp_path: Path, left: bytes):
    begun(tmp_path, 2)
    (tmp_path / FILE_NAME).write_bytes(left)
    keep(tmp_path)
    assert attempts.number(book(tmp_path), "m") == 2


@pytest.mark.parametrize(
    "said", [0, -1, 100, 2**53, 2.0, True, "2", None, [2], {"number": 2}], ids=lambda said: repr(said)
)
def test_an_odd_number_is_the_first(said: object):
    assert attempts.number(Book((Answer("m", "attempt", {"number": said}, AT),)), "m") == 1


def test_a_number_behind_an_answer_says_nothing():
    lines = (Answer("m", "one", {}, AT), attempts.marker("m", 2, AT))
    assert attempts.number(Book(lines), "m") == 1
    assert attempts.number(Book(lines[::-1]), "m") == 2
    assert attempts.number(Book((attempts.marker("m", 2, AT), attempts.marker("m", 3, AT))), "m") == 2


@given(
    st.lists(st.tuples(st.sampled_from("mn"), st.sampled_from(["attempt", "one"]), st.integers(-1, 120)), max_size=8)
)
def test_whatever_the_lines_are_the_checks_first_line_alone_decides(lines: list[tuple[str, str, int]]):
    of_check = [(id, n) for module, id, n in lines if module == "m"]
    told = Book(tuple(Answer(module, id, {"number": n}, AT) for module, id, n in lines))
    id, n = of_check[0] if of_check else ("one", 1)
    assert attempts.number(told, "m") == (n if id == "attempt" and 1 <= n <= attempts.LARGEST else 1)


def test_beginning_keeps_the_answers_and_going_back_brings_them_again(tmp_path: Path):
    keep(tmp_path)
    before = (tmp_path / FILE_NAME).read_bytes()
    attempts.begin(tmp_path, 2)
    assert not (tmp_path / FILE_NAME).exists()
    assert Desk(tmp_path).attempt("m") == 2
    attempts.go_back(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert Desk(tmp_path).attempt("m") == 1


def test_a_later_attempt_begins_on_a_machine_that_has_nothing_of_the_earlier_ones(tmp_path: Path):
    attempts.begin(tmp_path, 3)
    keep(tmp_path)
    assert attempts.number(book(tmp_path), "m") == 3


def test_answers_that_came_alone_from_another_machine_say_which_attempt_it_is(tmp_path: Path):
    answers.append(tmp_path / FILE_NAME, attempts.marker("m", 2, AT), Answer("m", "one", {}, AT))
    assert Desk(tmp_path).attempt("m") == 2


def test_what_was_put_away_is_never_written_over(tmp_path: Path):
    begun(tmp_path, 2)
    before = results.put_away(tmp_path)[0].read_bytes()
    keep(tmp_path, "z")
    with pytest.raises(FileExistsError):
        attempts.begin(tmp_path, 2)
    assert results.put_away(tmp_path)[0].read_bytes() == before


def test_a_page_that_names_an_attempt_says_that_it_is_open(tmp_path: Path):
    assert attempts.opened(tmp_path) == 0
    page(tmp_path, PAGE.format(2))
    page(tmp_path, PAGE.format(3), "2026-03-02 09:00:00 UTC")
    page(tmp_path, "<html>", "2026-03-03 09:00:00 UTC")
    assert attempts.opened(tmp_path) == 3


@pytest.mark.parametrize("said", ["0", "100", "9" * 5000, "-2", "2.5", "two", "\uff12", "", "2 3"])
def test_a_forged_page_opens_nothing(tmp_path: Path, said: str):
    page(tmp_path, PAGE.format(said))
    assert attempts.opened(tmp_path) == 0


def test_what_is_no_plain_page_is_not_waited_for_or_followed(tmp_path: Path):
    real = page(tmp_path / "elsewhere", PAGE.format(2))
    folder = tmp_path / "check"
    for n, make in enumerate((os.mkfifo, os.mkdir, lambda path: path.symlink_to(real))):
        path = page(folder, "", f"2026-03-0{n + 1}")
        path.unlink()
        make(path)
    page(folder, " " * 5000 + PAGE.format(2))
    assert attempts.opened(folder) == 0
