from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casebook import earning, engine, records
from casebook.kinds.base import Given, NotAnAnswer
from casebook.kinds.simulation import SIMULATION, Planned, SimulationItem, standing, stories_of
from casebook.story import Story, Telling, blind
from tests.casebook.stories import picks, stories

ITEM, _ = SIMULATION.examples()
STORIES = {planned.story.id: planned.story for planned in ITEM.stories}
SAFE = replace(ITEM.stories[0], story=replace(ITEM.stories[0].story, id="the-list", title="The list"))
TWO = replace(ITEM, stories=(*ITEM.stories, SAFE))


def path(*choices: str, case: str = "the-note") -> dict[str, Any]:
    return {"case": case, "path": list(choices)}


def counting(*given: Any, item: SimulationItem = TWO) -> Given | None:
    return item.counting(list(given))


def said(*choices: str) -> list[tuple[str, bool, bool]]:
    return [(remark.said, remark.picked, remark.unsafe) for remark in ITEM.outcome(path(*choices)).remarks]


def test_the_last_answer_is_the_path_where_each_goes_on_from_the_one_before():
    assert counting(path(), path("explain"), path("explain", "later")) == path("explain", "later")


def test_the_first_path_counts_where_it_was_begun_anew():
    assert counting(path("carry"), path("explain"), path("explain", "options", "write")) == path("carry")
    assert counting(path("carry", "later"), path("carry"), path("carry", "options")) == path("carry", "later")
    assert counting(path("carry"), path()) == path("carry")


def test_the_first_story_in_which_something_was_decided_counts():
    safe = path("explain", case="the-list")
    assert counting(path(), path(case="the-list"), safe) == safe
    assert counting(safe, path("carry"), path()) == safe


def test_what_is_no_path_is_passed_over():
    assert counting({}, {"choice": "a"}, path("explain"), {"case": "the-note", "path": "carry"}) == path("explain")


def test_where_nothing_given_is_a_path_the_last_of_it_is_refused():
    last = counting({}, {"choice": "a"})
    assert last == {"choice": "a"}
    with pytest.raises(NotAnAnswer, match="path through one of the stories"):
        TWO.outcome(last)
    assert counting() is None


def test_of_a_path_that_no_longer_fits_what_can_be_played_counts_and_is_gone_on_from():
    assert counting(path("explain", "old", "write")) == path("explain")
    assert counting(path("explain", "old"), path("explain", "options")) == path("explain", "options")


def test_each_decision_is_called_what_it_was_with_a_sound_one_where_it_was_not():
    assert said("carry", "later", "own") == [
        ("Monday. Your choice: not safe.", True, True),
        ("A sound choice there: this one.", False, False),
        ("Wednesday. Your choice: too little.", True, False),
        ("A sound choice there: this one.", False, False),
        ("Friday. Your choice: fixed.", True, False),
    ]
    assert [part for part, *_ in said("explain")] == ["Monday. Your choice: sound."]


def test_every_remark_says_why_and_what_it_is_about():
    for remark in ITEM.outcome(path("carry", "later", "leave-out")).remarks:
        assert remark.why.endswith(remark.part)
        assert remark.points == ("rj-victim-led",)


def test_the_public_part_tells_the_story_in_full_and_judges_nothing():
    public = json.loads(json.dumps(ITEM.public()))
    told = stories_of(public)["the-note"]
    scenes = STORIES["the-note"].scenes
    for key, scene in told.scenes.items():
        assert (scene.text, scene.ending) == (scenes[key].text, scenes[key].ending)
        for choice, known in zip(scene.choices, scenes[key].choices, strict=True):
            assert (choice.id, choice.told, choice.go) == (known.id, known.told, known.go)
            assert choice.when == (known.when and known.when.replace("slips", "n1"))
            assert (choice.verdict, choice.basis, choice.score, choice.points) == (None, None, None, ())


def test_why_something_is_unsafe_is_public_and_why_anything_else_is_not():
    (planned,) = ITEM.stories
    choices = [choice for scene in planned.story.scenes.values() for choice in scene.choices]
    public = json.dumps(ITEM.public(), ensure_ascii=False)
    assert [choice.id for choice in choices if choice.why in public] == ["carry"]
    assert set(ITEM.secrets()) == {choice.why for choice in choices if choice.id != "carry"}


def test_a_public_part_without_a_story_is_not_shaped():
    with pytest.raises(records.NotShaped):
        SIMULATION.fields({"stories": [{"id": "x"}]})


def test_for_practice_its_first_story_is_played_under_the_items_own_name():
    assert TWO.for_practice() == replace(STORIES["the-note"], id=TWO.id)


