"""The answers file of a submission, whatever program saved it last: read within the same limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grading import submission

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


def lines(count: int) -> str:
    record = {"v": 1, "at": "2026-01-05T09:00:00+00:00", "module": "tiny", "id": "tiny-owner", "given": {"choice": "b"}}
    return (json.dumps(record) + "\n") * count


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_is_read_whichever_way_an_editor_saved_it(tmp_path: Path, encoding: str):
    (tmp_path / "answers.jsonl").write_bytes(lines(3).encode(encoding))
    book, trouble = submission.read(tmp_path)
    assert (len(book.answers), trouble) == (3, None)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_more_lines_than_anybody_gives_are_passed_over(tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(submission, "MOST_LINES", 2)
    (tmp_path / "answers.jsonl").write_bytes(lines(3).encode(encoding))
    book, trouble = submission.read(tmp_path)
    assert len(book.answers) == 2
    assert trouble is not None
    assert "more than 2 lines" in trouble
    (tmp_path / "answers.jsonl").write_bytes(lines(2).encode(encoding))
    assert submission.read(tmp_path)[1] is None


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_that_is_too_large_counts_as_empty(tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(submission, "LARGEST", 100)
    (tmp_path / "answers.jsonl").write_bytes(lines(1).encode(encoding))
    book, trouble = submission.read(tmp_path)
    assert book.answers == ()
    assert trouble is not None
    assert "counts as empty" in trouble
