"""A story's plan walks to every ending, takes every choice, and meets what it says it meets."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course, Scenario
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules.roads import can_be_played
from casebook import engine
from casebook.engine import NoSuchChoice, State
from casebook.story import Walk


def check(course: Course) -> Iterator[Problem]:
    """Walks that break off or end elsewhere; endings, choices and tellings that no walk takes."""
    for module in course.modules:
        for scenario in module.stories():
            if can_be_played(scenario):
                yield from _plan(scenario)
        for scenario in module.scenarios:
            yield from _files(scenario)


def _files(scenario: Scenario) -> Iterator[Problem]:
    if scenario.file.data.get("id") != scenario.plan_file.data.get("scenario"):
        what = "The plan is for a different scenario."
        yield scenario.plan_file.problem(("scenario",), what, f"Write 'scenario: {scenario.story.id}'.")
    if scenario.story.id != scenario.file.path.stem:
        yield scenario.file.problem(("id",), "The file's name doesn't match.", f"Name it {scenario.story.id}.yml.")


def _plan(scenario: Scenario) -> Iterator[Problem]:
    for n, walk in enumerate(scenario.walks):
        for what in _walk(scenario, walk):
            yield scenario.plan_problem((n,), f"{walk.name}: {what}", "Fix the walk, or the story.")
    yield from _unwalked(scenario)


def _walk(scenario: Scenario, walk: Walk) -> Iterator[str]:
    story = scenario.story
    tellings = [telling.id for telling in story.tellings]
    if walk.telling not in tellings:
        yield f"there's no telling '{walk.telling}'"
        return
    try:
        state = engine.replay(story, tellings.index(walk.telling), walk.choices)
    except NoSuchChoice as error:
        yield f"{error}"
        return
    if not engine.is_over(story, state):
        yield f"it stops in scene '{state.scene}' before an ending"
        return
    if state.scene != walk.ends:
        yield f"it ends in '{state.scene}', not in '{walk.ends}'"
    unsafe = engine.debrief(story, state).unsafe
    if len(unsafe) != walk.unsafe:
        yield f"its debrief names {len(unsafe)} unsafe acts, not {walk.unsafe}"
    shown = _shown(scenario, state)
    for words in walk.meets:
        if words not in shown:
            yield f"it never gets to '{words}'"


def _shown(scenario: Scenario, state: State) -> str:
    story = scenario.story
    parts = [text for step in engine.steps(story, state) for text in (*step.text, *step.told)]
    parts += engine.passages(engine.scene(story, state).text, state.carried)
    return " ".join(" ".join(parts).split())


def _unwalked(scenario: Scenario) -> Iterator[Problem]:
    story = scenario.story
    ends = {walk.ends for walk in scenario.walks}
    told = {walk.telling for walk in scenario.walks}
    taken = _taken(scenario)
    for key, scene in story.scenes.items():
        if scene.ending is not None and key not in ends:
            yield scenario.problem(("scenes", key), f"No walk ends in '{key}'.", "Add one to the plan.")
        for n, choice in enumerate(scene.choices):
            if (key, choice.id) not in taken:
                what = f"No walk takes '{choice.id}' in '{key}'."
                yield scenario.problem(("scenes", key, "choices", n), what, "Add one to the plan.")
    for n, telling in enumerate(story.tellings):
        if telling.id not in told:
            yield scenario.problem(("tellings", n), f"No walk is in telling '{telling.id}'.", "Add one to the plan.")


def _taken(scenario: Scenario) -> set[tuple[str, str]]:
    story = scenario.story
    tellings = [telling.id for telling in story.tellings]
    taken = set()
    for walk in scenario.walks:
        if walk.telling in tellings:
            number = tellings.index(walk.telling)
            state = engine.replay_as_far_as_possible(story, number, walk.choices)
            taken |= {(step.scene, step.choice.id) for step in engine.steps(story, state)}
    return taken


RULE = Rule(
    code="walks",
    why="A plan proves that every ending and every choice can be reached, and that unsafe acts are named.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.plan.yml",
        "scenario: the-ladder",
        "scenario: a-ladder",
        "The plan is for a different scenario",
    ),
)
