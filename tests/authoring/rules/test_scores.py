from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from authoring import rules
from authoring.rules import RULES, scores
from casebook import records
from casebook.kinds.simulation import SIMULATION, SimulationItem
from casebook.story import Story, Telling
from tests.authoring.author import BANK, CHECK, STORY, Author, Slip

SLIPS = [
    Slip(STORY, "- id: leave", "- id: leave\n        score: 1", "but nobody grades a scenario", "score: 1"),
]
ITEM = replace(SIMULATION.examples()[0], id="tiny-note", marks=3, points=("ladder-asks",))


def with_story(change: Callable[[Story], Story], item: SimulationItem = ITEM) -> SimulationItem:
    """The simulation with its story changed."""
    (planned,) = item.stories
    return replace(item, stories=(replace(planned, story=change(planned.story)),))


def with_choice(which: str, item: SimulationItem = ITEM, **changes: Any) -> SimulationItem:
    """The simulation with one choice changed."""

    def changed(story: Story) -> Story:
        scenes = {
            key: replace(scene, choices=tuple(replace(c, **changes) if c.id == which else c for c in scene.choices))
            for key, scene in story.scenes.items()
        }
        return replace(story, scenes=scenes)

    return with_story(changed, item)


def set_in(author: Author, item: SimulationItem) -> None:
    """Puts a simulation into the check of the tiny course, each thing of it on a line of its own."""
    written = json.dumps(records.dump(item), indent=1).replace("rj-victim-led", "ladder-asks")
    bank, check = author.root / BANK, author.root / CHECK
    indented = written.replace("\n", "\n    ")
    bank.write_text(f"{bank.read_text(encoding='utf-8')}  - {indented}\n", encoding="utf-8")
    check.write_text(f"{check.read_text(encoding='utf-8')}\n:::{{item}} {item.id}\n:::\n", encoding="utf-8")


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_score_in_a_scenario_is_named(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(scores.check)
    author.is_told(problem, slip)


def test_a_course_with_a_simulation_has_no_problem(author: Author):
    set_in(author, ITEM)
    assert rules.problems(author.course()) == []


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (with_choice("own", score=-1), "'own' has an invalid score"),
        (with_choice("own", score=100), "'own' has an invalid score"),
        (with_choice("own", score=None), "'own' has no score"),
        (with_choice("carry", score=0.5), "'carry' is unsafe but earns something"),
        (with_choice("own", basis="inference"), "'own' is an inference that no expert has reviewed"),
        (with_choice("own", score=2), "A path with a choice that isn't sound earns 3; sound choices alone earn 3"),
        (with_choice("later", score=1), "A path with a choice that isn't sound earns 3; sound choices alone earn 3"),
        (with_choice("write", score=0, verdict="recovery"), "No path of sound choices alone earns anything"),
        (
            with_story(lambda s: replace(s, tellings=(Telling("one"), Telling("two")))),
            "A simulation needs a single telling",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_score_that_pays_for_the_wrong_thing_is_named(author: Author, item: SimulationItem, said: str):
    set_in(author, item)
    (problem,) = author.problems(scores.check)
    assert said in problem.what
    assert problem.remedy.endswith(".")
    assert problem.file == author.root / BANK
    assert problem.line > author.line(BANK, '"id": "tiny-note",')


def test_an_inference_may_score_once_an_expert_has_reviewed_the_item(author: Author):
    set_in(author, with_choice("own", replace(ITEM, reviewed_by="A. Reviewer, 2026-01-05"), basis="inference"))
    assert author.problems(scores.check) == []


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (with_choice("own", go="nowhere"), "There's no scene 'nowhere'"),
        (with_choice("own", when="slpis > 0"), "The story doesn't carry 'slpis'"),
        (with_choice("own", points=("unknown",)), "No teaching point 'unknown'"),
        (with_choice("own", verdict=None), "'own' has no 'verdict'"),
        (with_choice("own", id="write"), "'write' is already in tiny.yml"),
        (with_choice("own", text="# Own it"), "'heading' can't be shown here"),
        (with_choice("leave-out", go="told"), "it ends in 'told', not in 'quiet'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_rules_of_scenarios_hold_for_its_stories_too(author: Author, item: SimulationItem, said: str):
    set_in(author, item)
    read = author.course()
    problems = [problem for rule in RULES for problem in rule.check(read)]
    (line,) = {problem.line for problem in problems if said in problem.what}
    assert line > author.line(BANK, '"id": "tiny-note",')


def test_a_simulation_that_goes_round_is_said_to_and_has_no_best_path(author: Author):
    set_in(author, with_choice("own", go="monday"))
    problems = rules.problems(author.course())
    assert [problem.what for problem in problems if problem.rule in ("roads", "scores")] == [
        "The story can loop forever through 'monday'."
    ]


def _free(basis: str) -> SimulationItem:
    """The simulation with a decision on Friday in which nothing earns anything."""
    item = ITEM
    for choice in ITEM.stories[0].story.scenes["friday"].choices:
        item = with_choice(choice.id, item, score=0, basis=basis)
    return item


def test_where_nobody_has_settled_a_decision_that_earns_nothing_nobody_strays(author: Author):
    set_in(author, _free("inference"))
    assert author.problems(scores.check) == []


def test_who_earns_all_marks_is_told_of_no_fault(author: Author):
    set_in(author, _free("section"))
    (problem,) = author.problems(scores.check)
    assert "A path with a choice that isn't sound earns 2; sound choices alone earn 2" in problem.what
