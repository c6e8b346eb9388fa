from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from casebook import engine, storymap
from casebook.prose import blocks_text
from casebook.story import Road, Story
from tests.casebook.stories import STORY, choice, picks, stories

SHUT = 1


def drawn(*path: str, met: tuple[str, ...] = (), tale: Story = STORY) -> dict[str, Any]:
    return storymap.draw(tale, engine.replay(tale, SHUT, path), met)


def places(drawing: dict[str, Any]) -> dict[str, str]:
    """Each titled place and its state."""
    return {place["title"]: place["state"] for place in drawing["places"] if place["title"]}


def test_the_path_is_a_straight_line_from_the_beginning_down():
    drawing = drawn("knock", "speak")
    way = [place for place in drawing["places"] if place["state"] == "path"]
    assert [(place["title"], place["row"], place["column"]) for place in way] == [
        ("In the hall", 0, 0),
        ("In the room", 1, 0),
        ("cool", 2, 0),
    ]
    assert [place["number"] for place in way] == [1, 2, None]
    titles = [place["title"] for place in drawing["places"]]
    walked = [(titles[way["from"]], titles[way["to"]]) for way in drawing["ways"] if way["taken"]]
    assert walked == [("In the hall", "In the room"), ("In the room", "cool")]


def test_what_was_not_met_stands_beside_it_without_a_title():
    others = [place for place in drawn("knock", "speak")["places"] if place["state"] != "path"]
    assert [(place["state"], place["title"], place["ending"]) for place in others] == [("unmet", "", True)] * 2
    assert [(place["row"], place["column"]) for place in others] == [(2, 1), (2, 2)]


def test_what_was_met_another_time_is_named():
    assert places(drawn("knock", "speak", met=("hall", "room", "cold"))) == {
        "In the hall": "path",
        "In the room": "path",
        "cool": "path",
        "cold": "met",
    }
    assert drawn("knock", "speak", met=("cold",))["endings"] == {"found": 2, "all": 3}


def test_an_unsafe_decision_is_marked():
    marked = [place["title"] for place in drawn("kick", "speak")["places"] if place["unsafe"]]
    assert marked == ["In the hall"]


def test_the_list_tells_what_there_was_to_choose_and_where_it_leads():
    first, second = drawn("knock", "speak")["decisions"]
    assert (first["title"], second["title"]) == ("In the hall", "In the room")
    told = [(blocks_text(way["text"]), way["taken"], way["leads"]) for way in first["choices"]]
    assert told == [
        ("Take knock.", True, "You chose this."),
        ("Take kick.", False, "Also leads to “In the room”."),
    ]
    assert [way["leads"] for way in second["choices"]][1:] == ["Leads to an ending you haven't seen."]
    _, second = drawn("knock", "speak", met=("warm",))["decisions"]
    assert [way["leads"] for way in second["choices"]][1:] == ["Leads to “warm”, where you've been before."]


def test_a_scene_that_was_not_met_is_not_named_by_the_list():
    hall = STORY.scenes["hall"]
    longer = {
        "hall": replace(hall, choices=(*hall.choices, choice("peek", "attic"))),
        "attic": replace(STORY.scenes["room"], title="In the attic"),
    }
    drawing = drawn("knock", "speak", tale=replace(STORY, scenes={**STORY.scenes, **longer}))
    assert drawing["decisions"][0]["choices"][-1]["leads"] == "Leads to something you haven't seen."
    assert "attic" not in json.dumps(drawing).lower()


def test_a_road_back_that_is_never_taken_does_no_harm():
    room = STORY.scenes["room"]
    back = replace(room, choices=(*room.choices, choice("turn", (Road("hall", when="false"), Road("cold")))))
    drawing = drawn("knock", "turn", tale=replace(STORY, scenes={**STORY.scenes, "room": back}))
    assert places(drawing) == {"In the hall": "path", "In the room": "path", "cold": "path"}


@given(stories(), st.integers(0, 3), picks)
def test_no_two_places_of_any_map_lie_on_each_other_and_the_way_leads_down(
    story: Story, telling: int, wanted: list[str]
):
    state = engine.replay_as_far_as_possible(story, telling, tuple(wanted))
    drawing = storymap.draw(story, state)
    spots = [(place["row"], place["column"]) for place in drawing["places"]]
    assert len(set(spots)) == len(spots)
    rows = [place["row"] for place in drawing["places"]]
    assert all(rows[way["from"]] < rows[way["to"]] for way in drawing["ways"] if way["taken"])
    assert sum(way["taken"] for way in drawing["ways"]) == len(state.path)
    assert all(bool(place["title"]) == (place["state"] != "unmet") for place in drawing["places"])
    json.dumps(drawing)
