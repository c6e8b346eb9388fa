from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import engine, view
from casebook.content import Point
from casebook.kinds import KINDS
from casebook.kinds.base import Outcome, Remark
from casebook.partner_map import Partner
from casebook.prose import blocks_text, parse
from casebook.story import VERDICTS, Person, Story, Verdict
from tests.casebook.stories import STORY, choice, picks, stories

POINTS = {"one": Point("One", "The first."), "two": Point("Two", "The second."), "three": Point("Three", "The third.")}


def remark(part: str, points: str, **more: bool) -> Remark:
    return Remark(
        **{"right": False, "picked": True, **more},
        part=part,
        did="You",
        wanted="so",
        why=f"*{part}*.",
        points=(points,),
    )


RIGHT = remark("Right", "two", right=True)
WRONG = remark("Wrong", "one")
UNSAFE = remark("Unsafe", "three", unsafe=True)
LEFT = remark("Left", "one", right=True, picked=False)
MISSED = remark("Missed", "one", picked=False)

each_kind = pytest.mark.parametrize("name", KINDS)


def shown(*path: str, telling: int = 1, tale: Story = STORY) -> dict[str, Any]:
    return view.story(tale, engine.replay(tale, telling, path), POINTS)


def words(blocks: Any) -> str:
    return blocks_text(blocks)


@each_kind
def test_an_item_is_shown_as_it_is_answered(name: str):
    item, _ = KINDS[name].examples()
    seen = view.item({**item.public(), "case": "It *rains*."}, None, graded=True)
    assert (seen["type"], seen["id"], seen["graded"], seen["given"]) == ("item", "example", True, None)
    assert words(seen["case"]) == "It rains."
    assert (words(seen["asks"]), seen["hint"]) == (item.stem, KINDS[name].hint)
    for field, known in zip(seen["fields"], KINDS[name].fields(item.public()), strict=True):
        assert (field["name"], field["control"], field["layout"]) == (known.name, known.control, known.layout)
        assert (field["words"], field["note"]) == (known.words and list(known.words), known.note)
        assert field["label"] == parse(known.label)
        assert [(o["value"], o["label"]) for o in field["options"]] == [(v, parse(text)) for v, text in known.options]


@each_kind
def test_an_item_without_a_case_shows_none(name: str):
    assert view.item(KINDS[name].examples()[0].public(), None, graded=False)["case"] == []


@each_kind
def test_an_item_shows_what_was_given(name: str):
    item, (best, *_) = KINDS[name].examples()
    assert view.item(item.public(), best.given, graded=False)["given"] == best.given


@each_kind
def test_everything_shown_is_data_that_can_be_sent(name: str):
    item, examples = KINDS[name].examples()
    for example in examples:
        if not example.refused:
            json.dumps(view.item(item.public(), example.given, graded=True))
            json.dumps(view.remarks(item.outcome(example.given), POINTS))


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(1, (RIGHT,)), "That's right."),
        (Outcome(0.5, (RIGHT, WRONG)), "Partly right."),
        (Outcome(0, (WRONG,)), "Not quite."),
        (Outcome(0, (RIGHT, UNSAFE)), "One of your choices wouldn't be safe."),
        (Outcome(0.5, (RIGHT, UNSAFE)), "One of your choices wouldn't be safe."),
        (Outcome(0, (WRONG, LEFT)), "Not quite."),
        (Outcome(None, (RIGHT,)), "Compare what you wrote."),
    ],
)
def test_feedback_begins_with_how_it_went(outcome: Outcome, said: str):
    seen = view.remarks(outcome, POINTS)
    assert seen["said"] == said
    assert seen["right"] is (None if outcome.share is None else outcome.share == 1)


def test_feedback_says_of_each_part_what_became_of_it():
    (seen,) = view.remarks(Outcome(0, (WRONG,)), POINTS)["remarks"]
    assert seen == {
        "part": parse("Wrong"),
        "word": "You: so.",
        "right": False,
        "picked": True,
        "why": parse("*Wrong*."),
    }


def test_feedback_leaves_out_what_was_rightly_left_alone():
    seen = view.remarks(Outcome(0.5, (RIGHT, LEFT, MISSED)), POINTS)
    assert [words(remark["part"]) for remark in seen["remarks"]] == ["Right", "Missed"]
    assert [point["name"] for point in seen["points"]] == ["One", "Two"]


def test_points_stand_in_the_courses_order_each_once():
    assert view.point_views(["three", "one", "three"], POINTS) == [
        {"name": "One", "text": "The first."},
        {"name": "Three", "text": "The third."},
    ]


def test_a_point_that_is_not_known_is_left_out():
    assert view.point_views(["nonsense"], POINTS) == []


