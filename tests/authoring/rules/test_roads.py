from __future__ import annotations

from dataclasses import replace

import pytest

from authoring.rules import roads
from casebook.exploring import explore
from casebook.story import Choice, Road, Scene, Story
from tests.authoring.author import STORY, Author, Slip

LEAVE = """\
      - id: leave
        text: Leave it where it is.
        verdict: too-little
        told: It gets wet.
        why: It was in your hands.
        points: [ladder-back]
        basis: section
        add: {trust: -1}
        go: evening
"""
MORE = "{id: x, text: x, verdict: sound, told: x, why: x, points: [ladder-back], basis: section, go: cool}"
ATTIC = "  attic: {title: Attic, text: Dust., ending: Dust}\n"
SLIPS = [
    Slip(STORY, "begin: yard", "begin: yrad", "There's no scene 'yrad'", "begin: yrad"),
    Slip(STORY, "go: street", "go: steret", "There's no scene 'steret'", "go: steret"),
    Slip(STORY, "to: friends", "to: freinds", "There's no scene 'freinds'", "go:"),
    Slip(STORY, "- to: cool", "- {to: cool, when: asked}", "'truth' leads nowhere if none of its conditions", "go:"),
    Slip(STORY, "go: alone", "go: []", "'nothing' leads nowhere", "go: []"),
    Slip(STORY, "    asks: And now?\n", "", "'street' is neither an ending nor a decision", "street:"),
    Slip(STORY, LEAVE, "", "'street' is neither an ending nor a decision", "street:"),
    Slip(STORY, "    ending: She nods\n", "", "'cool' is neither an ending nor a decision", "cool:"),
    Slip(STORY, "ending: She nods", f"ending: She nods\n    choices: [{MORE}]", "Ending 'cool' has choices", "cool:"),
    Slip(STORY, "go: evening", "go: yard", "can loop forever through 'yard'", "yard:"),
    Slip(STORY, "go: evening", "go: street", "can loop forever through 'street'", "street:"),
    Slip(STORY, "- id: leave", "- id: leave\n        when: asked", "fewer than two choices (by take)", "street:"),
    Slip(STORY, "  friends:\n", f"{ATTIC}  friends:\n", "Scene 'attic' is never reached", "attic:"),
    Slip(STORY, "when: asked and trust", "when: trust >= 99 and trust", "Scene 'friends' is never reached", "friends:"),
    Slip(
        STORY,
        "{trust: -1}\n        go: street",
        "{trust: -1}\n        go: cool",
        "A path has only 1 decisions",
        "scenes:",
    ),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_story_that_cannot_be_played_to_an_end_is_named(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(roads.check)
    author.is_told(problem, slip)


def test_every_broken_road_is_named_at_once(author: Author):
    author.writes(STORY, "go: street", "go: steret")
    author.writes(STORY, "go: alone", "go: aloen")
    assert [problem.what for problem in author.problems(roads.check)] == [
        "There's no scene 'steret'.",
        "There's no scene 'aloen'.",
    ]


def test_a_story_has_endings_enough(author: Author):
    author.writes(STORY, "go: alone", "go: cool")
    author.writes(STORY, "  alone:\n    title: Alone\n    text: The window is dark.\n    ending: Nobody asks\n", "")
    (problem,) = author.problems(roads.check)
    assert problem.what == "The story has 2 endings."
    assert problem.line == author.line(STORY, "scenes:")


def test_every_telling_is_played(author: Author):
    author.writes(STORY, "when: asked and trust >= 1", "when: asked and trust == 0")  # met in the second telling alone
    assert author.problems(roads.check) == []
    author.writes(STORY, "- id: wet", "- id: wet\n    carries: {trust: 9}")
    (problem,) = author.problems(roads.check)
    assert problem.what == "Scene 'friends' is never reached."


def test_a_story_too_big_to_be_looked_through_is_named(author: Author, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(roads, "MOST_STATES", 3)
    assert len(author.problems(roads.check)) == 1


def test_a_course_whose_roads_lead_on_has_no_problem(author: Author):
    assert author.problems(roads.check) == []


def test_a_story_that_can_stand_in_too_many_ways_is_not_called_a_loop(author: Author, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(roads, "MOST_STATES", 3)
    (problem,) = author.problems(roads.check)
    assert problem.what == "The story has over 3 reachable states, too many to check."
    assert problem.line == author.line(STORY, "carries:")


HUB = {
    "desk": Scene(
        title="Desk",
        text="Two letters.",
        asks="What next?",
        choices=(
            Choice(
                id="one", text="One.", told="Done.", go=(Road("shelf", "left <= 1"), Road("desk")), add={"left": -1}
            ),
            Choice(
                id="two", text="Two.", told="Done.", go=(Road("shelf", "left <= 0"), Road("desk")), add={"left": -2}
            ),
        ),
    ),
    "shelf": Scene(title="Shelf", text="Empty.", ending="Empty"),
}


def circles(scenes: dict[str, Scene], **carries: int) -> bool:
    story = Story(id="x", title="X", minutes=1, begin="desk", scenes=scenes, carries={**carries})
    return explore(story).loop is not None


def test_a_path_may_come_back_to_a_desk_where_something_has_changed():
    assert not circles(HUB, left=5)


def test_it_may_not_come_back_to_it_as_it_was_by_whichever_way():
    desk = replace(HUB["desk"], choices=(_to("shelf", "a"), _to("hall", "b")))
    hall = replace(HUB["desk"], choices=(_to("end", "a"), _to("shelf", "b")))
    shelf = replace(HUB["desk"], choices=(_to("end", "a"), _to("hall", "b")))
    assert circles({"desk": desk, "hall": hall, "shelf": shelf, "end": HUB["shelf"]})


def test_it_may_not_come_back_for_ever_even_where_something_changes_each_time():
    ever = replace(
        HUB["desk"], choices=(Choice(id="on", text="On.", told="On.", go="desk", add={"left": 1}), _to("shelf", "off"))
    )
    assert circles({**HUB, "desk": ever}, left=0)


def _to(scene: str, id: str) -> Choice:
    return Choice(id=id, text="Go.", told="Gone.", go=scene)
