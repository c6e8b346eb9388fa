"""Grading a class, measured: very small classes, but every side for real."""

from __future__ import annotations

import pytest

from bench import classes
from bench.classes import Line


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    return classes.measure(tmp_path_factory.mktemp("classes"), sizes=(2, 2, 2, 1), rounds=1)


def test_every_side_is_measured(lines: list[Line]):
    assert [line.target for line in lines] == [300, 10, 20, 10, 1.2, 1.2, 1.2]
    assert all(line.ratio > 0 for line in lines)


def test_the_check_asks_ten_items_of_several_kinds():
    ten = classes.ten(classes.items_of_course())
    assert len(ten) == len({item.id for item in ten}) == 10
    assert len({item.kind for item in ten}) > 2


def test_the_table_says_what_is_met_and_what_is_missed():
    said = classes.table(
        [Line("Quick", "1 ms", "1,000 ms", 1000.0, 300, at_least=True), Line("Large", "9 MB", "3 MB", 3.0, 1.2)]
    )
    assert "| Quick | 1 ms | 1,000 ms | 1,000 times | ≥ 300 | met |" in said
    assert "| Large | 9 MB | 3 MB | 3.00 | ≤ 1.2 | missed |" in said
