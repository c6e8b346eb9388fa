"""A simulation pays for sound choices: they alone earn all the marks, and what is unsafe earns nothing.

Otherwise a detour could be worth more than the right way, or a trainee be marked on facts that others were not given.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from authoring.course import Course, Scenario
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules.roads import can_be_played
from authoring.yamlfile import Place
from casebook.exploring import Explored, explore
from casebook.kinds.base import Item
from casebook.story import Choice, Scene, Story


def check(course: Course) -> Iterator[Problem]:
    """Scores that are missing, out of place, or paid for the wrong thing."""
    for module in course.modules:
        for scenario in module.stories():
            faults = list(_simulation(scenario, scenario.item) if scenario.item else _scenario(scenario))
            yield from faults
            if scenario.item and not faults and can_be_played(scenario):
                yield from _paths(scenario)


def _scenario(scenario: Scenario) -> Iterator[Problem]:
    for place, choice in _choices(scenario.story):
        if choice.score is not None:
            what = f"'{choice.id}' has a score, but nobody grades a scenario."
            yield scenario.problem((*place, "score"), what, "Take 'score' out.")


def _simulation(scenario: Scenario, item: Item) -> Iterator[Problem]:
    if len(scenario.story.tellings) > 1:
        what = "A simulation needs a single telling: everybody is graded on the same facts."
        yield scenario.problem(("tellings",), what, "Keep one telling.")
    for place, choice in _choices(scenario.story):
        score = choice.score
        if score is None or not 0 <= score < 100:
            what = f"'{choice.id}' has no score." if score is None else f"'{choice.id}' has an invalid score."
            yield scenario.problem((*place, "score"), what, "Write 0, or what it earns.")
        elif choice.unsafe and score > 0:
            what = f"'{choice.id}' is unsafe but earns something."
            yield scenario.problem((*place, "score"), what, "Write 'score: 0'.")
        elif choice.basis == "inference" and score > 0 and not item.reviewed_by:
            what = f"'{choice.id}' is an inference that no expert has reviewed; it can't score."
            yield scenario.problem((*place, "score"), what, "Write 'score: 0', or record the item's 'reviewed_by'.")


def _choices(story: Story) -> Iterator[tuple[Place, Choice]]:
    for key, scene in story.scenes.items():
        for n, choice in enumerate(scene.choices):
            yield ("scenes", key, "choices", n), choice


def _paths(scenario: Scenario) -> Iterator[Problem]:
    """What is wrong with the worth of paths; nothing for a story without a best path, of which the roads are wrong."""
    explored = explore(scenario.story)
    if explored.loop is not None or explored.too_many:
        return
    sound, strayed = _most(scenario.story, explored)
    if sound <= 0:
        what = "No path of sound choices alone earns anything."
        yield scenario.problem(("scenes",), what, "Let sound choices lead to an ending, and give them scores.")
    elif strayed >= sound:
        what = f"A path with a choice that isn't sound earns {strayed:g}; sound choices alone earn {sound:g}."
        yield scenario.problem(("scenes",), what, "Give sound choices the higher scores.")


def _most(story: Story, explored: Explored) -> tuple[float, float]:
    """The most that can be earned: by sound choices alone, and with any other among them."""
    kinds = {key: [_kind(scene, choice) for choice in scene.choices] for key, scene in story.scenes.items()}
    sound, strayed = [-inf] * len(explored.scenes), [-inf] * len(explored.scenes)
    for n in explored.order:
        key = explored.scenes[n]
        if story.scenes[key].ending is not None:
            sound[n] = 0.0
        for choice, to in zip(explored.open[n], explored.after[n], strict=True):
            score, is_sound = kinds[key][choice]
            if is_sound:
                sound[n], strayed[n] = max(sound[n], score + sound[to]), max(strayed[n], score + strayed[to])
            else:
                strayed[n] = max(strayed[n], score + sound[to], score + strayed[to])
    return sound[0], strayed[0]


def _kind(scene: Scene, choice: Choice) -> tuple[float, bool]:
    """What a choice earns, and whether it counts as sound."""
    # Nobody strays by a choice that isn't judged: the feedback page tells it without a verdict.
    return choice.score or 0.0, choice.verdict == "sound" or not scene.judges(choice)


RULE = Rule(
    code="scores",
    why="A path is graded fairly only if sound choices earn the most, and nothing unsafe earns anything.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.yml",
        "- id: leave",
        "- id: leave\n        score: 1",
        "but nobody grades a scenario",
    ),
)
