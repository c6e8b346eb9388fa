from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import records
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from casebook.kinds.options import Option, OptionsItem
from casebook.records import NotShaped
from casebook.story import Story
from tests.casebook.stories import STORY, WORDS, stories


@dataclass(frozen=True)
class Part:
    name: str
    right: bool = False


@dataclass(frozen=True)
class Whole:
    count: int
    share: float = 1.0
    kind: Literal["one", "two"] = "one"
    note: str | None = None
    parts: tuple[Part, ...] = ()
    named: dict[str, Part] = field(default_factory=dict)
    carries: dict[str, bool | int | float] = field(default_factory=dict)
    text: str | tuple[str | Part, ...] = ""


def through_json(record: object) -> Any:
    return json.loads(json.dumps(records.dump(record)))


_IDS = st.lists(WORDS, max_size=2).map(tuple)
_OPTIONS = st.lists(st.builds(Option, id=WORDS, text=WORDS, feedback=WORDS, points=_IDS), max_size=3).map(tuple)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Any item of any kind, well made or not."""
    kind = draw(st.sampled_from(list(KINDS.values())))
    options = {"options": _OPTIONS} if issubclass(kind.record, OptionsItem) else {}
    return draw(
        st.builds(
            kind.record,
            id=WORDS,
            kind=st.just(kind.name),
            stem=WORDS,
            points=_IDS,
            case=st.none() | WORDS,
            marks=st.none() | st.sampled_from([0, 0.0, 0.5, 2]),
            reviewed_by=st.none() | WORDS,
            **options,
        )
    )


@given(stories())
def test_a_story_comes_back_as_it_was(story: Story):
    assert repr(records.load(Story, through_json(story))) == repr(story)  # in its words, for True == 1


@given(items())
def test_an_item_comes_back_as_it_was(item: Item):
    assert repr(records.load(type(item), through_json(item))) == repr(item)


@pytest.mark.parametrize("name", KINDS)
def test_every_kinds_own_example_comes_back_as_it_was(name: str):
    item, _ = KINDS[name].examples()
    assert records.load(KINDS[name].record, through_json(item)) == item


def test_what_only_repeats_a_default_is_left_out():
    assert records.dump(Whole(1, share=1.0, parts=(), carries={})) == {"count": 1}
    assert records.dump(Whole(1, share=0.5, parts=(Part("a"),))) == {"count": 1, "share": 0.5, "parts": [{"name": "a"}]}


def test_what_is_no_default_is_kept_though_it_is_empty():
    assert records.dump(Whole(0, share=0, note="")) == {"count": 0, "share": 0, "note": ""}


def test_everything_inside_is_shaped():
    data = {
        "count": 1,
        "share": 2,
        "kind": "two",
        "note": None,
        "parts": [{"name": "a", "right": True}],
        "named": {"b": {"name": "b"}},
        "carries": {"yes": True, "one": 1, "half": 0.5},
        "text": ["words", {"name": "c"}],
    }
    whole = records.load(Whole, data)
    assert whole.parts == (Part("a", right=True),)
    assert whole.named == {"b": Part("b")}
    assert [type(value) for value in whole.carries.values()] == [bool, int, float]
    assert whole.text == ("words", Part("c"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "content: an object expected"),
        ([], "content: an object expected"),
        ({}, "count"),
        ({"count": "1"}, "content.count: a whole number expected"),
        ({"count": True}, "content.count: a whole number expected"),
        ({"count": 1.0}, "content.count: a whole number expected"),
        ({"count": 1, "share": "x"}, "content.share: a number expected"),
        ({"count": 1, "share": True}, "content.share: a number expected"),
        ({"count": 1, "kind": 1}, "content.kind: text expected"),
        ({"count": 1, "note": 1}, "content.note: no such form is known"),
        ({"count": 1, "parts": {}}, "content.parts: a list expected"),
        ({"count": 1, "parts": "ab"}, "content.parts: a list expected"),
        ({"count": 1, "parts": [{"name": "a"}, {"name": 2}]}, "content.parts[1].name: text expected"),
        ({"count": 1, "parts": [{"name": "a", "right": 1}]}, "content.parts[0].right: true or false expected"),
        ({"count": 1, "named": []}, "content.named: an object expected"),
        ({"count": 1, "named": {"x": 1}}, "content.named.x: an object expected"),
        ({"count": 1, "carries": {"x": "1"}}, "content.carries.x: no such form is known"),
        ({"count": 1, "text": [1]}, "content.text: no such form is known"),
        ({"count": 1, "cuont": 1}, "content: nothing is called 'cuont' here"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(data: object, said: str):
    with pytest.raises(NotShaped) as refused:
        records.load(Whole, data)
    assert said in str(refused.value)


def test_the_place_begins_where_the_reader_says():
    with pytest.raises(NotShaped, match=r"^the-door\.scenes\.hall: an object expected"):
        records.load(Story, {**records.dump(STORY), "scenes": {"hall": 1}}, "the-door")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(["one", "x"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from([*Whole.__annotations__]), inner),
    max_leaves=8,
)


@given(_JSON)
def test_any_data_are_shaped_or_refused(data: object):
    try:
        whole = records.load(Whole, data)
    except NotShaped:
        return
    assert records.load(Whole, records.dump(whole)) == whole


@pytest.mark.parametrize(
    "odd",
    [
        b"1e999",
        b"-1e999",
        b"1.7e308",
        b"9007199254740993",
        b"9" * 400,
        b"9" * 5000,
        b"NaN",
        b"-Infinity",
        b"[" * 900 + b"]" * 900,
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b"[" * 50_000,
        b'"\xff"',
    ],
    ids=lambda odd: odd[:20].decode(errors="replace"),
)
def test_what_no_reader_could_work_with_is_not_decoded(odd: bytes):
    with pytest.raises(NotShaped):
        records.decoded(b'{"a": [' + odd + b"]}")


def test_half_a_character_becomes_a_question_mark_and_whole_ones_stay():
    assert records.decoded(b'{"\\ud800": ["a\\udfff", "\\ud83d\\ude00"]}') == {"?": ["a?", "\U0001f600"]}


def test_words_may_hold_any_number_of_brackets():
    words = "[" * 500
    assert records.decoded(json.dumps({"a": words}).encode()) == {"a": words}
