"""The items that both sides show."""

from __future__ import annotations

from pathlib import Path

from bench import items
from bench.pages import ROOT
from casebook.kinds.options import OptionsItem


def texts(item: OptionsItem) -> list[str]:
    return [option.text for option in item.options]


def test_there_are_thirty_each_with_an_identifier_of_its_own():
    thirty = items.thirty(items.of_course(ROOT))
    assert len(thirty) == len({item.id for item in thirty}) == 30
    assert {item.kind for item in thirty} == {"single", "several"}


def test_they_are_the_courses_own_as_practice(small: Path):
    own = items.of_course(small)
    thirty = items.thirty(own)
    assert [texts(item) for item in thirty[: len(own)]] == [texts(item) for item in own]
    assert [item.stem for item in thirty[: len(own)]] == [item.stem for item in own]
    assert {item.marks for item in thirty} == {None}


def test_where_the_course_has_too_few_they_come_once_more(small: Path):
    own = items.of_course(small)
    again = items.thirty(own)[len(own)]
    assert again.stem == f"Once more: {own[0].stem}"
    assert texts(again) == texts(own[0])
