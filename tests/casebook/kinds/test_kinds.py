from __future__ import annotations

import json
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import kinds, records
from casebook.kinds import KINDS
from casebook.kinds.base import Example, Field, Item, Kind, NotAnAnswer, revision
from casebook.kinds.options import OptionsItem
from casebook.kinds.several import SEVERAL

SECRET = {"key", "feedback", "marks", "points", "right", "unsafe", "basis", "reviewed_by", "applied"}
SECRET |= {"group", "place", "best", "never", "rubric", "level", "model", "verdict", "score", "walks"}
SHARED = {"base", "options", "rows"}
EXAMPLES = [(kind, example) for kind in KINDS.values() for example in kind.examples()[1]]
REFUSED = [(kind, example) for kind, example in EXAMPLES if example.refused]
WITH_OPTIONS = {name: kind for name, kind in KINDS.items() if issubclass(kind.record, OptionsItem)}
FILLED_IN = {name: kind for name, kind in KINDS.items() if kind.name != "simulation"}  # that one is played
WITH_PARTS = {name: kind for name, kind in KINDS.items() if kind.examples()[0].parts()}

each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
each_with_options = pytest.mark.parametrize("kind", WITH_OPTIONS.values(), ids=WITH_OPTIONS)
each_filled_in = pytest.mark.parametrize("kind", FILLED_IN.values(), ids=FILLED_IN)
each_with_parts = pytest.mark.parametrize("kind", WITH_PARTS.values(), ids=WITH_PARTS)
each_example = pytest.mark.parametrize(
    ("kind", "example"), EXAMPLES, ids=[f"{kind.name} {json.dumps(example.given)[:60]}" for kind, example in EXAMPLES]
)

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["a", "b", "c", "d", "z", "0", "4"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)
_GIVEN = st.dictionaries(st.sampled_from(["choice", "choices", "order", "text", "a", "b", "x"]), _JSON, max_size=2)


def keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from keys(inner)


def with_options(item: OptionsItem, **changes: bool) -> OptionsItem:
    """``item`` with every option changed so."""
    return replace(item, options=tuple(replace(option, **changes) for option in item.options))


def test_every_file_of_a_kind_is_known():
    files = {module.name for module in pkgutil.iter_modules(kinds.__path__)} - SHARED
    assert files == set(KINDS)


@each_kind
def test_a_kind_is_known_by_its_own_name(kind: Kind):
    item, _ = kind.examples()
    assert KINDS[kind.name] is kind
    assert item.kind == kind.name
    assert type(item) is kind.record


@each_kind
def test_a_kinds_examples_are_right_wrong_and_refused(kind: Kind):
    examples = kind.examples()[1]
    assert any(example.refused for example in examples)
    shares = {example.share for example in examples if not example.refused}
    assert {None if kind.manual else 1.0, 0.0} <= shares


@each_example
def test_an_example_earns_its_share(kind: Kind, example: Example):
    item, _ = kind.examples()
    if example.refused:
        with pytest.raises(NotAnAnswer, match=r"\w+.*\.$"):
            item.outcome(example.given)
    else:
        assert item.outcome(example.given).share == example.share


@each_example
def test_the_public_part_tells_an_answer_from_what_is_none(kind: Kind, example: Example):
    item, _ = kind.examples()
    problem = kind.problem(item.public(), example.given)
    assert bool(problem) == example.refused


@each_kind
def test_no_answer_earns_nothing_and_picks_nothing(kind: Kind):
    outcome = kind.examples()[0].outcome(None)
    assert outcome.share == 0
    assert not any(remark.picked for remark in outcome.remarks if remark.part)


@each_filled_in
def test_the_public_part_holds_no_key(kind: Kind):
    item, _ = kind.examples()
    marked = replace(item, marks=3, reviewed_by="An expert", basis="inference", applied=True)
    assert not SECRET & set(keys(marked.public()))


