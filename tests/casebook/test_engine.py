from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import engine
from casebook.engine import NoSuchChoice, State
from casebook.story import Passage, Scene, Story
from tests.casebook.stories import STORY, choice, ending, picks, stories

OPEN, SHUT = 0, 1


def played(*path: str, telling: int = SHUT) -> State:
    return engine.replay(STORY, telling, path)


def ids(state: State) -> list[str]:
    return [choice.id for choice in engine.choices(STORY, state)]


def states(story: Story, telling: int, wanted: list[str]) -> list[State]:
    """Every state on the way; what cannot be chosen is passed over."""
    met = [engine.begin(story, telling)]
    for pick in wanted:
        try:
            met.append(engine.choose(story, met[-1], pick))
        except NoSuchChoice:
            continue
    return met


def test_a_story_begins_in_its_first_scene_with_nothing_chosen():
    assert engine.begin(STORY) == State(OPEN, "hall", {"trust": 5, "knocked": False}, ())


def test_tellings_go_round():
    assert engine.begin(STORY, 3) == engine.begin(STORY, SHUT)
    assert engine.begin(STORY, 3).telling == SHUT


def test_a_choice_exists_only_where_its_condition_holds():
    assert ids(engine.begin(STORY, OPEN)) == ["knock", "kick", "wave"]
    assert ids(engine.begin(STORY, SHUT)) == ["knock", "kick"]


@pytest.mark.parametrize("pick", ["wave", "speak", "nonsense", ""])
def test_what_does_not_exist_cannot_be_chosen(pick: str):
    with pytest.raises(NoSuchChoice, match="is not a choice in scene 'hall'"):
        engine.choose(STORY, engine.begin(STORY, SHUT), pick)


def test_a_choice_sets_what_is_carried():
    assert played("knock").carried == {"trust": 1, "knocked": True}


def test_a_choice_adds_to_what_is_carried():
    assert played("kick").carried == {"trust": 0, "knocked": False}


def test_a_choice_sets_first_and_adds_then():
    assert played("wave", telling=OPEN).carried["trust"] == 3


def test_what_was_not_carried_is_added_to_nothing():
    story = Story("s", "s", 1, "b", {"b": Scene("b", "b", "?", (choice("a", "e", add={"new": 2}),)), "e": ending("e")})
    assert engine.replay(story, 0, ("a",)).carried == {"new": 2}


def test_a_choice_leaves_the_state_before_it_alone():
    before = engine.begin(STORY, SHUT)
    engine.choose(STORY, before, "knock")
    assert before == engine.begin(STORY, SHUT)


@pytest.mark.parametrize(
    ("path", "scene"), [(("knock", "speak"), "cool"), (("kick", "speak"), "cold"), (("knock", "shout"), "warm")]
)
def test_the_first_road_that_holds_after_the_choice_is_taken(path: tuple[str, ...], scene: str):
    assert played(*path).scene == scene


def test_an_earlier_road_goes_before_a_later_one():
    assert played("knock", "speak", telling=OPEN).scene == "warm"


def test_a_story_is_over_at_an_ending_and_nowhere_else():
    met = [played(), played("knock"), played("knock", "speak")]
    assert [engine.is_over(STORY, state) for state in met] == [False, False, True]


def test_there_is_nothing_to_choose_at_an_ending():
    assert engine.choices(STORY, played("knock", "speak")) == ()


def test_a_replay_breaks_off_where_a_choice_does_not_exist():
    with pytest.raises(NoSuchChoice):
        engine.replay(STORY, SHUT, ("wave", "speak"))


def test_a_path_that_no_longer_fits_stops_before_the_break():
    as_far = engine.replay_as_far_as_possible(STORY, SHUT, ("knock", "wave", "speak"))
    assert as_far == played("knock")


def test_text_without_conditions_is_shown_whole():
    assert engine.passages("Words.", {}) == ("Words.",)
    assert engine.passages(("One.", Passage("Two.")), {}) == ("One.", "Two.")


def test_text_is_shown_where_its_condition_holds():
    text = ("One.", Passage("Two.", when="trust > 1"))
    assert engine.passages(text, {"trust": 2}) == ("One.", "Two.")
    assert engine.passages(text, {"trust": 1}) == ("One.",)


