"""Ways of playing a simulation: which choice is taken at each decision of its first story."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TypeAlias

from casebook import engine
from casebook.engine import State
from casebook.kinds.base import Given
from casebook.kinds.simulation import TELLING, SimulationItem
from casebook.story import Choice, Story

Take: TypeAlias = Callable[[Story, State], Choice]


def first(item: SimulationItem) -> Given:
    """The first choice, at every decision."""
    return _play(item, lambda story, state: engine.choices(story, state)[0])


def last(item: SimulationItem) -> Given:
    """The last choice, at every decision."""
    return _play(item, lambda story, state: engine.choices(story, state)[-1])


def guess(item: SimulationItem) -> Given:
    """Any choice, and every time the same."""
    chance = random.Random(item.id)  # noqa: S311

    def any_of(story: Story, state: State) -> Choice:
        there = engine.choices(story, state)
        return there[int(chance.random() * len(there))]

    return _play(item, any_of)


def right(item: SimulationItem) -> Given:
    """A path that earns the most, with nothing unsafe where that costs nothing."""
    return _play(item, _best(item))


def unsafe(item: SimulationItem) -> Given:
    """What is unsafe wherever it stands to choose; else what earns the most from there."""
    best = _best(item)
    return _play(item, lambda story, state: _first_unsafe(story, state) or best(story, state))


def slip(item: SimulationItem) -> Given:
    """What earns the most, but for the first decision at which there is something else that is not unsafe."""
    slips: list[str] = []
    best = _best(item)

    def take(story: Story, state: State) -> Choice:
        right = best(story, state)
        others = [c for c in engine.choices(story, state) if c.id != right.id and not c.unsafe]
        if slips or not others:
            return right
        slips.append(others[0].id)
        return others[0]

    return _play(item, take)


def gone(item: SimulationItem) -> Given:
    """A path whose first choice is not there (any more)."""
    given = right(item)
    return {**given, "path": ["gone", *given["path"]]}


def _play(item: SimulationItem, take: Take) -> Given:
    story = item.stories[0].story
    state = engine.begin(story, TELLING)
    while not engine.is_over(story, state):
        state = engine.choose(story, state, take(story, state).id)
    return {"case": story.id, "path": list(state.path)}


def _first_unsafe(story: Story, state: State) -> Choice | None:
    return next((choice for choice in engine.choices(story, state) if choice.unsafe), None)


def _best(item: SimulationItem) -> Take:
    """Takes the choice from which the most is to be earned."""
    still_to_earn = item.prospects[item.stories[0].story.id]

    def take(story: Story, state: State) -> Choice:
        def worth(choice: Choice) -> tuple[float, bool]:
            return (choice.score or 0) + still_to_earn(engine.choose(story, state, choice.id)), not choice.unsafe

        return max(engine.choices(story, state), key=worth)

    return take
