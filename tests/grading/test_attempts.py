"""Which attempt counts, and the register that says so."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import attempts as lines
from casebook.answers import FILE_NAME, Answer, append
from grading import attempts
from grading.attempts import Attempts, Kept
from grading.verdict import UnsafeChoice

NOW = datetime(2026, 1, 6, 12, tzinfo=UTC)
KEY = ("tiny", "ana")
UNSAFE = UnsafeChoice("tiny-return", "Lend it *on*", "It isn't yours.", ("ladder-back",), blocks=True)


def kept(number: int = 1, opens: int = 0) -> Kept:
    return Kept(
        "ana",
        number,
        opens or number + 1,
        NOW.isoformat(),
        "dana",
        2.0,
        5.0,
        met=False,
        handed_in=None,
        unsafe=(UNSAFE,),
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "grading").mkdir()
    return tmp_path


def test_nothing_is_opened_where_there_is_no_register(root: Path):
    assert attempts.read(root) == {}


def test_what_was_kept_is_read_as_it_was(root: Path):
    attempts.add(root, "tiny", kept())
    assert attempts.read(root) == {KEY: Attempts((kept(),), graded=1)}
    assert (root / attempts.KEPT).stat().st_mode & 0o007 == 0


def test_an_opened_attempt_is_awaited_until_it_is_graded_and_then_another_may_be(root: Path):
    attempts.add(root, "tiny", kept())
    before = attempts.read(root)[KEY]
    assert (before.awaited, before.is_open, before.on_page) == (2, True, {"attempt": 1, "opened": 2})
    attempts.note_graded(root, KEY, 2, NOW)
    after = attempts.read(root)[KEY]
    assert (after.awaited, after.is_open, after.on_page) == (2, False, {"attempt": 2, "opened": None})
    attempts.add(root, "tiny", kept(2))
    third = attempts.read(root)[KEY]
    assert ([one.number for one in third.kept], third.awaited, third.graded) == ([1, 2], 3, 2)


def test_a_later_number_may_be_opened_instead_and_what_was_kept_stays(root: Path):
    attempts.add(root, "tiny", kept())
    attempts.add(root, "tiny", kept(opens=3))
    of = attempts.read(root)[KEY]
    assert (of.kept, of.awaited, of.graded) == ((kept(opens=3),), 3, 1)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"student": "ana"},
        {"student": "ana", "number": 2, "opens": 2, "by": "x", "score": 1, "most": 5, "met": False},
        {"student": "ana", "number": "1", "opens": 2, "by": "x", "score": 1, "most": 5, "met": False},
        {"student": "ana", "number": 1, "opens": 2, "by": "x", "score": 1, "most": 5, "met": "no"},
        {"student": "ana", "number": 1, "opens": 2, "by": "x", "score": 1, "most": 5, "met": False, "unsafe": [{}]},
    ],
)
def test_a_line_that_is_none_opens_nothing(root: Path, given: dict[str, object]):
    append(root / attempts.KEPT, Answer("tiny", "opened", given, NOW.isoformat()))
    append(root / attempts.KEPT, Answer("tiny", "graded", {"student": "ana", "number": 5}, NOW.isoformat()))
    assert attempts.read(root) == {}


def test_a_torn_line_opens_nothing_and_the_next_one_does(root: Path):
    attempts.add(root, "tiny", kept())
    path = root / attempts.KEPT
    path.write_bytes(path.read_bytes()[:-20])
    assert attempts.read(root) == {}
    attempts.add(root, "tiny", kept())
    assert attempts.read(root)[KEY].awaited == 2


@given(
    number=st.integers(1, 6),
    awaited=st.none() | st.integers(2, 6),
    graded=st.none() | st.integers(1, 6),
)
def test_only_the_attempt_that_was_opened_counts(number: int, awaited: int | None, graded: int | None):
    found = attempts.standing(number, awaited, graded)
    if awaited is not None:
        assert found == {-1: "earlier", 0: "counts", 1: "unopened"}[(number > awaited) - (number < awaited)]
    else:
        # Nobody opened anything: the first attempt always counts, however often it's handed in.
        assert found == ("counts" if number <= (graded or number) else "unopened")


@given(handed_in=st.lists(st.integers(1, 4), max_size=12), opens=st.lists(st.booleans(), min_size=12, max_size=12))
def test_whatever_is_handed_in_the_graded_attempt_only_moves_on_when_one_was_opened(
    handed_in: list[int], opens: list[bool]
):
    awaited: int | None = None
    graded: int | None = None
    for number, opened in zip(handed_in, opens, strict=False):
        before = graded
        if attempts.standing(number, awaited, graded) == "counts":
            graded = number
        if awaited is None and before is not None:
            assert graded is not None
            assert graded <= before
        if awaited is not None:
            assert graded in (before, awaited)
        if opened and graded is not None and graded == (awaited or graded):
            awaited = graded + 1


def test_the_attempt_is_told_by_the_first_line_of_the_check_however_the_file_was_saved(tmp_path: Path):
    assert attempts.number(tmp_path, "tiny") == 1
    append(tmp_path / FILE_NAME, Answer("last", "x", {}, ""), lines.marker("tiny", 2, ""), Answer("tiny", "x", {}, ""))
    assert (attempts.number(tmp_path, "tiny"), attempts.number(tmp_path, "last")) == (2, 1)
    path = tmp_path / FILE_NAME
    path.write_bytes(b"junk\n\n" + path.read_bytes())
    assert attempts.number(tmp_path, "tiny") == 2
    path.write_bytes(path.read_text().encode("utf-16"))
    assert attempts.number(tmp_path, "tiny") == 2


def test_a_number_behind_an_answer_or_behind_a_link_says_nothing(tmp_path: Path):
    append(tmp_path / FILE_NAME, Answer("tiny", "x", {}, ""), lines.marker("tiny", 2, ""))
    assert attempts.number(tmp_path, "tiny") == 1
    other = tmp_path / "other"
    other.mkdir()
    append(tmp_path / "real", lines.marker("tiny", 2, ""))
    (other / FILE_NAME).symlink_to(tmp_path / "real")
    assert attempts.number(other, "tiny") == 1


def test_of_a_long_file_no_more_is_read_than_its_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    append(tmp_path / FILE_NAME, *(Answer("tiny", "x", {"n": n}, "") for n in range(500)))
    read: list[str] = []
    loads = json.JSONDecoder.decode
    monkeypatch.setattr(json.JSONDecoder, "decode", lambda self, text: read.append(text) or loads(self, text))
    assert attempts.number(tmp_path, "tiny") == 1
    assert len(read) == 1


@pytest.mark.parametrize(
    ("number", "of", "graded", "said"),
    [
        (1, None, 1, ""),
        (2, None, None, ""),
        (2, None, 1, "which nobody opened. The graded one still counts. To grade it, open it: make attempt CHECK=tiny"),
        (
            99,
            Attempts((kept(),), 1),
            1,
            "attempt 99, which nobody opened. Attempt 2 is open. To grade it, open it: make",
        ),
        (1, Attempts((kept(),), 1), 1, "Ask them to choose Begin attempt 2 at the end of the check"),
        (1, Attempts((kept(),), 2), 2, "handed in after attempt 2 was opened. The graded one still counts."),
        (2, Attempts((kept(),), 2), 2, ""),
    ],
)
def test_what_does_not_count_is_told_with_what_to_do(number: int, of: Attempts | None, graded: int | None, said: str):
    told = attempts.why_not(number, of, graded, KEY)
    assert (said in told) if said else told == ""