def test_a_step_tells_the_scene_as_it_was_met_and_the_choice_as_it_was_answered():
    first, second = engine.steps(STORY, played("knock", "speak", telling=OPEN))
    assert (first.scene, first.title, first.asks) == ("hall", "In the hall", "What do you do?")
    assert first.text == ("A door.", "It stands open.", "It creaks.")
    assert first.choice.id == "knock"
    assert first.told == ("You knock.", "Heard!")  # asked after the choice, not before it
    assert (second.scene, second.text) == ("room", ("Somebody looks up.",))


def test_steps_are_told_in_the_telling_that_was_played():
    (step,) = engine.steps(STORY, played("knock", telling=SHUT))
    assert step.text == ("A door.", "It creaks.")


def test_no_debrief_before_the_end():
    with pytest.raises(ValueError, match="not over"):
        engine.debrief(STORY, played("knock"))


def test_a_debrief_names_every_unsafe_act_in_the_order_taken():
    assert engine.debrief(STORY, played("kick", "shout")).unsafe == ("kick a door", "shout")
    assert engine.debrief(STORY, played("knock", "shout")).unsafe == ("shout",)
    assert engine.debrief(STORY, played("knock", "speak")).unsafe == ()


def test_a_debrief_names_the_ending_and_every_step():
    state = played("knock", "speak")
    debrief = engine.debrief(STORY, state)
    assert debrief.ending == "cool"
    assert debrief.steps == engine.steps(STORY, state)


@given(stories(), st.integers(0, 5), picks)
def test_any_choices_leave_a_state_that_the_story_knows(story: Story, telling: int, wanted: list[str]):
    for state in states(story, telling, wanted):
        assert state.scene in story.scenes
        assert state.carried.keys() == story.carries.keys()
        assert 0 <= state.telling < len(story.tellings)
        assert engine.is_over(story, state) == (not engine.choices(story, state))


@given(stories(), st.integers(0, 5), picks)
def test_replaying_a_path_is_playing_it_step_by_step(story: Story, telling: int, wanted: list[str]):
    for state in states(story, telling, wanted):
        assert engine.replay(story, telling, state.path) == state


@given(stories(), st.integers(0, 5), picks)
def test_what_was_saved_is_what_comes_back(story: Story, telling: int, wanted: list[str]):
    state = states(story, telling, wanted)[-1]
    saved = json.loads(json.dumps({"telling": telling, "path": state.path}))
    assert engine.replay(story, saved["telling"], tuple(saved["path"])) == state


@given(stories(), st.integers(0, 5), picks, st.integers(0, 8))
def test_going_back_is_playing_fewer_steps(story: Story, telling: int, wanted: list[str], step: int):
    met = states(story, telling, wanted)
    step = min(step, len(met) - 1)
    assert engine.replay(story, telling, met[-1].path[:step]) == met[step]


@given(stories(), st.integers(0, 5), picks)
def test_a_path_is_followed_as_far_as_it_fits_and_no_further(story: Story, telling: int, wanted: list[str]):
    state = engine.replay_as_far_as_possible(story, telling, tuple(wanted))
    fitted = len(state.path)
    assert state == engine.replay(story, telling, tuple(wanted[:fitted]))
    for refused in wanted[fitted : fitted + 1]:
        with pytest.raises(NoSuchChoice):
            engine.choose(story, state, refused)


@given(stories(), st.integers(0, 5), picks)
def test_steps_are_the_path(story: Story, telling: int, wanted: list[str]):
    met = states(story, telling, wanted)
    steps = engine.steps(story, met[-1])
    assert tuple(step.choice.id for step in steps) == met[-1].path
    assert [step.scene for step in steps] == [state.scene for state in met[:-1]]


@given(stories(), st.integers(0, 5))
def test_every_story_comes_to_an_end_with_a_debrief(story: Story, telling: int):
    state = engine.begin(story, telling)
    while not engine.is_over(story, state):
        state = engine.choose(story, state, engine.choices(story, state)[-1].id)
        assert len(state.path) <= len(story.scenes)
    debrief = engine.debrief(story, state)
    assert list(debrief.unsafe) == [step.choice.unsafe for step in debrief.steps if step.choice.unsafe]
