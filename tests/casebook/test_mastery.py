from __future__ import annotations

from dataclasses import replace

import pytest

from casebook import mastery
from casebook.kinds import KINDS
from casebook.kinds.base import Given, Item
from casebook.kinds.options import Option
from casebook.kinds.several import SeveralItem
from casebook.kinds.single import SingleItem

OPTIONS = (
    Option(id="a", text="One", feedback="Yes.", right=True, points=("p",)),
    Option(id="b", text="Two", feedback="Yes.", right=True, points=("q",)),
    Option(id="c", text="Three", feedback="No.", points=("r",)),
    Option(id="d", text="Four", feedback="No."),
)
SEVERAL = SeveralItem(id="i", kind="several", stem="Which?", points=("p", "q"), basis="section", options=OPTIONS)


def shares(item: Item, given: Given | None) -> dict[str, float]:
    return mastery.by_point(item, item.outcome(given))


@pytest.mark.parametrize(
    ("picked", "wanted"),
    [
        (["a", "b"], {"p": 1, "q": 1}),
        (["a"], {"p": 1, "q": 0}),
        (["a", "b", "c"], {"p": 1, "q": 1, "r": 0}),
        (["a", "b", "d"], {"p": 0.5, "q": 0.5}),
    ],
)
def test_what_was_done_or_left_out_speaks_for_its_own_points(picked: list[str], wanted: dict[str, float]):
    assert shares(SEVERAL, {"choices": picked}) == wanted


def test_who_gave_no_answer_knows_nothing():
    assert set(shares(SEVERAL, None).values()) == {0.0}


def test_three_options_that_were_rightly_left_are_no_sign_of_knowing():
    options = (replace(OPTIONS[0], points=()), *(replace(one, right=False, points=()) for one in OPTIONS[1:]))
    single = SingleItem(id="i", kind="single", stem="Which?", points=("p",), basis="section", options=options)
    assert shares(single, {"choice": "d"}) == {"p": 0}
    assert shares(single, {"choice": "a"}) == {"p": 1}


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if not kind.manual], ids=lambda kind: kind.name)
def test_each_kinds_whole_answer_is_all_there_and_its_worst_is_not(kind: object):
    item, examples = kind.examples()  # type: ignore[attr-defined]
    whole = next(one for one in examples if one.share == 1)
    assert set(shares(item, whole.given).values()) == {1.0}
    worst = next(one for one in examples if one.share == 0)
    assert min(shares(item, worst.given).values()) < 1
    assert set(item.points) <= shares(item, worst.given).keys()


def test_what_only_an_instructor_could_mark_says_nothing():
    item, examples = KINDS["written"].examples()
    for one in examples:
        assert one.refused or shares(item, one.given) == {}
