from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casebook.story import Story
from tests.casebook.stories import STORY, stories


def test_a_telling_begins_with_what_the_story_carries_and_what_it_changes():
    assert STORY.starting(0) == {"trust": 5, "knocked": False}
    assert STORY.starting(1) == {"trust": 1, "knocked": False}


def test_a_story_without_tellings_has_one():
    plain = Story(id="s", title="s", minutes=1, begin="b", scenes={}, carries={"trust": 1})
    assert plain.starting(0) == plain.starting(7) == {"trust": 1}


@given(stories(), st.integers(0, 100))
def test_tellings_go_round(story: Story, number: int):
    assert story.starting(number) == story.starting(number + len(story.tellings))


@given(stories(), st.integers(0, 100))
def test_beginning_leaves_the_story_as_it_was(story: Story, number: int):
    story.starting(number)["trust"] = 99
    assert 99 not in story.starting(number).values()