@each_with_options
def test_the_public_part_is_the_same_whichever_option_is_right(kind: Kind):
    item, _ = kind.examples()
    assert isinstance(item, OptionsItem)
    for changes in ({"right": True}, {"right": False}, {"unsafe": True}, {"feedback": "x"}, {"points": ("x",)}):
        assert with_options(item, **changes).public() == item.public()


@each_kind
def test_no_word_of_the_public_part_is_secret(kind: Kind):
    item, _ = kind.examples()
    public = json.dumps(item.public(), ensure_ascii=False)
    assert item.secrets()
    assert not [secret for secret in item.secrets() if json.dumps(secret, ensure_ascii=False)[1:-1] in public]


@each_with_parts
def test_every_part_and_its_feedback_are_found(kind: Kind):
    item, _ = kind.examples()
    assert set(item.secrets()) == {part.feedback for part in item.parts()}
    written = records.dump(item)
    assert [part.id for part in item.parts()] == [
        raw["id"] for n in item.lists for raw in written[n] if "feedback" in raw
    ]


@each_kind
def test_the_public_part_shows_the_item_in_full(kind: Kind):
    item, _ = kind.examples()
    public = json.loads(json.dumps(item.public()))
    assert (public["id"], public["kind"], public["stem"]) == (item.id, item.kind, item.stem)
    for name in item.lists:
        assert [(part["id"], part["text"]) for part in public[name]] == [(p.id, p.text) for p in getattr(item, name)]
    assert "case" not in public
    assert replace(item, case="It rains.").public()["case"] == "It rains."


@each_filled_in
def test_the_public_part_is_enough_to_show_the_item(kind: Kind):
    item, examples = kind.examples()
    fields = kind.fields(json.loads(json.dumps(item.public())))
    words = {part.text for name in item.lists for part in getattr(item, name)}
    assert words <= {text for field in fields for text in (field.label, *(label for _, label in field.options))}
    assert kind.hint.endswith(".")
    assert {field.control for field in fields} <= set(get_args(get_type_hints(Field)["control"]))
    names = {field.name for field in fields}
    assert all(set(example.given) <= names for example in examples if not example.refused)
    # Where there is one field alone, the stem says what it is; several need a label each.
    assert all(field.label for field in fields) if len(fields) > 1 else not fields[0].label


@each_with_options
def test_an_option_that_does_not_exist_cannot_be_chosen(kind: Kind):
    item, _ = kind.examples()
    (field,) = kind.fields(item.public())
    answer = {field.name: "nonsense" if field.control == "one" else ["a", "nonsense"]}
    with pytest.raises(NotAnAnswer, match="doesn't exist"):
        item.outcome(answer)


@each_with_parts
def test_each_part_has_a_remark_that_says_why(kind: Kind):
    item, examples = kind.examples()
    for given_ in (None, *(example.given for example in examples if not example.refused)):
        remarks = item.outcome(given_).remarks
        assert sorted((r.part, r.why) for r in remarks) == sorted((part.text, part.feedback) for part in item.parts())
        assert all(remark.said.startswith("You ") for remark in remarks)
        assert all(remark.picked for remark in remarks if remark.unsafe)


@each_with_parts
def test_the_best_answer_does_everything_right(kind: Kind):
    item, examples = kind.examples()
    best = next(example.given for example in examples if example.share == 1)
    assert all(remark.right for remark in item.outcome(best).remarks)
    assert not any(remark.unsafe for remark in item.outcome(best).remarks)


@each_with_options
def test_a_remark_says_what_became_of_each_option(kind: Kind):
    item, examples = kind.examples()
    assert isinstance(item, OptionsItem)
    best = next(example.given for example in examples if example.share == 1)
    remarks = item.outcome(best).remarks
    assert [remark.part for remark in remarks] == [option.text for option in item.options]
    assert [remark.picked for remark in remarks] == [option.right for option in item.options]


