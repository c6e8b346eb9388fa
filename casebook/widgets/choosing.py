"""Which panel shows an item: a simulation is played, all else is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.content import Point
from casebook.desk import Desk
from casebook.kinds.base import Item
from casebook.kinds.simulation import SIMULATION, SimulationItem
from casebook.widgets.item import ItemPanel, PracticePanel
from casebook.widgets.panel import AnsweringPanel
from casebook.widgets.simulation import SimulationPanel
from casebook.widgets.story import StoryPanel


def practice(desk: Desk, module: str, item: Item, points: Mapping[str, Point]) -> AnsweringPanel:
    """The panel of a practice item. A simulation is then a scenario under the item's name."""
    if isinstance(item, SimulationItem):
        return StoryPanel(desk, module, item.for_practice(), points)
    return PracticePanel(desk, module, item, points)


def graded(desk: Desk, module: str, public: Mapping[str, Any], variants: Sequence[str] = ()) -> AnsweringPanel:
    """The panel of a graded item, of whose key nothing is known here; ``variants`` are all of its slot's."""
    kind = SimulationPanel if public["kind"] == SIMULATION.name else ItemPanel
    panel = kind(desk, module, public)
    panel.variants = tuple(variants)
    return panel
