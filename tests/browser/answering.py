"""Gives an answer to any item by mouse and keyboard, as its fields' controls are used."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lab import play
from playwright.sync_api import Locator, expect

from casebook.kinds import KINDS
from casebook.kinds.base import Field, Given, Item
from casebook.kinds.simulation import TELLING, SimulationItem


def answer(panel: Locator, item: Item, given: Given) -> None:
    """Gives ``given`` in the panel of ``item``, which nobody has answered yet."""
    if isinstance(item, SimulationItem):
        (story,) = (planned.story for planned in item.stories if planned.story.id == given["case"])
        play(panel, story, TELLING, tuple(given["path"]))
        return
    fields = KINDS[item.kind].fields(item.public())
    # Fields that have a label each are groups within the group of the item.
    places = panel.locator("fieldset fieldset").all() if len(fields) > 1 else [panel]
    for field, place in zip(fields, places, strict=True):
        if field.name in given:
            USE[field.control](place, field, given[field.name])


def _choose(place: Locator, _field: Field, value: str) -> None:
    place.locator(f"input[type=radio][value='{value}']").check()


def _tick(place: Locator, _field: Field, values: list[str]) -> None:
    for value in values:
        place.locator(f"input[type=checkbox][value='{value}']").check()


def _put_in_order(place: Locator, field: Field, order: list[str]) -> None:
    """Moves one step after the other up to where it belongs."""
    stands = [id for id, _ in field.options]
    if stands == order:
        place.get_by_role("button", name="Keep this order").click()
    for to, id in enumerate(order):
        for at in range(stands.index(id), to, -1):
            row = place.locator(".casebook-order > li").nth(at)
            row.get_by_role("button", name=re.compile("^Move up: ")).click()
            stands[at - 1], stands[at] = stands[at], stands[at - 1]


def _write(place: Locator, _field: Field, text: str) -> None:
    area = place.get_by_role("textbox")
    area.press_sequentially(text)
    area.blur()
    expect(area).to_have_value(text)


USE: dict[str, Callable[[Locator, Field, Any], None]] = {
    "one": _choose,
    "several": _tick,
    "order": _put_in_order,
    "text": _write,
}
