from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import content, earning, engine, exploring
from casebook.engine import State
from casebook.exploring import MOST_RETURNS, MOST_STATES, Explored, explore
from casebook.story import Choice, Road, Scene, Story
from tests.casebook.stories import STORY, choice, ending, stories

ROOT = Path(__file__).resolve().parents[2]
REAL = [("community-advocates", "what-did-she-tell-you"), ("first-contact", "new-county-empty-phone-list")]

Here: TypeAlias = tuple[Hashable, ...]
HUB = {
    "desk": Scene(
        title="Desk",
        text="Two letters.",
        asks="What next?",
        choices=(
            choice("one", (Road("shelf", "left <= 1"), Road("desk")), add={"left": -1}),
            choice("two", (Road("shelf", "left <= 0"), Road("desk")), add={"left": -2}, when="left > 1"),
        ),
    ),
    "shelf": ending("Empty"),
}


class Stopped(Exception):
    """Why the plain exploration stopped: a scene in a loop, or ``None`` for too many states."""


def plainly(story: Story, most: int = MOST_STATES) -> Iterator[State]:
    """Every state, asked of the engine one by one, the shortest way to each first; raises where it must stop."""
    place = engine.whereabouts(story)
    after: dict[Here, list[Here]] = {}
    begun = [engine.begin(story, n) for n in range(len(story.tellings))]
    waiting: list[tuple[State, tuple[str, ...]]] = [(state, ()) for state in begun]
    for state, been in waiting:
        here = place(state)
        if here in after:
            continue
        if been.count(state.scene) > MOST_RETURNS:
            raise Stopped(state.scene)
        if len(after) >= most:
            raise Stopped(None)
        yield state
        ways = [engine.choose(story, state, each.id) for each in engine.choices(story, state)]
        after[here] = [place(way) for way in ways]
        waiting += [(way, (*been, state.scene)) for way in ways]
    for state in begun:
        on_a_circle(after, place(state), (), set())


def on_a_circle(after: dict[Here, list[Here]], here: Here, way: tuple[Here, ...], done: set[Here]) -> None:
    """Raises with the scene of the first state to which a way leads back."""
    if here in way:
        raise Stopped(here[1])
    if here not in done:
        for to in after[here]:
            on_a_circle(after, to, (*way, here), done)
        done.add(here)


def said_plainly(story: Story, most: int = MOST_STATES) -> tuple[list[Any], object]:
    """What the plain exploration finds, and why it stopped."""
    found, place = [], engine.whereabouts(story)
    try:
        for state in plainly(story, most):
            existing = [each.id for each in engine.choices(story, state)]
            ways = [engine.choose(story, state, id) for id in existing]
            found.append((place(state), state.path, existing, [place(way) for way in ways]))
    except Stopped as stopped:
        return found, ("stopped", *stopped.args)
    return found, "whole"


def said(story: Story, explored: Explored) -> tuple[list[Any], object]:
    """The same of what was explored."""
    here = [(values[0], key, *values[1:]) for key, values in zip(explored.scenes, explored.values, strict=True)]
    found = []
    stopped = explored.loop is not None or explored.too_many
    for n, key in enumerate(explored.scenes):
        existing = [story.scenes[key].choices[place].id for place in explored.open[n]]
        after = [here[to] for to in explored.after[n]] if not stopped else ways_of(story, explored, n)
        found.append((here[n], exploring.way(story, explored, n), existing, after))
    return found, ("stopped", explored.loop) if stopped else "whole"


def ways_of(story: Story, explored: Explored, n: int) -> list[Here]:
    """Where a state leads, played anew: of an exploration that stopped, not every state after it has a number."""
    state = engine.replay(story, int(str(explored.values[n][0])), exploring.way(story, explored, n))
    ways = [engine.choose(story, state, each.id) for each in engine.choices(story, state)]
    assert len(ways) == len(explored.after[n])
    return [engine.whereabouts(story)(way) for way in ways]


@st.composite
def winding(draw: st.DrawFn) -> Story:
    """Any small story in which some roads lead back, to a circle, without end, or until something is done."""
    story = draw(stories())
    decisions = [key for key, scene in story.scenes.items() if scene.ending is None]
    scenes = dict(story.scenes)
    for key in draw(st.lists(st.sampled_from(decisions), max_size=2)):
        first, *others = scenes[key].choices
        onward = next(reversed(story.scenes))
        go = (
            Road(onward, draw(st.sampled_from(["trust >= 4", "told", "false"]))),
            Road(draw(st.sampled_from(decisions))),
        )
        change = draw(st.sampled_from([{}, {"trust": 1}, {"trust": -1}]))
        scenes[key] = replace(scenes[key], choices=(replace(first, go=go, add=change), *others))
    return replace(story, scenes=scenes)


