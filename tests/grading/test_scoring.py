"""Answers to marks. tiny-owner is worth 2 (right: b); tiny-return is worth 3 (right: a b, unsafe: d)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import grading
from casebook.answers import Answer, append
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from casebook.kinds.single import SINGLE
from grading import bank
from grading.scoring import Scorer, score

AT = "2026-01-05T09:00:00+00:00"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
ODD_ANSWERS = st.dictionaries(
    st.sampled_from(["choice", "choices", "order", "text", "a", "b", ""]), JSON | st.just("a"), max_size=3
)


def owner(given: Mapping[str, Any]) -> Answer:
    return Answer("tiny", "tiny-owner", given, AT)


def back(*choices: Any) -> Answer:
    return Answer("tiny", "tiny-return", {"choices": list(choices)}, AT)


def test_the_right_option_earns_all_marks(items: dict[str, Item]):
    assert score(items["tiny-owner"], owner({"choice": "b"}).given).marks == 2


def test_a_wrong_option_earns_nothing(items: dict[str, Item]):
    assert score(items["tiny-owner"], owner({"choice": "a"}).given).marks == 0


@pytest.mark.parametrize(
    ("picked", "marks"),
    [
        ("ab", 3),
        ("a", 1.5),  # 1/2 * 3
        ("abc", 1.5),  # (2-1)/2 * 3
        ("ac", 0),  # (1-1)/2 * 3
        ("c", 0),
        ("abd", 0),  # d is unsafe
        ("", 0),
    ],
)
def test_part_of_what_is_right_earns_part_of_the_marks(items: dict[str, Item], picked: str, marks: float):
    assert score(items["tiny-return"], back(*picked).given).marks == marks


def test_no_answer_earns_nothing_and_is_no_problem(items: dict[str, Item]):
    result = score(items["tiny-owner"], None)
    assert (result.marks, result.given, result.problem) == (0, None, None)


def test_a_third_of_the_marks_is_rounded_to_four_places(items: dict[str, Item]):
    options = tuple(replace(option, right=True, unsafe=False) for option in items["tiny-return"].options[:3])
    third = replace(items["tiny-return"], options=options, marks=1.0)
    assert score(third, back("a").given).marks == 0.3333


def test_an_item_for_practice_is_worth_nothing(items: dict[str, Item]):
    assert score(replace(items["tiny-owner"], marks=None), owner({"choice": "b"}).given).marks == 0


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"choice": "z"},
        {"choice": None},
        {"choice": 1},
        {"choice": ["b"]},
        {"choice": {"b": "b"}},
        {"choice": float("nan")},
        {"choice": "b", "marks": 1000},
        {"choices": ["b"]},
        {"choice": "\ud800"},
    ],
)
def test_what_is_no_answer_earns_nothing_and_says_why(items: dict[str, Item], given: dict[str, Any]):
    result = score(items["tiny-owner"], owner(given).given)
    assert (result.marks, result.given) == (0, None)
    assert result.problem


@pytest.mark.parametrize("choices", ["ab", ["a", "z"], ["a", "a"], ["a", None], ["a", ["b"]], {"a": 1}, None, 3])
def test_choices_that_are_no_answer_earn_nothing_and_say_why(items: dict[str, Item], choices: Any):
    result = score(items["tiny-return"], {"choices": choices})
    assert result.marks == 0
    assert result.problem


@settings(max_examples=300, deadline=None)
@given(odd=ODD_ANSWERS)
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_was_given_a_result_comes_of_it(kind: str, odd: dict[str, Any]):
    example, _answers = KINDS[kind].examples()
    result = score(replace(example, marks=2.0), odd)
    assert KINDS[kind].manual if result.marks is None else 0 <= result.marks <= 2


@pytest.mark.parametrize("kind", KINDS)
def test_each_kinds_own_examples_earn_their_share(kind: str):
    example, answers = KINDS[kind].examples()
    for answer in answers:
        result = score(replace(example, marks=4.0), answer.given)
        waits = answer.share is None and not answer.refused
        assert result.marks == (None if waits else round(4 * (answer.share or 0), 4))
        assert bool(result.problem) == answer.refused


def test_the_last_answer_to_an_item_counts(items: dict[str, Item], tmp_path: Path):
    for choice in "bca":
        append(tmp_path / "answers.jsonl", owner({"choice": choice}))
    assert _marks(items, tmp_path) == {"tiny-owner": 0, "tiny-return": 0}
    append(tmp_path / "answers.jsonl", owner({"choice": "b"}))
    assert _marks(items, tmp_path) == {"tiny-owner": 2, "tiny-return": 0}


def test_a_last_answer_that_is_none_does_not_bring_an_earlier_one_back(items: dict[str, Item], tmp_path: Path):
    append(tmp_path / "answers.jsonl", owner({"choice": "b"}))
    append(tmp_path / "answers.jsonl", owner({"choice": "z"}))
    assert _marks(items, tmp_path)["tiny-owner"] == 0


def test_answers_in_another_check_do_not_count(items: dict[str, Item], tmp_path: Path):
    append(tmp_path / "answers.jsonl", Answer("another", "tiny-owner", {"choice": "b"}, AT))
    assert _marks(items, tmp_path)["tiny-owner"] == 0


def test_answers_to_items_that_the_bank_does_not_hold_are_passed_over(items: dict[str, Item], tmp_path: Path):
    append(tmp_path / "answers.jsonl", Answer("tiny", "gone", {"choice": "b"}, AT))
    append(tmp_path / "answers.jsonl", owner({"choice": "b"}))
    scorer = Scorer("tiny", tmp_path, items)
    assert scorer.trouble is None
    assert scorer.result("tiny-owner").marks == 2


def test_without_an_answers_file_everything_is_unanswered(items: dict[str, Item], tmp_path: Path):
    assert Scorer("tiny", tmp_path, items).trouble is None
    assert _marks(items, tmp_path) == {"tiny-owner": 0, "tiny-return": 0}


@pytest.mark.parametrize(
    "line",
    [
        b'{"v": 1, "at": "torn',
        b"\xff\xfe\x00",
        b"null",
        b"[1, 2]",
        b'"a string"',
        b'{"v": 2, "at": "", "module": "tiny", "id": "tiny-owner", "given": {"choice": "b"}}',
        b'{"v": 1, "at": 5, "module": "tiny", "id": "tiny-owner", "given": {"choice": "b"}}',
        b'{"v": 1, "at": "", "module": "tiny", "id": ["tiny-owner"], "given": {"choice": "b"}}',
        b'{"v": 1, "at": "", "module": "tiny", "id": "tiny-owner", "given": "b"}',
        b'{"v": 1, "at": "", "module": "tiny", "id": "tiny-owner", "given": {"choice": NaN}}',
        b'{"v": 1, "at": "", "module": "tiny", "id": "tiny-owner", "given": {"choice": Infinity}}',
        b'{"v": 1, "at": "", "module": "tiny", "id": "tiny-owner", "given": ' + b"[" * 90_000 + b"}",
        b'{"v": 1, "at": "", "module": "tiny", "id": "tiny-owner", "given": {"choice": ' + b"9" * 5000 + b"}}",
        b'{"v": 1, "at": "", "module": "tiny", "id": "tiny-owner", "given": {"choice": 1e999}}',
        b'{"v": 1, "at": "", "module": "tiny", "id": "tiny-owner", "given": ' + b'{"a": ' * 400 + b"1" + b"}" * 401,
        b" " * 100_001 + b"{}",
    ],
    ids=lambda line: line[:90].decode(errors="replace").strip() or "too long",
)
def test_a_line_that_is_no_answer_is_passed_over_and_told_of(items: dict[str, Item], tmp_path: Path, line: bytes):
    append(tmp_path / "answers.jsonl", owner({"choice": "a"}))
    with (tmp_path / "answers.jsonl").open("ab") as file:
        file.write(line + b"\n")
    append(tmp_path / "answers.jsonl", back("a", "b"))
    scorer = Scorer("tiny", tmp_path, items)
    assert scorer.trouble == "1 line of the answers file could not be read and was skipped."
    assert _marks(items, tmp_path) == {"tiny-owner": 0, "tiny-return": 3}


def test_answers_nested_deeply_earn_nothing(items: dict[str, Item], tmp_path: Path):
    nested = '{"choice": ' * 50 + '"b"' + "}" * 50
    line = f'{{"v": 1, "at": "", "module": "tiny", "id": "tiny-owner", "given": {nested}}}\n'
    (tmp_path / "answers.jsonl").write_text(line)
    result = Scorer("tiny", tmp_path, items).result("tiny-owner")
    assert result.marks == 0
    assert result.problem == "One option has to be chosen."


def test_an_answers_file_that_cannot_be_read_counts_as_empty_and_is_told_of(items: dict[str, Item], tmp_path: Path):
    (tmp_path / "answers.jsonl").mkdir()
    scorer = Scorer("tiny", tmp_path, items)
    assert scorer.trouble == "The answers file could not be read (it isn't a file); it counts as empty."
    assert scorer.result("tiny-owner").marks == 0


@pytest.mark.usefixtures("tiny_bank")
def test_a_hidden_test_scores_the_answers_file_of_the_folder_it_runs_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    append(tmp_path / "answers.jsonl", owner({"choice": "b"}))
    monkeypatch.chdir(tmp_path)
    assert grading.score("tiny", "tiny-owner") == 2
    assert grading.score("tiny", "tiny-return") == 0


def test_a_score_is_a_number_that_nbgrader_reads_back(items: dict[str, Item]):
    for item in items.values():
        marks = score(item, None).marks
        assert isinstance(marks, float)
        assert float(json.dumps(marks)) == marks


def test_the_kinds_examples_would_notice_a_wrong_score():
    # The tests above compare with the examples' shares: those must not all be the same.
    assert {answer.share for answer in SINGLE.examples()[1] if not answer.refused} == {1.0, 0.0}


def test_a_written_answer_has_no_marks_before_the_instructor_gives_them(items: dict[str, Item], tmp_path: Path):
    written = replace(KINDS["written"].examples()[0], id="tiny-owner", marks=2)
    append(tmp_path / "answers.jsonl", owner({"text": "So."}))
    assert _marks({**items, "tiny-owner": written}, tmp_path) == {"tiny-owner": None, "tiny-return": 0}
    append(tmp_path / "answers.jsonl", owner({"text": " "}))
    assert _marks({**items, "tiny-owner": written}, tmp_path) == {"tiny-owner": 0, "tiny-return": 0}


def _marks(items: dict[str, Item], folder: Path) -> dict[str, float | None]:
    scorer = Scorer("tiny", folder, items)
    return {item_id: scorer.result(item_id).marks for item_id in items}


@pytest.mark.parametrize("module", ["grading.scoring", "grading.alone"])
def test_scoring_and_grade_now_load_nothing_of_nbgrader_for_a_trainee_waits_for_them(module: str):
    heavy = ("nbgrader", "nbconvert", "sqlalchemy", "jupyter_server", "pandas", "typst")
    told = f"import sys, {module}; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", told], cwd=bank.ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