def test_a_story_begins_at_its_cover():
    tale = replace(STORY, content_note="Mind *this*.", people=(Person("Ada", "A neighbour"),))
    seen = view.story(tale, None, POINTS)
    assert (seen["type"], seen["id"], seen["title"], seen["minutes"]) == ("story", "door", "The door", 1)
    assert (seen["phase"], seen["step"]) == ("cover", 0)
    assert words(seen["note"]) == "Mind this."
    assert seen["people"] == [{"name": "Ada", "who": "A neighbour"}]


def test_a_skipped_story_says_so():
    assert view.story(STORY, None, POINTS, skipped=True)["phase"] == "skipped"


def test_a_scene_is_shown_with_the_choices_that_exist():
    seen = shown()
    assert (seen["phase"], seen["step"], seen["past"], seen["debrief"]) == ("scene", 0, [], None)
    assert (seen["scene"]["title"], seen["scene"]["asks"]) == ("In the hall", "What do you do?")
    assert words(seen["scene"]["text"]) == "A door.\n\nIt creaks."
    assert [c["id"] for c in seen["scene"]["choices"]] == ["knock", "kick"]
    assert [words(c["text"]) for c in seen["scene"]["choices"]] == ["Take knock.", "Take kick."]
    assert [c["id"] for c in shown(telling=0)["scene"]["choices"]] == ["knock", "kick", "wave"]


def test_what_was_done_stays_to_be_read():
    (step,) = shown("knock")["past"]
    assert (step["title"], words(step["text"])) == ("In the hall", "A door.\n\nIt creaks.")
    assert (words(step["choice"]), words(step["told"])) == ("Take knock.", "You knock.\n\nHeard!")


def test_the_end_is_debriefed():
    seen = shown("kick", "shout")
    debrief = seen["debrief"]
    assert (seen["phase"], seen["step"], seen["scene"]["choices"]) == ("end", 2, [])
    assert debrief["ending"] == seen["scene"]["title"] == "warm"
    assert [words(one["act"]) for one in debrief["unsafe"]] == ["kick a door", "shout"]
    assert [step["title"] for step in debrief["steps"]] == ["In the hall", "In the room"]
    assert [words(step["asks"]) for step in debrief["steps"]] == ["What do you do?", "And now?"]
    assert [words(step["why"]) for step in debrief["steps"]] == ["Why kick.", "Why shout."]


def test_an_unsafe_act_is_called_so_whatever_its_verdict():
    debrief = shown("kick", "speak")["debrief"]
    assert [(step["word"], step["unsafe"]) for step in debrief["steps"]] == [("Not safe", True), ("Sound", False)]


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_every_verdict_has_a_word(verdict: Verdict):
    room = STORY.scenes["room"]
    judged = replace(
        room, choices=(choice("speak", "cold", verdict=verdict, points=("two", "one"), basis="inference"),)
    )
    (_, step) = shown("knock", "speak", tale=replace(STORY, scenes={**STORY.scenes, "room": judged}))["debrief"][
        "steps"
    ]
    assert (step["verdict"], step["word"], step["basis"]) == (verdict, VERDICTS[verdict], "inference")
    assert [point["name"] for point in step["points"]] == ["One", "Two"]


def test_no_two_verdicts_share_a_word():
    assert set(VERDICTS) == set(get_args(Verdict))
    assert len({*VERDICTS.values(), "Not safe"}) == len(get_args(Verdict)) + 1


@given(stories(), st.integers(0, 3), picks)
def test_a_page_knows_nothing_yet_of_what_comes(story: Story, telling: int, wanted: list[str]):
    state = engine.replay_as_far_as_possible(story, telling, tuple(wanted))
    seen = view.story(story, state, POINTS)
    json.dumps(seen)
    if not engine.is_over(story, state):
        assert seen["debrief"] is None
        assert all(set(c) == {"id", "text"} for c in seen["scene"]["choices"])
        assert all(set(step) == {"title", "text", "choice", "told"} for step in seen["past"])


def test_prose_is_parsed_before_it_is_sent():
    note = view.story(replace(STORY, content_note="<b>*x*</b>"), None, POINTS)["note"]
    assert note == parse("<b>*x*</b>")


def test_of_a_partner_is_told_what_is_known():
    seen = view.partners({"partner-a": Partner(organization="Haven", phone="555 0100")}, date(2026, 3, 1))
    json.dumps(seen)
    (one,) = seen["partners"]
    assert (one["id"], one["given"]["organization"]) == ("partner-a", "Haven")
    assert one["facts"] == [["Phone", "555 0100"], ["Who calls first?", "We haven't agreed yet"]]
    assert [asked["control"] for asked in seen["asked"]] == [
        "line", "one", "area", "line", "line", "line", "one", "line",
    ]  # fmt: skip
