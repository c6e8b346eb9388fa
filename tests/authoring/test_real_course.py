from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from authoring import build, exemptions
from authoring.course import Scenario, Standards
from casebook import engine
from casebook.engine import State
from casebook.exploring import explore
from casebook.story import Story
from tests import real
from tests.real import longest

MOST_DECISIONS = 12
PATHS = 200  # through each story
ADVICE = {"absolutes", "hedges", "keywords"}
"""Rules whose warnings an author may leave: a question worth asking comes before one that is hard to guess."""
SAFETY = [
    "systems-confidentiality",
    "community-confidentiality",
    "rj-choice",
    "rj-victim-led",
    "dialogue-victim-initiates",
    "dialogue-voluntary",
    "dialogue-inform-not-pressure",
    "letters-victim-decides",
    "ipv-not-all-safe",
    "ipv-vod-danger",
    "ipv-power-control",
]
POINTS = [
    "partners-why",
    "partners-contact",
    "partners-directory",
    "advocates-two-kinds",
    "systems-what",
    "systems-where",
    "systems-corrections-hint",
    "systems-role",
    "systems-confidentiality",
    "community-what",
    "community-where",
    "community-anyone-anytime",
    "community-supervisees-too",
    "community-services",
    "community-confidentiality",
    "practice-willing",
    "practice-cross-train",
    "practice-task-forces",
    "practice-multidisciplinary",
    "practice-share-materials",
    "rj-what",
    "rj-principles",
    "rj-choice",
    "rj-victim-led",
    "rj-start-with-options",
    "rj-resources",
    "panel-what",
    "panel-victims",
    "panel-participants",
    "panel-officers-attend",
    "dialogue-law",
    "dialogue-victim-initiates",
    "dialogue-voluntary",
    "dialogue-no-effect-on-status",
    "dialogue-benefits",
    "dialogue-refer",
    "dialogue-inform-not-pressure",
    "letters-what",
    "letters-victim-decides",
    "letters-not-parole",
    "service-what",
    "service-victim-input",
    "service-benefits-victims",
    "ipv-not-all-safe",
    "ipv-vod-danger",
    "ipv-power-control",
]


@pytest.fixture(scope="module")
def scenarios() -> list[Scenario]:
    return [scenario for module in real.read().modules for scenario in module.scenarios]


def random_path(story: Story, chance: random.Random) -> Iterator[State]:
    """The states of a path of which every choice is left to chance."""
    state = engine.begin(story, chance.randrange(len(story.tellings)))
    yield state
    while not engine.is_over(story, state):
        state = engine.choose(story, state, chance.choice(engine.choices(story, state)).id)
        yield state


def test_it_is_held_to_the_full_standards_and_each_exemption_from_its_rules_is_needed():
    assert real.read().about.standards == Standards()
    found = exemptions.found(real.read())
    assert [problem for problem in found.left if problem.rule not in ADVICE] == []
    assert found.unneeded == []


def test_the_points_where_people_get_hurt_are_marked():
    points = real.read().points.values()
    assert [point.id for point in points if point.safety] == SAFETY
    assert [point.id for point in points if point.look_up] == ["partners-directory", "rj-resources"]


def test_everything_generated_is_what_the_texts_say():
    assert build.drift(real.read()) == []


def test_all_teaching_points_are_there_in_their_order():
    assert [point["id"] for point in real.read().points_file.data["points"]] == POINTS
    assert list(real.read().points) == POINTS
    assert len(POINTS) == 46


def test_every_scenario_has_walks_that_go_as_planned(scenarios: list[Scenario]):
    assert scenarios
    for scenario in scenarios:
        tellings = [telling.id for telling in scenario.story.tellings]
        assert scenario.walks
        for walk in scenario.walks:
            state = engine.replay(scenario.story, tellings.index(walk.telling), walk.choices)
            debrief = engine.debrief(scenario.story, state)
            assert (state.scene, len(debrief.unsafe)) == (walk.ends, walk.unsafe), walk.name


def test_every_path_comes_to_an_end_soon_and_every_ending_is_met(scenarios: list[Scenario]):
    for story in [scenario.story for scenario in scenarios]:
        explored = explore(story)
        assert longest(explored) <= MOST_DECISIONS
        ends = {key for key, existing in zip(explored.scenes, explored.open, strict=True) if not existing}
        assert ends == {key for key, scene in story.scenes.items() if scene.ending}


def test_every_path_is_played_again_from_its_choices(scenarios: list[Scenario]):
    for story in [scenario.story for scenario in scenarios]:
        for seed in range(PATHS):
            *_, last = random_path(story, random.Random(seed))  # noqa: S311 - the same paths every time
            assert engine.replay(story, last.telling, last.path) == last


def test_a_debrief_names_the_unsafe_acts_of_its_path_and_no_other(scenarios: list[Scenario]):
    for story in [scenario.story for scenario in scenarios]:
        for seed in range(PATHS):
            *_, last = random_path(story, random.Random(seed))  # noqa: S311 - the same paths every time
            debrief = engine.debrief(story, last)
            taken = [step.choice for step in debrief.steps]
            assert list(debrief.unsafe) == [choice.unsafe for choice in taken if choice.unsafe]
