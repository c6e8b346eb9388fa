"""A story can be played to an end from everywhere: no dead end, no loop, no scene that is never reached.

The rule looks at every state that any choices can lead to, in every telling (:mod:`casebook.exploring`). A path may
come back to a scene with something else carried: to a desk from which one thing after another is done. It may not come
back to a scene as it was, nor more often than a story needs.
"""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course, Scenario
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules import conditions
from casebook.exploring import MOST_STATES, Explored, explore, way

FEWEST_DECISIONS = 3
FEWEST_ENDINGS = 3


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
        yield scenario.problem(("begin",), f"There's no scene '{story.begin}'.", "Name the first scene.")
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
                    yield scenario.problem((*place, "choices", n, "go"), f"There's no scene '{to}'.", "Correct it.")
            if not isinstance(choice.go, str) and (not choice.go or choice.go[-1].when is not None):
                what = f"'{choice.id}' leads nowhere if none of its conditions hold."
                yield scenario.problem((*place, "choices", n, "go"), what, "End its 'go' with one that has no 'when'.")


def _played(scenario: Scenario) -> Iterator[Problem]:
    story = scenario.story
    explored = explore(story, MOST_STATES)
    yield from _narrow(scenario, explored)
    if explored.loop is not None:
        what = f"The story can loop forever through '{explored.loop}'."
        yield scenario.problem(("scenes", explored.loop), what, "Make sure every path gets to an ending.")
    elif explored.too_many:
        what = f"The story has over {MOST_STATES:,} reachable states, too many to check."
        yield scenario.problem(("carries",), what, "Carry less, or add less to what's carried.")
    else:
        yield from _whole(scenario, explored)


def _narrow(scenario: Scenario, explored: Explored) -> Iterator[Problem]:
    """States that are no ending and leave fewer than two choices."""
    story = scenario.story
    for number, (key, existing) in enumerate(zip(explored.scenes, explored.open, strict=True)):
        if len(existing) < 2 and story.scenes[key].ending is None:
            path = "/".join(way(story, explored, number))
            what = f"Scene '{key}' can be reached with fewer than two choices (by {path})."
            yield scenario.problem(("scenes", key), what, "Make sure there are two choices in every case.")


def _whole(scenario: Scenario, explored: Explored) -> Iterator[Problem]:
    """Scenes that are never reached, a path with too few decisions, and too few endings."""
    story = scenario.story
    for key in story.scenes.keys() - set(explored.scenes):
        yield scenario.problem(("scenes", key), f"Scene '{key}' is never reached.", "Send a path there, or delete it.")
    endings = {key for key, scene in story.scenes.items() if scene.ending is not None}
    first = next((n for n, key in enumerate(explored.scenes) if key in endings), None)
    shortest = 10**6 if first is None else len(way(story, explored, first))
    if shortest < FEWEST_DECISIONS:
        what = f"A path has only {shortest} decisions."
        yield scenario.problem(("scenes",), what, f"Give every path {FEWEST_DECISIONS} or more.")
    if len(endings) < FEWEST_ENDINGS:
        what = f"The story has {len(endings)} endings."
        yield scenario.problem(("scenes",), what, f"Write {FEWEST_ENDINGS} or more.")


RULE = Rule(
    code="roads",
    why="A dead end or a loop leaves the trainee stuck, and nobody sees a scene that's never reached.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.yml", "go: street", "go: steret", "There's no scene 'steret'"
    ),
)
