"""Met: enough points and nothing unsafe that blocks, whatever the points."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.kinds.base import Item
from casebook.kinds.options import Option
from casebook.kinds.rate import RATE
from casebook.kinds.several import SEVERAL
from casebook.kinds.simulation import SIMULATION
from casebook.kinds.single import SingleItem
from casebook.kinds.sort import Group, SortItem, Statement
from grading.scoring import score
from grading.verdict import UnsafeChoice, from_data, has_enough, is_met, to_data, unsafe_choices

MARK = 0.8
BLOCKS, NAMED = (UnsafeChoice("i", "what", "why", ("p",), blocks) for blocks in (True, False))

SINGLE = SingleItem(
    id="she-asks",
    kind="single",
    stem="She asks what a dialogue is. What do you do?",
    points=("dialogue-inform-not-pressure",),
    basis="section",
    marks=1,
    options=(
        Option(id="a", text="Tell her what it is", feedback="She asked.", right=True),
        Option(id="b", text="Sign her up", feedback="She asked what it is, no more.", unsafe=True),
        Option(id="c", text="Say it isn't your job", feedback="It is."),
    ),
)
SORT = SortItem(
    id="your-desk",
    kind="sort",
    stem="What do you do with each?",
    points=("dialogue-victim-initiates",),
    basis="section",
    marks=2,
    groups=(Group(id="do", text="Do it", doing=True), Group(id="leave", text="Leave it")),
    statements=(
        Statement(id="a", text="Give her the program's number", group="do", feedback="She can call."),
        Statement(id="b", text="Carry his question to her", group="leave", feedback="It starts with her.", unsafe=True),
        Statement(id="c", text="Tell her what a dialogue is", group="do", feedback="She asked."),
    ),
)
UNSAFE = {
    "the option picked": (SINGLE, {"choice": "b"}),
    "ticked among several": (SEVERAL.examples()[0], {"choices": ["a", "d"]}),
    "filed under a group that means doing it": (SORT, {"a": "do", "b": "do", "c": "do"}),
    "rated 3": (RATE.examples()[0], {"a": "4", "b": "3", "c": "1", "d": "3"}),
    "rated 4": (RATE.examples()[0], {"d": "4"}),
    "taken in a story": (SIMULATION.examples()[0], {"case": "the-note", "path": ["carry", "options", "write"]}),
}
SAFE = {
    "another option picked": (SINGLE, {"choice": "c"}),
    "left unticked": (SEVERAL.examples()[0], {"choices": ["a"]}),
    "filed where it means leaving it": (SORT, {"b": "leave"}),
    "not filed": (SORT, {"a": "do"}),
    "rated 2": (RATE.examples()[0], {"d": "2"}),
    "no answer": (SINGLE, None),
}


def of(item: Item, answer: dict[str, object] | None) -> tuple[UnsafeChoice, ...]:
    return unsafe_choices(score(item, answer))


@pytest.mark.parametrize("how", UNSAFE)
def test_an_unsafe_choice_that_the_section_settles_blocks(how: str):
    (found,) = of(*UNSAFE[how])
    assert found.blocks
    assert found.why
    assert not is_met(MARK, 10, 10, [found])


@pytest.mark.parametrize("how", SAFE)
def test_what_is_not_chosen_is_not_unsafe(how: str):
    assert of(*SAFE[how]) == ()


@pytest.mark.parametrize("how", [how for how in UNSAFE if how != "taken in a story"])
def test_what_is_our_inference_is_named_and_blocks_only_once_an_expert_reviewed_it(how: str):
    item, answer = UNSAFE[how]
    inferred = replace(item, basis="inference")
    assert [one.blocks for one in of(inferred, answer)] == [False]
    assert [one.blocks for one in of(replace(inferred, reviewed_by="Dana Ruiz, 2026-11-01"), answer)] == [True]


def test_an_options_own_basis_goes_before_its_items():
    options = tuple(replace(one, basis="inference") if one.unsafe else one for one in SINGLE.options)
    assert [one.blocks for one in of(replace(SINGLE, options=options), {"choice": "b"})] == [False]


def test_a_later_choice_that_names_an_unsafe_one_repairs_it():
    item = SIMULATION.examples()[0]
    (repaired,) = of(item, {"case": "the-note", "path": ["carry", "options", "own"]})
    assert (repaired.blocks, repaired.repaired) == (False, True)
    (left,) = of(item, {"case": "the-note", "path": ["carry", "options", "write"]})
    assert (left.blocks, left.repaired) == (True, False)


def test_an_unsafe_choice_earns_none_of_the_marks_of_what_is_sorted():
    item, answer = UNSAFE["filed under a group that means doing it"]
    assert score(item, answer).marks == 0


@given(
    points=st.integers(0, 40).map(lambda quarter: quarter / 4),
    choices=st.lists(st.sampled_from([BLOCKS, NAMED])),
)
def test_a_check_is_met_by_enough_points_and_nothing_that_blocks(points: float, choices: list[UnsafeChoice]):
    assert is_met(MARK, points, 10, choices) == (points >= 8 and BLOCKS not in choices)


@given(seed=st.integers())
def test_no_points_outweigh_an_unsafe_choice(seed: int):
    chance = random.Random(seed)  # noqa: S311 - which of them
    item, answer = UNSAFE[chance.choice(list(UNSAFE))]
    assert not is_met(MARK, 1e6, 1, of(item, answer))


def test_choices_go_through_a_notebooks_metadata_unchanged():
    choices = of(*UNSAFE["rated 4"])
    assert from_data(to_data(choices)) == choices


@pytest.mark.parametrize(
    ("pass_mark", "score", "most", "enough"),
    [
        (0.8, 21.6, 27, True),
        (0.8, 21.5, 27, False),
        (0.8, 0, 27, False),
        (0.8, 27, 27, True),
        (0.55, 13.75, 25, True),  # 0.55 * 25 is 13.750000000000002 on a computer
        (0.5, 0.9999, 2, True),  # three thirds of a mark, each rounded to 0.3333: shown as 1
        (0.5, 0.99, 2, False),
        (0, 0, 0, False),  # a check without marks is not met by doing nothing
    ],
)
def test_points_are_enough_from_the_pass_mark_on(pass_mark: float, score: float, most: float, enough: bool):
    assert has_enough(pass_mark, score, most) is enough
