"""Plays a story. Pure: a state in, a new state out; no widget, no clock, no chance, no file.

A state is small and whole: which telling, and the choices made. Everything else (the scene, what is
carried, the words told) follows from replaying those choices, so an answers file needs to keep
nothing else, and going back to a decision is playing fewer of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from itertools import chain

from casebook.conditions import Value, holds
from casebook.story import Choice, Scene, Story, Text


class NoSuchChoice(ValueError):
    """The choice does not exist here (unknown, or its condition does not hold)."""


@dataclass(frozen=True)
class State:
    """Where a playing stands: the scene's key, what is carried, and the choices that led there."""

    telling: int
    scene: str
    carried: dict[str, Value]
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One decision as it was taken: the scene, the choice, what was told and what stood to choose."""

    scene: str
    title: str
    text: tuple[str, ...]
    asks: str
    choice: Choice
    told: tuple[str, ...]


@dataclass(frozen=True)
class Debrief:
    """What a finished playing comes to. ``unsafe`` holds every unsafe act, in the order taken."""

    ending: str
    unsafe: tuple[str, ...]
    steps: tuple[Step, ...]


def begin(story: Story, telling: int = 0) -> State:
    """The state before the first decision."""
    return State(telling % len(story.tellings), story.begin, story.starting(telling))


def scene(story: Story, state: State) -> Scene:
    """The scene in which ``state`` stands."""
    return story.scenes[state.scene]


def is_over(story: Story, state: State) -> bool:
    """Whether an ending has been reached."""
    return scene(story, state).ending is not None


def choices(story: Story, state: State) -> tuple[Choice, ...]:
    """The choices that exist in ``state``; none at an ending."""
    return tuple(c for c in scene(story, state).choices if c.when is None or holds(c.when, state.carried))


def choose(story: Story, state: State, choice_id: str) -> State:
    """The state after ``choice_id``; raises :class:`NoSuchChoice` where it cannot be taken."""
    choice = next((c for c in choices(story, state) if c.id == choice_id), None)
    if choice is None:
        raise NoSuchChoice(f"{choice_id!r} is not a choice in scene {state.scene!r}")
    carried = _after(choice, state.carried)
    to = _road(choice, carried)
    return replace(state, scene=to, carried=carried, path=(*state.path, choice_id))


def replay(story: Story, telling: int, path: tuple[str, ...]) -> State:
    """The state after ``path`` from the beginning; raises :class:`NoSuchChoice` where it breaks off."""
    state = begin(story, telling)
    for choice_id in path:
        state = choose(story, state, choice_id)
    return state


def replay_as_far_as_possible(story: Story, telling: int, path: tuple[str, ...]) -> State:
    """Like :func:`replay`, but a path that no longer fits (the story was edited) stops before the break."""
    return go_on_as_far_as_possible(story, begin(story, telling), path)


def go_on_as_far_as_possible(story: Story, state: State, path: tuple[str, ...]) -> State:
    """The state after those choices of ``path`` that can be taken one after another from ``state``."""
    for choice_id in path:
        try:
            state = choose(story, state, choice_id)
        except NoSuchChoice:
            break
    return state


def passages(text: Text, carried: dict[str, Value]) -> tuple[str, ...]:
    """The pieces of ``text`` whose conditions hold."""
    if isinstance(text, str):
        return (text,)
    shown = []
    for piece in text:
        if isinstance(piece, str):
            shown.append(piece)
        elif piece.when is None or holds(piece.when, carried):
            shown.append(piece.text)
    return tuple(shown)


def steps(story: Story, state: State) -> tuple[Step, ...]:
    """The decisions taken so far, with the words each was met and answered with."""
    walked = begin(story, state.telling)
    taken = []
    for choice_id in state.path:
        here = scene(story, walked)
        after = choose(story, walked, choice_id)
        choice = next(c for c in here.choices if c.id == choice_id)
        taken.append(
            Step(
                scene=walked.scene,
                title=here.title,
                text=passages(here.text, walked.carried),
                asks=here.asks or "",
                choice=choice,
                told=passages(choice.told, after.carried),
            )
        )
        walked = after
    return tuple(taken)


def earned(story: Story, state: State) -> float:
    """What the choices made so far earn, where the path is graded."""
    return sum(step.choice.score or 0 for step in steps(story, state))


def whereabouts(story: Story) -> Callable[[State], tuple[Hashable, ...]]:
    """What tells one state of ``story`` from another, whichever way led there: telling, scene, what is carried."""
    names = remembered(story)
    return lambda state: (state.telling, state.scene, *map(state.carried.get, names))


def remembered(story: Story) -> list[str]:
    """Every name that is ever carried in ``story``, in one order."""
    changes = (change for scene in story.scenes.values() for c in scene.choices for change in (c.set, c.add))
    told = (telling.carries for telling in story.tellings)
    return sorted({*story.carries, *chain.from_iterable(told), *chain.from_iterable(changes)})


def debrief(story: Story, state: State) -> Debrief:
    """The debrief of a finished playing; raises ``ValueError`` where it is not finished."""
    ending = scene(story, state).ending
    if ending is None:
        raise ValueError("the story is not over yet")
    taken = steps(story, state)
    return Debrief(ending, tuple(s.choice.unsafe for s in taken if s.choice.unsafe), taken)


def _after(choice: Choice, carried: dict[str, Value]) -> dict[str, Value]:
    after: dict[str, Value] = {**carried, **choice.set}
    for name, change in choice.add.items():
        after[name] = after.get(name, 0) + change
    return after


def _road(choice: Choice, carried: dict[str, Value]) -> str:
    if isinstance(choice.go, str):
        return choice.go
    return next(road.to for road in choice.go if road.when is None or holds(road.when, carried))
