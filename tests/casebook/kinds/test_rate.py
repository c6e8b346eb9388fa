from __future__ import annotations

from dataclasses import replace

import pytest

from casebook.kinds.rate import RATE, SCALE, RateItem

ITEM: RateItem = RATE.examples()[0]
BEST = {action.id: str(action.best) for action in ITEM.actions}


def share(**changed: str) -> float | None:
    return ITEM.outcome({**BEST, **changed}).share


@pytest.mark.parametrize(("rating", "earned"), [("3", 1), ("2", 0.75), ("4", 0.75), ("1", 0), ("0", 0)])
def test_a_near_miss_earns_most(rating: str, earned: float):
    assert share(b=rating) == (3 + earned) / 4


@pytest.mark.parametrize(("best", "rating", "earned"), [(1, "0", 0.5), (0, "1", 0.5), (1, "2", 0.75), (0, "0", 1)])
def test_a_near_miss_to_or_from_never_earns_half(best: int, rating: str, earned: float):
    first = replace(ITEM.actions[0], best=best)
    item = replace(ITEM, actions=(first, *ITEM.actions[1:]))
    assert item.outcome({**BEST, "a": rating}).share == (3 + earned) / 4


@pytest.mark.parametrize(("rating", "whole"), [("0", 1), ("1", 0.75), ("2", 0.75), ("3", 0), ("4", 0)])
def test_what_must_never_be_done_has_no_near_miss_and_rated_high_leaves_nothing(rating: str, whole: float):
    assert share(d=rating) == whole


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"a": "4"}, "You rated this “4 Do this”: right."),
        ({"a": "3"}, "You rated this “3 Fine”: close, it is “4 Do this”."),
        ({"a": "1"}, "You rated this “1 Poor”: it is “4 Do this”."),
        ({"b": "1"}, "You didn't rate this: it is “4 Do this”."),
    ],
)
def test_a_remark_says_how_near_the_rating_was(given: dict[str, str], said: str):
    assert ITEM.outcome(given).remarks[0].said == said


@pytest.mark.parametrize(
    ("rating", "said", "unsafe"),
    [
        ("0", "You rated this “0 Never”: right.", False),
        ("1", "You rated this “1 Poor”: it is “0 Never”.", False),
        ("3", "You rated this “3 Fine”: not safe, it is “0 Never”.", True),
    ],
)
def test_a_remark_says_what_is_not_safe(rating: str, said: str, unsafe: bool):
    remark = ITEM.outcome({"d": rating}).remarks[3]
    assert (remark.said, remark.unsafe) == (said, unsafe)


def test_each_action_is_a_row_with_the_scale():
    fields = RATE.fields(ITEM.public())
    assert [(field.name, field.label) for field in fields] == [(action.id, action.text) for action in ITEM.actions]
    assert {field.options for field in fields} == {SCALE}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"best": 5}, "the 'best' of action a has to be 0, 1, 2, 3 or 4"),
        ({"best": -1}, "the 'best' of action a has to be 0, 1, 2, 3 or 4"),
        ({"best": 1, "never": True}, "action a has 'never: true', so its 'best' has to be 0"),
    ],
)
def test_a_rating_that_cannot_be_is_a_fault(changes: dict[str, int], fault: str):
    first = replace(ITEM.actions[0], **changes)
    assert RATE.faults(replace(ITEM, actions=(first, *ITEM.actions[1:]))) == [fault]


def test_the_public_part_is_the_same_whatever_the_ratings():
    for changes in ({"best": 0}, {"never": True}, {"feedback": "x"}, {"points": ("x",)}):
        changed = replace(ITEM, actions=tuple(replace(action, **changes) for action in ITEM.actions))
        assert changed.public() == ITEM.public()