def test_a_graded_story_with_a_content_note_needs_another_to_take_instead():
    (planned,) = ITEM.stories
    noted = Planned(story=replace(planned.story, content_note="Mind this."), walks=())
    (fault,) = SIMULATION.faults(replace(ITEM, marks=2, stories=(noted,)))
    assert "for anyone who skips it" in fault
    assert SIMULATION.faults(replace(ITEM, marks=2, stories=(noted, SAFE))) == []
    assert SIMULATION.faults(replace(ITEM, stories=(noted,))) == []


@pytest.mark.parametrize("number", [0, 3])
def test_it_has_one_story_or_two(number: int):
    (fault,) = SIMULATION.faults(replace(ITEM, stories=ITEM.stories * number))
    assert "one story, or two" in fault


def scored(story: Story) -> SimulationItem:
    tale = replace(story, id="the-note", tellings=(Telling("only"),))
    return replace(ITEM, stories=(Planned(story=tale, walks=()),))


def play(item: SimulationItem, wanted: list[str]) -> list[dict[str, Any]]:
    """The answers of a trainee who tries these choices, as the page would keep them."""
    story, given = item.stories[0].story, [path()]
    state = engine.begin(story)
    for choice in wanted:
        state = engine.replay_as_far_as_possible(story, 0, (*state.path, choice))
        given.append(path(*state.path))
    return given


@given(stories(), picks)
def test_no_path_of_any_story_scores_outside_nothing_and_all(story: Story, wanted: list[str]):
    item = scored(story)
    for given_ in play(item, wanted):
        share = item.outcome(given_).share
        assert share is not None
        assert 0 <= share <= 1


@given(stories())
def test_the_best_path_of_any_story_that_pays_earns_all(story: Story):
    item = scored(story)
    tale = item.stories[0].story
    assume(earning.best(tale) > 0)
    state = engine.begin(tale)
    while not engine.is_over(tale, state):
        after = [engine.choose(tale, state, choice.id) for choice in engine.choices(tale, state)]
        state = max(after, key=lambda s: engine.earned(tale, s) + rest(tale, s))
    assert item.outcome(path(*state.path)).share == pytest.approx(1)


def rest(story: Story, state: engine.State) -> float:
    """The most that can yet be earned, by trying everything."""
    ways = (engine.choose(story, state, choice.id) for choice in engine.choices(story, state))
    return max((engine.earned(story, s) - engine.earned(story, state) + rest(story, s) for s in ways), default=0)


@given(stories(), picks)
def test_what_is_still_to_be_earned_is_what_trying_everything_finds(story: Story, wanted: list[str]):
    item = scored(story)
    tale = item.stories[0].story
    for given_ in play(item, wanted):
        state = engine.replay(tale, 0, tuple(given_["path"]))
        assert earning.still_to_earn(tale, state) == pytest.approx(rest(tale, state))


@given(stories(), picks, st.lists(picks, max_size=3))
def test_no_later_playing_changes_the_first_path(story: Story, wanted: list[str], later: list[list[str]]):
    item = scored(story)
    first = play(item, wanted)
    stands = standing({"the-note": item.stories[0].story}, first)
    if stands != path():
        again = [given_ for others in later for given_ in play(item, others) if not goes_on(stands, given_)]
        assert item.counting([*first, *again]) == stands


def goes_on(stands: Given | None, given_: Given) -> bool:
    return stands is not None and given_["path"][: len(stands["path"])] == stands["path"]


@given(stories(), picks)
def test_what_was_saved_of_a_path_is_what_comes_back(story: Story, wanted: list[str]):
    item = scored(story)
    saved = [json.loads(json.dumps(given_)) for given_ in play(item, wanted)]
    assert item.counting(saved) == saved[-1]


def test_what_a_public_story_remembers_has_no_name_that_judges():
    public = stories_of(ITEM.public())["the-note"]
    assert set(public.carries) == {"n1"}
    assert "slips" not in json.dumps(ITEM.public())


@given(stories(), picks)
def test_a_public_story_is_played_as_the_author_wrote_it(story: Story, picked: list[str]):
    public = blind(story)
    state, seen = engine.begin(story), engine.begin(public)
    for choice in picked:
        names = [one.id for one in engine.choices(story, state)]
        assert [one.id for one in engine.choices(public, seen)] == names
        if choice in names:
            state, seen = engine.choose(story, state, choice), engine.choose(public, seen, choice)
    here, there = engine.scene(story, state), engine.scene(public, seen)
    assert state.scene == seen.scene
    assert engine.passages(here.text, state.carried) == engine.passages(there.text, seen.carried)
    assert [one.told for one in engine.steps(story, state)] == [one.told for one in engine.steps(public, seen)]
