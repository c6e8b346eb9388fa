"""What is still to be earned in a graded story: from where a playing stands, and from the beginning. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import replace
from typing import TypeAlias

from casebook import engine
from casebook.engine import State
from casebook.exploring import Explored, Matters, Values, asked_before, asked_on_the_way, explore_from, leads, matter
from casebook.story import Choice, Scene, Story


def best(story: Story, telling: int = 0) -> float:
    """The most that any path through ``story`` earns."""
    return still_to_earn(story, engine.begin(story, telling))


def still_to_earn(story: Story, state: State) -> float:
    """The most that any way on from ``state`` earns."""
    return prospects(story)(state)


def prospects(story: Story) -> Callable[[State], float]:
    """:func:`still_to_earn`, for a caller that asks about many states of one story: it keeps what it finds."""
    pays = _paying(story)
    matters = _what_matters(story, pays)
    paying = replace(story, scenes={key: _cut(scene, key in pays) for key, scene in story.scenes.items()})
    remembered = engine.remembered(story)
    known: dict[_Here, float] = {}

    def most(state: State) -> float:
        here = (state.scene, matter(remembered, matters, state))
        if here not in known:
            known.update(_worths(paying, explore_from(paying, [state], _NO_LIMIT, matters)))
        return known[here]

    return most


_Here: TypeAlias = tuple[str, Values]
_NO_LIMIT = 2**62


def _worths(story: Story, explored: Explored) -> Iterator[tuple[_Here, float]]:
    """The most that is still to be earned from each state. Raises ``ValueError`` for a story that goes round."""
    if explored.loop is not None:
        raise ValueError(f"the story {story.id!r} goes round through {explored.loop!r}")
    scores = {key: [choice.score or 0 for choice in scene.choices] for key, scene in story.scenes.items()}
    most = [0.0] * len(explored.scenes)
    for n in explored.order:
        score = scores[explored.scenes[n]]
        ways = [score[c] + most[to] for c, to in zip(explored.open[n], explored.after[n], strict=True)]
        most[n] = max(ways, default=0)
    yield from zip(zip(explored.scenes, explored.values, strict=True), most, strict=True)


def _paying(story: Story) -> set[str]:
    """The scenes from which a choice with a score may still be reached."""
    pays = {key for key, scene in story.scenes.items() if any(choice.score for choice in scene.choices)}
    while True:
        more = {key for key, scene in story.scenes.items() if any(pays & leads(choice) for choice in scene.choices)}
        if more <= pays:
            return pays
        pays |= more


def _cut(scene: Scene, pays: bool) -> Scene:
    """The scene; where nothing more is to be earned, without choices: nothing after it needs to be looked at."""
    return scene if pays else replace(scene, choices=())


def _what_matters(story: Story, pays: Set[str]) -> Matters:
    """For each scene the names that a condition asks about, there or later, before they are set anew."""
    matters: dict[str, set[str]] = {key: set() for key in story.scenes}
    while True:
        found = {key: {n for c in story.scenes[key].choices for n in _asked(c, matters)} for key in pays}
        if found.items() <= matters.items():
            return matters
        matters |= found


def _asked(choice: Choice, matters: Matters) -> set[str]:
    """The names that matter before ``choice``, where ``matters`` holds for the scenes after it."""
    later = set[str]().union(asked_on_the_way(choice), *(matters[key] for key in leads(choice)))
    return (later - choice.set.keys()) | asked_before(choice)