@each_with_parts
def test_a_remark_is_about_its_parts_points_or_else_the_items(kind: Kind):
    item, _ = kind.examples()
    name = next(name for name in item.lists if hasattr(getattr(item, name)[0], "points"))
    first, *others = getattr(item, name)
    own = replace(item, **{name: (replace(first, points=("own",)), *others)})
    points = {remark.part: remark.points for remark in own.outcome(None).remarks}
    assert points == {first.text: ("own",), **{other.text: item.points for other in others}}


@each_kind
def test_an_example_has_no_fault(kind: Kind):
    assert kind.faults(kind.examples()[0]) == []


@each_with_options
def test_an_item_without_a_right_option_is_a_fault(kind: Kind):
    (fault,) = kind.faults(with_options(kind.examples()[0], right=False))
    assert "right: true" in fault


@each_with_options
def test_an_option_that_is_right_and_unsafe_is_a_fault(kind: Kind):
    item, _ = kind.examples()
    assert isinstance(item, OptionsItem)
    options = tuple(replace(option, unsafe=option.right) for option in item.options)
    assert kind.faults(replace(item, options=options)) == ["an option can't be both right and unsafe"]


def test_two_right_options_are_a_fault_where_one_is_chosen():
    (fault,) = KINDS["single"].faults(with_options(KINDS["single"].examples()[0], right=True))
    assert "3 have" in fault


@given(st.sampled_from(list(KINDS.values())), _GIVEN)
def test_whatever_is_given_is_scored_or_refused(kind: Kind, answer: dict[str, Any]):
    item, _ = kind.examples()
    try:
        share = item.outcome(answer).share
    except NotAnAnswer:
        assert kind.problem(item.public(), answer)
    else:
        assert kind.manual if share is None else 0 <= share <= 1
        assert kind.problem(item.public(), answer) is None


_PICKS = st.lists(st.sampled_from("abcd"), unique=True)


def share(picks: list[str]) -> float | None:
    item, _ = SEVERAL.examples()
    return item.outcome({"choices": picks}).share


@given(_PICKS)
def test_the_order_of_picks_does_not_matter(picks: list[str]):
    assert share(picks) == share(picks[::-1])


@given(_PICKS)
def test_only_all_right_picks_and_no_other_earn_everything(picks: list[str]):
    assert (share(picks) == 1) == (set(picks) == {"a", "b"})


@given(_PICKS)
def test_an_unsafe_pick_leaves_nothing(picks: list[str]):
    assert share(sorted({*picks, "d"})) == 0


@given(_PICKS)
def test_a_wrong_pick_never_earns_and_a_right_one_never_costs(picks: list[str]):
    assert share(sorted({*picks, "c"})) <= share(sorted({*picks} - {"c"}))
    assert share(sorted({*picks, "a"})) >= share(sorted({*picks} - {"a"}))


def test_a_wrong_pick_costs_as_much_as_a_right_one_earns():
    item = replace(with_options(SEVERAL.examples()[0], unsafe=False))
    assert item.outcome({"choices": ["a", "b", "d"]}).share == 0.5


def test_what_is_right_is_counted_against_all_that_is_right():
    item: Item = with_options(SEVERAL.examples()[0], right=True, unsafe=False)
    assert item.outcome({"choices": ["a"]}).share == 0.25


@pytest.mark.parametrize(
    ("kind", "example"), REFUSED, ids=[f"{kind.name} {json.dumps(example.given)[:60]}" for kind, example in REFUSED]
)
def test_a_refusal_speaks_plainly(kind: Kind, example: Example):
    problem = kind.problem(kind.examples()[0].public(), example.given)
    assert problem
    assert problem.endswith(".")
    assert not any(code in problem for code in ("{", "}", "[", "]", "_", " '", "' "))


@each_kind
def test_another_word_anywhere_is_another_revision_and_the_same_words_are_the_same(kind: Kind):
    public = kind.examples()[0].public()
    assert revision(public) == revision(json.loads(json.dumps(public)))
    assert revision(public) == revision(dict(reversed(public.items())))
    others = {revision({**public, "stem": "Other?"}), revision({**public, "case": "Other."})}
    assert len({revision(public), *others}) == 3
