from __future__ import annotations

from authoring import coverage
from tests.authoring.author import BANK, COURSE, LESSON, Author


def test_each_point_is_counted_where_it_is_taught_practised_and_settled(author: Author):
    asks, back = coverage.table(author.course())
    # One practice item and three choices name it; the choices of the street and the evening name the other.
    assert (asks.point, asks.module, asks.finished) == ("ladder-asks", "tiny", True)
    assert (asks.taught, asks.practised, asks.settled, asks.applied) == (1, 3, 2, 1)
    assert (back.taught, back.practised, back.settled, back.applied) == (1, 6, 1, 1)


def test_an_item_that_names_a_point_twice_counts_once(author: Author):
    author.writes(BANK, "points: [ladder-back, ladder-asks]", "points: [ladder-back, ladder-back]")
    _, back = coverage.table(author.course())
    assert back.settled == 1


def test_an_empty_cell_of_a_finished_module_is_shown_as_missing(author: Author):
    author.writes(LESSON, "{teaches} ladder-asks ladder-back", "{teaches} ladder-asks")
    lines = coverage.shown(author.course()).splitlines()
    assert lines[1].split() == ["ladder-asks", "tiny", "1", "3", "2", "1"]
    assert lines[2].split() == ["ladder-back", "tiny", "MISSING", "6", "1", "1"]
    assert lines[-1] == "1 of the 2 points of finished modules have no empty cell."


def test_a_point_of_a_module_that_is_not_ready_may_be_empty(author: Author):
    author.writes(COURSE, "minutes: 5\n    ready: false", "minutes: 5\n    points: [ladder-back]\n    ready: false")
    author.writes(COURSE, "points: [ladder-asks, ladder-back]", "points: [ladder-asks]")
    author.writes(LESSON, "{teaches} ladder-asks ladder-back", "{teaches} ladder-asks")
    assert coverage.shown(author.course()).splitlines()[2].split()[:3] == ["ladder-back", "(later)", "."]
