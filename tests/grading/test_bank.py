"""The bank, the teaching points and the pass mark, as grading reads them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.kinds import KINDS
from grading import bank

MODULES = sorted(path.stem for path in (bank.ROOT / "grading/bank").glob("*.yml"))


def test_items_come_with_their_keys_and_marks(small_built: Path):
    items = bank.items("tiny", small_built)
    assert list(items) == ["tiny-owner", "tiny-return"]
    assert [option.id for option in items["tiny-owner"].options if option.right] == ["b"]
    assert [option.id for option in items["tiny-return"].options if option.unsafe] == ["d"]
    assert [item.marks for item in items.values()] == [2, 3]


def test_points_come_in_the_courses_order(small_built: Path):
    points = bank.points(small_built)
    assert list(points) == ["ladder-asks", "ladder-back"]
    assert points["ladder-back"].text == "A borrowed ladder is brought back dry."


def test_the_course_says_its_titles_and_its_pass_mark(small_built: Path):
    course = bank.course(small_built)
    assert course.title == "A tiny course"
    assert course.titles["tiny"] == "Lending a ladder"
    assert course.pass_mark == 0.5


@pytest.mark.parametrize("module", MODULES)
def test_every_item_of_the_real_bank_can_earn_all_its_marks_and_none(module: str):
    for item in bank.items(module).values():
        assert item.kind in KINDS
        assert item.marks
        assert item.outcome(None).share == 0


def test_there_is_a_real_bank():
    assert "partner-violence" in MODULES


def test_another_course_is_graded_when_its_root_is_named(small_built: Path):
    asks = "from grading import bank; print(*bank.items('tiny'), bank.course().title)"
    environment = {**os.environ, "CASEBOOK_ROOT": str(small_built)}
    ran = subprocess.run([sys.executable, "-c", asks], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout == "tiny-owner tiny-return A tiny course\n"
