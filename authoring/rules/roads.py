"""A story can be played to an end from everywhere: no dead end, no loop, no scene that is never met.

Every state that any choices can lead to is visited, in every telling.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TypeAlias

from authoring.course import Course, Scenario
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules import conditions
from casebook import engine
from casebook.engine import State
from casebook.story import Story

FEWEST_DECISIONS = 3
FEWEST_ENDINGS = 3
MOST_STATES = 200_000
MOST_RETURNS = 9
"""How often a path may come back to one scene: more is a story that goes round."""


def check(course: Course) -> Iterator[Problem]:
    """Scenes that are missing, unreachable, dead ends or in a loop; paths and endings too few."""
    for module in course.modules:
        for scenario in module.stories():
            yield from targets(scenario)
            if can_be_played(scenario):
                yield from _played(scenario)


def can_be_played(scenario: Scenario) -> bool:
    """Whether nothing is so wrong with a story that playing it would break off."""
    return not any(conditions.of(scenario)) and not any(targets(scenario))


def targets(scenario: Scenario) -> Iterator[Problem]:
    """Scenes that are not there, or are neither an ending nor a decision; roads that may lead nowhere."""
    story = scenario.story
    if story.begin not in story.scenes:
        yield scenario.problem(("begin",), f"There is no scene '{story.begin}'.", "Name the first scene.")
    for key, scene in story.scenes.items():
        place = ("scenes", key)
        if scene.ending is None and (scene.asks is None or len(scene.choices) < 2):
            what = f"Scene '{key}' is neither an ending nor a decision."
            yield scenario.problem(place, what, "Give it 'asks' and two choices or more, or 'ending'.")
        if scene.ending is not None and scene.choices:
            yield scenario.problem(place, f"Ending '{key}' has choices.", "An ending ends the story.")
        for n, choice in enumerate(scene.choices):
            roads = (choice.go,) if isinstance(choice.go, str) else tuple(road.to for road in choice.go)
            for to in roads:
                if to not in story.scenes:
                    yield scenario.problem((*place, "choices", n, "go"), f"There is no scene '{to}'.", "Correct it.")
            if not isinstance(choice.go, str) and (not choice.go or choice.go[-1].when is not None):
                what = f"'{choice.id}' leads nowhere where no condition holds."
                yield scenario.problem((*place, "choices", n, "go"), what, "End its roads with one without 'when'.")


def _played(scenario: Scenario) -> Iterator[Problem]:
    story = scenario.story
    met: set[str] = set()
    shortest = 10**6
    try:
        for state in _states(story):
            met.add(state.scene)
            over = engine.is_over(story, state)
            if over:
                shortest = min(shortest, len(state.path))
            elif len(engine.choices(story, state)) < 2:
                what = f"Scene '{state.scene}' can be met with fewer than two choices (by {'/'.join(state.path)})."
                yield scenario.problem(("scenes", state.scene), what, "Let two choices exist in every case.")
    except _Loop as loop:
        what = f"The story can go round for ever through '{loop}'."
        yield scenario.problem(("scenes", str(loop)), what, "Let every road lead on.")
        return
    except _TooMany:
        what = f"The story can stand in more than {MOST_STATES:,} ways, which nobody can look over."
        yield scenario.problem(("carries",), what, "Carry less, or let less be added to what is carried.")
        return
    for key in story.scenes.keys() - met:
        yield scenario.problem(("scenes", key), f"Scene '{key}' is never met.", "Lead a road to it, or delete it.")
    if shortest < FEWEST_DECISIONS:
        what = f"A path has only {shortest} decisions."
        yield scenario.problem(("scenes",), what, f"Let every path have {FEWEST_DECISIONS} or more.")
    endings = sum(scene.ending is not None for scene in story.scenes.values())
    if endings < FEWEST_ENDINGS:
        yield scenario.problem(("scenes",), f"There are {endings} endings.", f"Write {FEWEST_ENDINGS} or more.")


class _Loop(Exception):
    """A scene to which one path comes back for ever."""


class _TooMany(Exception):
    """More states than can be looked at."""


_Here: TypeAlias = tuple[Hashable, ...]
"""A state without the way to it."""


def _states(story: Story) -> Iterator[State]:
    """Every state, one for each scene and what is carried there; the shortest way to it comes first.

    A path may come back to a scene with something else carried: to a desk from which one thing after another is done.
    It may not come back to a scene as it was, nor more often than a story needs.
    """
    place = engine.whereabouts(story)
    after: dict[_Here, list[_Here]] = {}
    scenes: dict[_Here, str] = {}
    begun = [engine.begin(story, n) for n in range(len(story.tellings))]
    waiting: list[tuple[State, tuple[str, ...]]] = [(state, ()) for state in begun]
    for state, been in waiting:  # grows as it is walked
        here = place(state)
        if here in after:
            continue
        if been.count(state.scene) > MOST_RETURNS:
            raise _Loop(state.scene)
        if len(after) >= MOST_STATES:
            raise _TooMany
        yield state
        met = (*been, state.scene)
        ways = [engine.choose(story, state, choice.id) for choice in engine.choices(story, state)]
        after[here], scenes[here] = [place(way) for way in ways], state.scene
        waiting += [(way, met) for way in ways]
    for state in begun:
        circle = _circle(after, place(state))
        if circle:
            raise _Loop(scenes[circle])


def _circle(after: dict[_Here, list[_Here]], begun: _Here) -> _Here | None:
    """A state to which some way on from ``begun`` leads back, if there is one."""
    on_the_way, done = {begun}, set[_Here]()
    path = [(begun, iter(after[begun]))]
    while path:
        here, ways = path[-1]
        to = next(ways, None)
        if to is None:
            path.pop()
            on_the_way.remove(here)
            done.add(here)
        elif to in on_the_way:
            return to
        elif to not in done:
            on_the_way.add(to)
            path.append((to, iter(after[to])))
    return None


RULE = Rule(
    code="roads",
    why="A dead end, a loop or a scene that is never met leaves the trainee stuck, or an author in error.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.yml", "go: street", "go: steret", "There is no scene 'steret'"
    ),
)