@given(winding())
def test_what_is_explored_is_what_playing_every_choice_from_every_state_finds(story: Story):
    assert said(story, explore(story)) == said_plainly(story)


@given(winding(), st.integers(0, 12))
def test_a_story_with_too_many_states_is_explored_as_far(story: Story, most: int):
    assert said(story, explore(story, most)) == said_plainly(story, most)


@pytest.mark.parametrize(("module", "name"), REAL)
def test_of_a_real_story_the_same_states_are_found(module: str, name: str):
    story = content.lesson(module, ROOT / "course/modules").stories[name]
    assert said(story, explore(story)) == said_plainly(story)


@given(winding())
def test_each_state_stands_behind_those_that_it_leads_to(story: Story):
    explored = explore(story)
    if explored.loop is None:
        assert sorted(explored.order) == list(range(len(explored.scenes)))
        met = set[int]()
        for n in explored.order:
            assert met.issuperset(explored.after[n])
            met.add(n)


def test_stories_that_differ_in_words_alone_are_explored_once():
    other = replace(
        STORY, id="gate", title="The gate", scenes={k: replace(s, text="A gate.") for k, s in STORY.scenes.items()}
    )
    assert explore(other) is explore(STORY)


@pytest.mark.parametrize("change", [{"when": "false"}, {"set": {"trust": 0}}, {"add": {"trust": 9}}, {"go": "warm"}])
def test_stories_that_differ_in_anything_else_are_not(change: dict[str, Any]):
    hall = STORY.scenes["hall"]
    changed = replace(hall, choices=(replace(hall.choices[0], **change), *hall.choices[1:]))
    other = replace(STORY, scenes={**STORY.scenes, "hall": changed})
    assert explore(other) is not explore(STORY)
    assert said(other, explore(other)) == said_plainly(other)


def test_of_two_choices_with_one_id_the_first_that_exists_is_taken():
    desk = replace(HUB["desk"], choices=(*HUB["desk"].choices, choice("two", "shelf")))
    story = Story(id="x", title="X", minutes=1, begin="desk", scenes={**HUB, "desk": desk}, carries={"left": 5})
    assert said(story, explore(story)) == said_plainly(story)


def test_what_matters_no_more_is_told_apart_no_more():
    scored = replace(
        HUB["desk"], choices=tuple(replace(each, score=1, set={"seen": True}) for each in HUB["desk"].choices)
    )
    story = Story(
        id="x", title="X", minutes=1, begin="desk", scenes={**HUB, "desk": scored}, carries={"left": 5, "seen": False}
    )
    matters = {"desk": {"left"}, "shelf": set[str]()}
    fewer = exploring.explore_from(story, [engine.begin(story)], matters=matters)
    assert len(fewer.scenes) < len(explore(story).scenes)
    assert {(key, values[1] is None, values[2]) for key, values in zip(fewer.scenes, fewer.values, strict=True)} == {
        ("desk", False, None),
        ("shelf", True, None),
    }
    assert earning.best(story) == 4


def test_a_story_that_goes_round_has_no_best_path():
    round_ = replace(HUB["desk"], choices=(choice("a", "desk", score=1), choice("b", "shelf")))
    with pytest.raises(ValueError, match="goes round through 'desk'"):
        earning.best(Story(id="x", title="X", minutes=1, begin="desk", scenes={**HUB, "desk": round_}))


def most(story: Story, explored: Explored) -> list[float]:
    """The most that is still to be earned from each state, with nothing left out that may not matter."""
    worth = [0.0] * len(explored.scenes)
    for n in explored.order:
        choices: tuple[Choice, ...] = story.scenes[explored.scenes[n]].choices
        ways = [(choices[c].score or 0) + worth[to] for c, to in zip(explored.open[n], explored.after[n], strict=True)]
        worth[n] = max(ways, default=0)
    return worth


@given(stories())
def test_what_is_left_out_in_reckoning_what_pays_changes_nothing(story: Story):
    explored = explore(story)
    prospects = earning.prospects(story)
    for n, worth in enumerate(most(story, explored)):
        assert (
            prospects(engine.replay(story, int(str(explored.values[n][0])), exploring.way(story, explored, n))) == worth
        )
