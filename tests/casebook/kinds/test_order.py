from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from casebook.kinds.order import ORDER, OrderItem

ITEM: OrderItem = ORDER.examples()[0]
RIGHT = tuple(step.id for step in sorted(ITEM.steps, key=lambda step: step.place))
ALL = list(permutations(RIGHT))


def share(order: tuple[str, ...]) -> float:
    found = ITEM.outcome({"order": list(order)}).share
    assert found is not None
    return found


def test_only_the_right_order_earns_everything():
    assert [order for order in ALL if share(order) == 1] == [RIGHT]


def test_the_right_order_backwards_earns_nothing():
    assert share(RIGHT[::-1]) == 0


def test_chance_and_less_earn_nothing():
    # As many orders are worse than half right as are better: chance is in the middle, at nothing.
    assert sum(share(order) > 0 for order in ALL) < len(ALL) / 2


def test_two_neighbours_exchanged_cost_one_pair_wherever_they_are():
    swapped = {(*RIGHT[:n], RIGHT[n + 1], RIGHT[n], *RIGHT[n + 2 :]) for n in range(3)}
    assert {round(share(order), 9) for order in swapped} == {round(2 / 3, 9)}


def test_remarks_stand_in_the_right_order_and_say_the_place():
    remarks = ITEM.outcome({"order": ["d", "b", "a", "c"]}).remarks
    assert [remark.part for remark in remarks] == [next(s.text for s in ITEM.steps if s.id == id) for id in RIGHT]
    assert [remark.said for remark in remarks] == [
        "You put this in place 2: it goes in place 1.",
        "You put this in place 1: it goes in place 2.",
        "You put this in place 3: right.",
        "You put this in place 4: right.",
    ]
    assert ITEM.outcome(None).remarks[0].said == "You didn't place this: it goes in place 1."


def with_places(*places: int) -> OrderItem:
    return replace(ITEM, steps=tuple(replace(s, place=p) for s, p in zip(ITEM.steps, places, strict=True)))


@pytest.mark.parametrize("places", [(1, 2, 3, 3), (0, 1, 2, 3), (2, 3, 4, 5), (1, 2, 4, 5)])
def test_places_that_do_not_count_from_one_are_a_fault(places: tuple[int, ...]):
    assert ORDER.faults(with_places(*places)) == ["the places of its steps are 1 to 4, each once"]


def test_showing_the_right_order_at_first_is_a_fault():
    assert ORDER.faults(with_places(1, 2, 3, 4)) == [
        "its steps are shown in the right order; write them in a different order"
    ]


def test_the_public_part_is_the_same_whatever_the_order():
    for places in permutations((1, 2, 3, 4)):
        assert with_places(*places).public() == ITEM.public()
