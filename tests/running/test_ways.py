"""Ways of answering: each does with every kind of item what it says, by the kind's own examples and the real items."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args, get_type_hints

import pytest
from hypothesis import given

from casebook import earning, engine
from casebook.kinds import KINDS
from casebook.kinds.base import Field, Item
from casebook.kinds.simulation import SIMULATION, SimulationItem
from casebook.story import Story
from grading import bank
from running import ways
from running.demo_class import by_rubric
from running.ways import ALL, EMPTIED, FIRST, GONE, GUESS, RIGHT, SLIP, UNSAFE, WORTH, Way
from tests.casebook.kinds.test_simulation import scored
from tests.casebook.stories import stories
from tests.kinds_course import graded

ITEMS = {name: graded(name) for name in KINDS}
REAL = {
    item.id: item
    for source in sorted((bank.ROOT / "course/source").iterdir())
    if source.is_dir()
    for item in bank.items(source.name).values()
}
ANSWERING = {"right": RIGHT, "first": FIRST, "all": ALL, "guess": GUESS, "unsafe": UNSAFE, "slip": SLIP}

each_kind = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
each_item = pytest.mark.parametrize("item", [*ITEMS.values(), *REAL.values()], ids=[*ITEMS, *REAL])


def share(way: Way, item: Item) -> float | None:
    answer = way(item)
    assert answer is not None
    return item.outcome(answer).share


def test_every_control_has_its_line_in_every_table():
    controls = set(get_args(get_type_hints(Field)["control"]))
    for table in (ways._FIRST, ways._BEGIN, ways._ALL, ways._GUESSED):
        assert set(table) == controls


@each_item
def test_what_is_right_earns_all_the_marks(item: Item):
    assert share(RIGHT, item) == (None if KINDS[item.kind].manual else pytest.approx(1))


@each_item
def test_every_way_gives_an_answer_that_the_page_could_have_given(item: Item):
    public = json.loads(json.dumps(item.public()))
    problems = {name: KINDS[item.kind].problem(public, way(item) or {}) for name, way in ANSWERING.items()}
    assert problems == dict.fromkeys(ANSWERING)


@each_item
def test_an_unsafe_answer_is_unsafe_and_where_nothing_is_it_is_right(item: Item):
    answer = UNSAFE(item)
    assert answer is not None
    if not any(remark.unsafe for remark in item.outcome(answer).remarks):
        assert answer == RIGHT(item)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("several", {"choices": ["a", "b", "d"]}),
        ("rate", {"a": "4", "b": "3", "c": "1", "d": "3"}),
        ("simulation", {"case": "the-note", "path": ["carry", "options", "write"]}),
    ],
)
def test_where_a_kinds_example_offers_something_unsafe_it_is_taken(name: str, answer: dict[str, object]):
    assert UNSAFE(ITEMS[name]) == answer
    assert any(remark.unsafe for remark in ITEMS[name].outcome(answer).remarks)


@each_item
def test_a_slip_is_not_unsafe(item: Item):
    answer = SLIP(item)
    assert answer is not None
    assert not any(remark.unsafe for remark in item.outcome(answer).remarks)


@pytest.mark.parametrize("name", ["several", "sort", "order", "rate", "simulation"])
def test_a_slip_costs_something_and_not_everything_where_several_things_are_asked(name: str):
    got = share(SLIP, ITEMS[name])
    assert got is not None
    assert 0 < got < 1


@each_kind
def test_what_is_gone_is_no_answer_and_in_a_text_nothing_can_be(item: Item):
    answer = GONE(item)
    assert (answer is None) == (item.kind == "written")
    if answer is not None:
        assert KINDS[item.kind].problem(item.public(), answer)


@each_kind
def test_what_is_taken_back_is_an_answer_and_earns_nothing(item: Item):
    answer = EMPTIED(item)
    assert (answer is not None) == (item.kind in ("several", "written"))
    if answer is not None:
        assert item.outcome(answer).share == 0


@each_kind
def test_a_guess_is_the_same_every_time(item: Item):
    assert GUESS(item) == GUESS(replace(item))


def test_guesses_differ_from_item_to_item():
    guesses = {json.dumps(GUESS(replace(ITEMS["several"], id=f"item-{n}"))) for n in range(30)}
    assert len(guesses) > 5


@pytest.mark.parametrize(("path", "earned"), [(RIGHT, 3), (FIRST, 2), (ALL, 0.5), (UNSAFE, 2), (SLIP, 2)])
def test_a_simulation_is_played_to_an_end(path: Way, earned: float):
    item, _ = SIMULATION.examples()
    assert isinstance(item, SimulationItem)
    answer = path(item)
    assert answer is not None
    assert len(answer["path"]) == 3
    assert item.outcome(answer).share == pytest.approx(earned / 3)


@given(stories())
def test_any_story_is_played_to_an_end_in_every_way_and_right_earns_the_most(story: Story):
    item = scored(story)
    tale = item.stories[0].story
    for way in ANSWERING.values():
        path = (way(item) or {})["path"]
        assert engine.is_over(tale, engine.replay(tale, 0, tuple(path)))
    if earning.best(tale) > 0:
        assert share(RIGHT, item) == pytest.approx(1)


@pytest.mark.parametrize(("text", "marks"), list(zip(WORTH, (2, 1, 0), strict=True)))
def test_what_is_written_is_marked_by_a_level_of_the_rubric(text: str, marks: float):
    assert by_rubric(ITEMS["written"], {"text": text}) == marks


def test_the_instructor_gives_nothing_for_what_they_do_not_know():
    assert by_rubric(ITEMS["written"], {"text": "Call me."}) == 0
