"""Who grades alone gets what nbgrader gives for the same answers file: cell by cell, over two hundred random files."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casebook.answers import append
from casebook.results import Result
from grading import alone, bank
from running.nbgrader_steps import Steps
from tests.grading.machine import autograded
from tests.grading.random_answers import lines

FILES = 200
NOW = datetime(2026, 1, 6, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real course, in a folder of its own, with two hundred submissions that nbgrader has graded."""
    root = tmp_path_factory.mktemp("alone") / "course"
    left = shutil.ignore_patterns("release", "submitted", "autograded", "feedback", "gradebook.db", "__pycache__")
    for name in ("course", "grading"):
        shutil.copytree(bank.ROOT / name, root / name, ignore=left)
    shutil.copy(bank.ROOT / "nbgrader_config.py", root)
    (root / "exchange").mkdir()
    steps = Steps(root, cache=root / "cache")
    for check in checks():
        steps.generate_assignment(check)
    for number, check in enumerate(in_turn()):
        submit(root, f"s{number:03}", check, random.Random(number))  # noqa: S311 - the same each time
    for check in checks():
        steps.autograde(check)
    return root


def checks() -> list[str]:
    return list(bank.course().titles)


def in_turn() -> Iterator[str]:
    names = checks()
    return (names[number % len(names)] for number in range(FILES))


def submit(root: Path, student: str, check: str, chance: random.Random) -> None:
    folder = submitted(root, student, check)
    shutil.copytree(root / "course/source" / check, folder)
    for answer in lines(list(bank.items(check).values()), check, chance):
        append(folder / "answers.jsonl", answer)


def submitted(root: Path, student: str, check: str) -> Path:
    return root / "grading/submitted" / student / check


def graded_alone(root: Path, student: str, check: str, folder: Path) -> Result:
    shutil.copytree(submitted(root, student, check), folder)
    return alone.grade(folder, check, NOW, who=student)


def test_each_cell_has_the_marks_that_nbgrader_gives(root: Path, tmp_path: Path):
    given = {check: autograded(root, check) for check in checks()}
    scores = set()
    for number, check in enumerate(in_turn()):
        student = f"s{number:03}"
        result = graded_alone(root, student, check, tmp_path / student)
        wanted = given[check][student]
        assert {one.id: one.marks for one in result.scores} == pytest.approx(wanted), (student, check)
        assert result.score == pytest.approx(sum(mark or 0 for mark in wanted.values()))
        scores.add((check, result.score))
    assert len(scores) > FILES / 2  # they were not all alike


def test_who_gave_no_answer_at_all_gets_nothing(root: Path, tmp_path: Path):
    for check in checks():
        folder = shutil.copytree(root / "course/source" / check, tmp_path / check)
        result = alone.grade(folder, check, NOW)
        assert (result.score, result.met) == (0, False)
        assert result.most == sum(one.most for one in result.scores)
