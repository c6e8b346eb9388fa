from __future__ import annotations

from authoring import coverage
from tests.authoring.author import BANK, COURSE, LESSON, Author


def test_each_point_is_counted_where_it_is_taught_practised_and_settled(author: Author):
    asks, back = coverage.table(author.course())
    # One practice item and three choices name it; the choices of the street and the evening name the other.
    assert (asks.point, asks.module, asks.finished) == ("ladder-asks", "tiny", True)
    assert (asks.taught, asks.practised, asks.settled, asks.applied) == (1, 3, 2, 1)
    assert (back.taught, back.practised, back.settled, back.applied) == (1, 6, 1, 1)
    assert (asks.slots, back.slots) == (2, 1)


def test_an_item_that_names_a_point_twice_counts_once(author: Author):
    author.writes(BANK, "points: [ladder-back, ladder-asks]", "points: [ladder-back, ladder-back]")
    _, back = coverage.table(author.course())
    assert back.settled == 1


def test_an_empty_cell_of_a_finished_module_is_shown_as_missing(author: Author):
    author.writes(LESSON, "{teaches} ladder-asks ladder-back", "{teaches} ladder-asks")
    lines = coverage.shown(author.course()).splitlines()
    assert lines[1].split() == ["ladder-asks", "tiny", "1", "3", "2", "1", "2"]
    assert lines[2].split() == ["ladder-back", "tiny", "MISSING", "6", "1", "1", "1"]
    assert lines[-1] == "1 of the 2 points of finished modules have no empty cell."


def test_a_point_of_a_module_that_is_not_ready_may_be_empty(author: Author):
    author.writes(COURSE, "minutes: 5\n    ready: false", "minutes: 5\n    points: [ladder-back]\n    ready: false")
    author.writes(COURSE, "points: [ladder-asks, ladder-back]", "points: [ladder-asks]")
    author.writes(LESSON, "{teaches} ladder-asks ladder-back", "{teaches} ladder-asks")
    assert coverage.shown(author.course()).splitlines()[2].split()[:3] == ["ladder-back", "(later)", "."]


def page(author: Author) -> list[str]:
    return coverage.page(author.course()).decode().splitlines()


def test_the_guides_page_has_each_point_with_where_it_is_met(author: Author):
    lines = page(author)
    assert "## 2. Lending a ladder" in lines
    (asks,) = [line for line in lines if "`ladder-asks`" in line]
    assert asks == ("| The owner is asked first (`ladder-asks`) | Asking | 3 | The ladder | 2 (1) | 2 |")


def test_the_variants_of_a_slot_count_as_one(author: Author):
    _, final = author.course().modules
    assert [len(variants) for variants in final.slots().values()] == [2, 2]
    _, back = coverage.table(author.course())
    assert back.slots == 1


def test_a_heading_elsewhere_is_followed_by_its_module(author: Author):
    author.writes(COURSE, "points: [ladder-asks, ladder-back]", "points: [ladder-asks]")
    author.writes(COURSE, "pass_mark: 0.75", "pass_mark: 0.75\n    points: [ladder-back]")
    (back,) = [line for line in page(author) if "`ladder-back`" in line]
    assert "| Asking (*Lending a ladder*) |" in back


def test_a_point_that_nothing_meets_says_so(author: Author):
    points = "  - {id: new, part: Ladders, name: New | old, text: New.}\n"
    author.writes("course/points.yml", "points:\n", "points:\n" + points)
    author.writes(COURSE, "points: [ladder-asks,", "points: [new, ladder-asks,")
    assert "| New \\| old (`new`) | nowhere | 0 | none | 0 (0) | 0 |" in page(author)


def test_what_is_not_given_out_is_named_and_left_out(author: Author):
    author.writes(COURSE, "check_minutes: 5\n    ready: true", "check_minutes: 5\n    ready: false")
    lines = page(author)
    assert "## 2. Lending a ladder" not in lines
    assert lines[-1] == "- Lending a ladder: `ladder-asks`, `ladder-back`"
