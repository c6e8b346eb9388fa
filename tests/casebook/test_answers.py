from __future__ import annotations

import codecs
import errno
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import answers
from casebook.answers import FILE_NAME, FORMAT_VERSION, LONGEST_LINE, Answer, Book
from casebook.records import LARGEST

_WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.floats(-LARGEST, LARGEST) | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=5,
)
ANSWERS = st.builds(Answer, _WORDS, _WORDS, st.dictionaries(_WORDS, _JSON, max_size=3), _WORDS, st.none() | _WORDS)
GARBAGE = st.binary(min_size=1, max_size=40).map(lambda line: line.replace(b"\n", b"?")).filter(bytes.strip)


def answer(choice: str = "a", item: str = "q1", module: str = "tiny") -> Answer:
    return Answer(module, item, {"choice": choice}, "2026-02-03T09:00:00.000+00:00")


def line(**changes: object) -> bytes:
    record = {"v": 1, "at": "now", "module": "tiny", "id": "q1", "given": {"choice": "a"}, **changes}
    return json.dumps(record).encode() + b"\n"


def written(given: list[Answer]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.jsonl"
        path.touch()
        for one in given:
            answers.append(path, one)
        return path.read_bytes()


def book_of(data: bytes) -> Book:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.jsonl"
        path.write_bytes(data)
        return answers.read(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers.jsonl"


def test_answers_lie_where_earlier_versions_of_the_course_left_them():
    assert (FILE_NAME, FORMAT_VERSION) == ("answers.jsonl", 1)


def test_no_file_is_an_empty_book(path: Path):
    assert answers.read(path) == Book()


def test_a_file_that_cannot_be_read_is_an_error(path: Path):
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        answers.read(path)


@given(st.lists(ANSWERS, max_size=6))
def test_answers_are_read_as_they_were_given(given: list[Answer]):
    assert book_of(written(given)) == Book(tuple(given))


@given(st.lists(ANSWERS, max_size=6))
def test_every_answer_is_a_line_of_its_own(given: list[Answer]):
    data = written(given)
    assert data.count(b"\n") == len(given)
    assert data == b"" or data.endswith(b"\n")


@given(st.lists(st.tuples(ANSWERS, st.lists(GARBAGE, max_size=2)), max_size=5))
def test_garbage_is_passed_over_and_reported_and_changes_no_other_line(lines: list[tuple[Answer, list[bytes]]]):
    data, numbers, number = b"", [], 0
    for one, garbage in lines:
        for junk in garbage:
            number += 1
            numbers.append(number)
            data += junk + b"\n"
        number += 1
        data += written([one])
    assert book_of(data) == Book(tuple(one for one, _ in lines), tuple(numbers))


@given(st.lists(ANSWERS, min_size=1, max_size=4), st.data())
def test_a_file_cut_off_anywhere_loses_its_last_line_at_most(given: list[Answer], data: st.DataObject):
    whole = written(given)
    cut = whole[: data.draw(st.integers(0, len(whole)), label="cut at")]
    book = book_of(cut)
    assert book.answers == tuple(given[: len(book.answers)])
    assert len(book.answers) >= cut.count(b"\n")
    assert book.unreadable in ((), (cut.count(b"\n") + 1,))


@given(st.lists(ANSWERS, min_size=1, max_size=4), ANSWERS, st.data())
def test_an_answer_after_a_torn_line_begins_a_line_of_its_own(given: list[Answer], new: Answer, data: st.DataObject):
    whole = written(given)
    cut = whole[: data.draw(st.integers(0, len(whole)), label="cut at")]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.jsonl"
        path.write_bytes(cut)
        before = answers.read(path)
        answers.append(path, new)
        after = answers.read(path)
        assert path.read_bytes().startswith(cut)
    assert after == Book((*before.answers, new), before.unreadable)


def test_a_torn_last_line_is_left_and_reported(path: Path):
    path.write_bytes(line() + line()[:20])
    answers.append(path, answer("b"))
    assert path.read_bytes().startswith(line() + line()[:20] + b"\n{")
    assert answers.read(path).unreadable == (2,)
    assert answers.read(path).last("tiny", "q1") == answer("b")


def test_a_whole_last_line_without_its_end_still_counts(path: Path):
    path.write_bytes(line().rstrip())
    answers.append(path, answer("b"))
    assert [one.given for one in answers.read(path).answers] == [{"choice": "a"}, {"choice": "b"}]


def test_an_answer_is_kept_in_the_documented_form(path: Path):
    answers.append(path, Answer("tiny", "q1", {"choice": "ä"}, "now"))
    kept = '{"v": 1, "at": "now", "module": "tiny", "id": "q1", "given": {"choice": "ä"}}\n'
    assert path.read_text(encoding="utf-8") == kept


def test_the_revision_of_the_question_is_kept_where_it_is_known(path: Path):
    answers.append(path, Answer("tiny", "q1", {"choice": "a"}, "now", "0a1b2c3d"))
    assert path.read_text(encoding="utf-8").endswith('"given": {"choice": "a"}, "rev": "0a1b2c3d"}\n')


@pytest.mark.parametrize("odd", [None, 1, ["a"], {}])
def test_an_answer_with_an_odd_revision_still_counts(odd: object):
    (read,) = book_of(line(rev=odd)).answers
    assert (read.given, read.rev) == ({"choice": "a"}, None)


@pytest.mark.parametrize(
    "bad",
    [
        line(v=2),
        line(v=None),
        line(module=1),
        line(id=None),
        line(at=0),
        line(given=["a"]),
        line(given="a"),
        line(given=None),
        b'{"v": 1, "at": "now", "module": "tiny", "id": "q1"}\n',
        b'{"v": 1, "at": "now", "module": "tiny", "id": "q1", "given": {"x": NaN}}\n',
        b'{"v": 1, "at": "now", "module": "tiny", "id": "q1", "given": {"x": -Infinity}}\n',
        line().replace(b"tiny", b"t\xffny"),
        b"[" * 50_000 + b"\n",
        b"1" * 5_000 + b"\n",
        b"[]\n",
        b"null\n",
        b"words\n",
        b"\x00\n",
    ],
    ids=lambda bad: bad[:70].decode(errors="replace").strip(),
)
def test_what_is_no_answer_is_passed_over(bad: bytes):
    assert book_of(line(id="before") + bad + line(id="after")) == Book(
        (Answer("tiny", "before", {"choice": "a"}, "now"), Answer("tiny", "after", {"choice": "a"}, "now")), (2,)
    )


def test_empty_lines_are_nothing_to_report():
    assert book_of(b"\n  \n\r\n" + line() + b"\n").unreadable == ()


def test_lines_are_counted_with_the_empty_ones():
    assert book_of(b"\n\nwords\n").unreadable == (3,)


def test_line_ends_of_another_system_are_read():
    assert len(book_of(line().replace(b"\n", b"\r\n") * 2).answers) == 2


def test_the_longest_line_is_read_and_a_longer_one_is_nobodys_answer():
    room = LONGEST_LINE - len(line(given={"x": ""}))
    assert book_of(line(given={"x": "y" * room})).unreadable == ()
    assert book_of(line(given={"x": "y" * (room + 1)})).unreadable == (1,)


def test_an_answer_as_long_as_a_line_may_be_is_kept(path: Path):
    answers.append(path, Answer("tiny", "q1", {"words": ""}, "now"))
    room = LONGEST_LINE - len(path.read_bytes())
    longest = Answer("tiny", "q1", {"words": "y" * room}, "now")
    answers.append(path, longest)
    assert answers.read(path).last("tiny", "q1") == longest


def test_an_answer_too_long_to_be_read_again_is_not_kept(path: Path):
    answers.append(path, answer())
    with pytest.raises((OSError, ValueError)):
        answers.append(path, Answer("tiny", "q1", {"words": "y" * LONGEST_LINE}, "now"))
    assert answers.read(path) == Book((answer(),))


def test_the_last_answer_to_an_item_counts():
    book = Book((answer("a"), answer("b"), answer("c", item="q2"), answer("d", module="other")))
    assert book.last("tiny", "q1") == answer("b")


def test_an_item_without_an_answer_has_none():
    book = Book((answer("a", module="other"), answer("b", item="q2")))
    assert book.last("tiny", "q1") is None


def test_nobody_else_can_write_to_the_answers(path: Path):
    answers.append(path, answer())
    assert path.stat().st_mode & 0o022 == 0


def test_an_answer_is_forced_to_disk_whole_before_it_counts_as_kept(path: Path, monkeypatch: pytest.MonkeyPatch):
    forced = []
    monkeypatch.setattr(os, "fsync", lambda handle: forced.append((os.fstat(handle).st_ino, path.read_bytes())))
    answers.append(path, answer())
    assert forced == [(path.stat().st_ino, path.read_bytes())]
    assert len(answers.read(path).answers) == 1


def test_an_answer_that_is_not_forced_to_disk_is_not_kept(path: Path, monkeypatch: pytest.MonkeyPatch):
    def failing(_handle: int) -> None:
        raise OSError(errno.EIO, "broken disk")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OSError, match="broken disk"):
        answers.append(path, answer())


def test_an_answer_written_in_part_is_an_error_and_then_a_torn_line(path: Path, monkeypatch: pytest.MonkeyPatch):
    write = os.write
    with monkeypatch.context() as full_disk:
        full_disk.setattr(os, "write", lambda handle, data: write(handle, data[:10]))
        with pytest.raises(OSError, match="part"):
            answers.append(path, answer("a"))
    answers.append(path, answer("b"))
    assert answers.read(path) == Book((answer("b"),), (1,))


@pytest.mark.parametrize("failing", ["write", "fsync", None])
def test_the_file_is_closed_again_whatever_happens(path: Path, monkeypatch: pytest.MonkeyPatch, failing: str | None):
    open_handles: set[int] = set()
    really_open, really_close = os.open, os.close

    def opening(*arguments: int) -> int:
        open_handles.add(handle := really_open(*arguments))
        return handle

    def closing(handle: int) -> None:
        open_handles.discard(handle)
        really_close(handle)

    with monkeypatch.context() as watched:
        watched.setattr(os, "open", opening)
        watched.setattr(os, "close", closing)
        if failing:
            watched.setattr(os, failing, lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                answers.append(path, answer())
        else:
            answers.append(path, answer())
    assert open_handles == set()


def test_what_is_no_json_is_refused_and_nothing_is_written(path: Path):
    answers.append(path, answer())
    before = path.read_bytes()
    with pytest.raises(OSError, match="read again"):
        answers.append(path, Answer("tiny", "q1", {"x": float("nan")}, "now"))
    assert path.read_bytes() == before


def test_half_a_character_is_kept_as_a_question_mark(path: Path):
    answers.append(path, answer("\ud83d"))
    assert answers.read(path) == Book((answer("?"),))


def test_two_pages_that_answer_at_once_lose_nothing(path: Path):
    given = [answer(item=f"q{n}") for n in range(100)]
    with ThreadPoolExecutor(8) as pages:
        list(pages.map(lambda one: answers.append(path, one), given))
    book = answers.read(path)
    assert sorted(one.id for one in book.answers) == sorted(one.id for one in given)
    assert book.unreadable == ()


_APPENDING = """
import sys
from pathlib import Path
from casebook.answers import Answer, append
sys.stdin.readline()
for n in range(200):
    append(Path(sys.argv[1]), Answer("tiny", f"{sys.argv[2]}-{n}", {"text": sys.argv[2] * 3000}, "now"))
"""


def test_two_kernels_that_answer_at_once_tear_no_line(path: Path):
    command = [sys.executable, "-c", _APPENDING, str(path)]
    kernels = [subprocess.Popen([*command, name], stdin=subprocess.PIPE, text=True) for name in "xyz"]
    for kernel in kernels:
        assert kernel.stdin
        kernel.stdin.write("now\n")
        kernel.stdin.flush()
    assert [kernel.wait(60) for kernel in kernels] == [0, 0, 0]
    book = answers.read(path)
    assert book.unreadable == ()
    for name in "xyz":
        assert [one.id for one in book.answers if one.id[0] == name] == [f"{name}-{n}" for n in range(200)]


SAVED_AS = {
    "UTF-8 with a mark": codecs.BOM_UTF8 + line(id="q1") + line(id="q2"),
    "UTF-8 with marks between": codecs.BOM_UTF8 + line(id="q1") + codecs.BOM_UTF8 + line(id="q2"),
    "UTF-16, little end first": (line(id="q1") + line(id="q2")).decode().encode("utf-16-le"),
    "UTF-16, big end first": (line(id="q1") + line(id="q2")).decode().encode("utf-16-be"),
    "UTF-16 with a mark, little end first": codecs.BOM_UTF16_LE
    + (line(id="q1") + line(id="q2")).decode().encode("utf-16-le"),
    "UTF-16 with a mark, big end first": codecs.BOM_UTF16_BE
    + (line(id="q1") + line(id="q2")).decode().encode("utf-16-be"),
    "UTF-16 with Windows line ends": codecs.BOM_UTF16_LE
    + (line(id="q1") + line(id="q2")).decode().replace("\n", "\r\n").encode("utf-16-le"),
}


@pytest.mark.parametrize("data", SAVED_AS.values(), ids=SAVED_AS)
def test_a_file_that_an_editor_saved_in_another_way_is_read(data: bytes):
    book = book_of(data)
    assert [one.id for one in book.answers] == ["q1", "q2"]
    assert book.unreadable == ()


@pytest.mark.parametrize("data", SAVED_AS.values(), ids=SAVED_AS)
@pytest.mark.parametrize("cut", range(6))
def test_what_is_answered_after_that_is_read_too_also_after_a_torn_line(path: Path, data: bytes, cut: int):
    path.write_bytes(data[: len(data) - cut])
    answers.append(path, answer(item="größer"))
    answers.append(path, answer(item="q4"))
    read = [one.id for one in answers.read(path).answers]
    assert read[-2:] == ["größer", "q4"]
    assert read[0] == "q1"


def test_in_utf_16_too_a_line_may_be_only_so_long_and_a_torn_one_is_counted():
    long = line(given={"text": "é" * (LONGEST_LINE // 2)})
    book = book_of((line(id="q1") + long + line(id="q3")).decode().encode("utf-16") + b'{\0"')
    assert [one.id for one in book.answers] == ["q1", "q3"]
    assert book.unreadable == (2, 4)


def test_a_mark_alone_is_no_line():
    assert book_of(codecs.BOM_UTF8) == Book()


def test_odd_bytes_at_the_beginning_do_not_hide_what_follows():
    for odd in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\xff\xfea\0b\0", b"\0\0\0\0"):
        assert [one.id for one in book_of(odd + b"\n" + line(id="q1")).answers] == ["q1"]
