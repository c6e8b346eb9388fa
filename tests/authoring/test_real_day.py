"""The capstone: one working day, of which no order is the only right one."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TypeAlias

import pytest

from casebook import engine
from casebook.engine import State
from casebook.exploring import explore
from casebook.kinds.simulation import SimulationItem
from casebook.story import Choice, Story, Walk
from running import played
from tests import real
from tests.casebook.test_exploring import most
from tests.real import longest

DAYS = 200
MOST_DECISIONS = 25
OPENINGS = ("morning", "afternoon")

Pick: TypeAlias = Callable[[tuple[Choice, ...], random.Random], Choice]


@pytest.fixture(scope="module")
def day() -> SimulationItem:
    (item,) = real.module("caseload").bank.items
    assert isinstance(item, SimulationItem)
    return item


@pytest.fixture(scope="module")
def tales(day: SimulationItem) -> list[Story]:
    return [planned.story for planned in day.stories]


def a_day(story: Story, seed: int, pick: Pick) -> State:
    chance = random.Random(seed)  # noqa: S311 - the same days every time
    state = engine.begin(story)
    while not engine.is_over(story, state):
        state = engine.choose(story, state, pick(engine.choices(story, state), chance).id)
    return state


def anything(choices: tuple[Choice, ...], chance: random.Random) -> Choice:
    return chance.choice(choices)


def soundly(choices: tuple[Choice, ...], chance: random.Random) -> Choice:
    """Something sound, in whatever order; where it is too late for that, what puts things right."""
    sound = [choice for choice in choices if choice.verdict == "sound"]
    return chance.choice(sound or [choice for choice in choices if choice.verdict == "recovery"])


def share(day: SimulationItem, story: Story, path: tuple[str, ...]) -> float:
    outcome = day.outcome({"case": story.id, "path": list(path)})
    assert outcome.share is not None
    return outcome.share


def walks(day: SimulationItem, name: str) -> list[tuple[Story, Walk]]:
    found = [(p.story, walk) for p in day.stories for walk in p.walks if walk.name.startswith(name)]
    assert len(found) >= 3 * len(day.stories)
    return found


def begun(story: Story, walk: Walk) -> tuple[str, ...]:
    """What was taken up in the day's openings, in its order."""
    steps = engine.steps(story, engine.replay(story, 0, walk.choices))
    return tuple(step.choice.id for step in steps if step.scene in OPENINGS)


def test_every_day_there_is_comes_to_an_end(tales: list[Story]):
    for story in tales:
        explored = explore(story)
        assert longest(explored) <= MOST_DECISIONS
        ends = {key for key, existing in zip(explored.scenes, explored.open, strict=True) if not existing}
        assert ends == {key for key, scene in story.scenes.items() if scene.ending}
        assert len(ends) >= 5


def test_the_best_day_is_the_best_of_all_days_there_are(day: SimulationItem, tales: list[Story]):
    for story in tales:
        assert day.prospects[story.id](engine.begin(story)) == most(story, explore(story))[0] > 0


def test_no_day_scores_more_than_all(day: SimulationItem, tales: list[Story]):
    for story in tales:
        best = day.prospects[story.id](engine.begin(story))
        for seed in range(DAYS):
            assert 0 <= engine.earned(story, a_day(story, seed, anything)) <= best


def test_a_good_day_is_good_in_any_order(day: SimulationItem, tales: list[Story]):
    for story in tales:
        shares = [share(day, story, a_day(story, seed, soundly).path) for seed in range(DAYS)]
        assert min(shares) >= 0.85


def test_who_decides_by_chance_does_not_pass(day: SimulationItem, tales: list[Story]):
    for story in tales:
        shares = [share(day, story, a_day(story, seed, anything).path) for seed in range(DAYS)]
        assert max(shares) < 0.8
        assert sum(shares) / len(shares) < 0.4


def test_the_good_days_of_the_plan_are_good_and_the_poor_ones_poor(day: SimulationItem):
    for story, walk in walks(day, "A good day"):
        assert share(day, story, walk.choices) >= 0.85, walk.name
    for story, walk in walks(day, "A poor day"):
        assert share(day, story, walk.choices) < 0.5, walk.name


def test_the_good_days_differ_in_their_order_and_in_what_is_left_undone(day: SimulationItem):
    first = day.stories[0].story
    good = [begun(story, walk) for story, walk in walks(day, "A good day") if story is first]
    assert len({frozenset(done) for done in good}) == len(good)
    assert len({done[0] for done in good}) == len(good)


def test_a_grave_mistake_that_is_put_right_lies_between_a_good_day_and_a_poor_one(day: SimulationItem):
    (planned, _) = day.stories
    (walk,) = [walk for walk in planned.walks if walk.name.startswith("A grave mistake")]
    assert 0.5 < share(day, planned.story, walk.choices) < 0.85


def test_both_stories_are_of_equal_worth(day: SimulationItem, tales: list[Story]):
    first, second = tales
    assert first.content_note
    assert not second.content_note
    assert len({day.prospects[story.id](engine.begin(story)) for story in tales}) == 1
    assert first.minutes == second.minutes
    assert [*first.scenes] == [*second.scenes]


def test_in_the_other_story_nobody_from_the_first_four_oclock_is_named(tales: list[Story]):
    told = repr(tales[1])
    assert not [name for name in ("Wayne", "Kristen", "partner violence", "rosin", "violin") if name in told]


def test_the_class_of_the_demonstration_plays_it(day: SimulationItem, tales: list[Story]):
    assert share(day, tales[0], tuple(played.right(day)["path"])) == 1
    assert share(day, tales[0], tuple(played.unsafe(day)["path"])) < 0.5
    for way in (played.first, played.last, played.guess, played.slip):
        assert 0 <= share(day, tales[0], tuple(way(day)["path"])) < 1
