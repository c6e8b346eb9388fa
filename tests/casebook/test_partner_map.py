from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import partner_map
from casebook.answers import Answer, Book
from casebook.kinds.base import NotAnAnswer
from casebook.partner_map import ASKED, LONG, MODULE, REMOVED, SHORT, Partner

ONE = "partner-aaaaaaaa"
OTHER = "partner-bbbbbbbb"
HAVEN = Partner(organization="Haven", kind="community", does="Hotline\nShelter", first="me", when="By Friday")

_TYPED = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
PARTNERS = st.builds(
    lambda name, kind, first, *words: Partner(
        organization=name,
        kind=kind,
        first=first,
        **dict(zip(("does", "contact", "phone", "address", "when"), words, strict=True)),
    ),
    _TYPED.filter(str.strip),
    *(st.sampled_from([value for value, _ in asked.choices]) for asked in ASKED if asked.choices),
    *[_TYPED] * 5,
).map(lambda one: partner_map.partner(asdict(one)))
IDS = st.integers(0, 10**9).map(lambda n: f"partner-{n:010}")


def answer(key: str, data: Any, module: str = MODULE) -> Answer:
    return Answer(module, key, data, "2026-02-03T09:00:00.000+00:00")


def book(*answers: Answer) -> Book:
    return Book(answers)


def kept(key: str, one: Partner) -> Answer:
    return answer(key, partner_map.given(one))


def refused(**data: Any) -> str:
    with pytest.raises(NotAnAnswer) as no:
        partner_map.partner(data)
    return str(no.value)


def test_partners_lie_where_earlier_versions_of_the_course_left_them():
    assert (MODULE, REMOVED) == ("partner-map", {"removed": True})
    assert [asked.name for asked in ASKED] == list(Partner.__dataclass_fields__)


def test_a_name_is_enough():
    assert partner_map.partner({"organization": "Haven"}) == Partner(organization="Haven", kind="unsure", first="open")


def test_what_was_left_empty_is_not_kept():
    assert partner_map.given(Partner(organization="Haven", phone="555")) == {"organization": "Haven", "phone": "555"}


def test_what_was_typed_is_tidied():
    typed = {"organization": "  Haven\t House\n", "does": " one \r\n\r\n  two ", "when": "a\nb"}
    one = partner_map.partner(typed)
    assert (one.organization, one.does, one.when) == ("Haven House", "one\n\ntwo", "a b")


@given(PARTNERS)
def test_what_is_kept_is_read_again_as_it_was(one: Partner):
    assert partner_map.partner(partner_map.given(one)) == one


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"organization": ""}, "Write the organization's name first."),
        ({"organization": " \n\t"}, "Write the organization's name first."),
        (
            {"organization": "x" * (SHORT + 1)},
            "“Organization” is too long: it has 201 characters, and the limit is 200.",
        ),
        ({"organization": "x", "does": "y" * (LONG + 1)}, "“What they do” is too long"),
        ({"organization": "x", "phone": "\ud800"}, "“Phone” has a character that can't be shown."),
        ({"organization": "x", "does": "a\x00b"}, "“What they do” has a character that can't be shown."),
        ({"organization": "x", "kind": "other"}, "Choose one of the answers to “Kind of organization”."),
        ({"organization": "x", "first": ""}, "Choose one of the answers to “Who calls first?”."),
    ],
)
def test_what_cannot_be_kept_is_said_in_plain_words(data: dict[str, Any], said: str):
    assert refused(**data).startswith(said)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"phone": "555"},
        {"organization": 1},
        {"organization": None},
        {"organization": "x", "marks": "2"},
        REMOVED,
        [],
        "x",
        None,
    ],
)
def test_what_is_no_partner_at_all_is_refused(data: Any):
    with pytest.raises(NotAnAnswer, match="Reload the page"):
        partner_map.partner(data)


def test_as_much_as_can_be_kept_fits_into_one_line_of_the_answers_file():
    longest = {asked.name: "\U0001f600" * asked.longest for asked in ASKED if not asked.choices}
    assert partner_map.partner(longest).does == longest["does"]


@pytest.mark.parametrize("key", [ONE, "partner-" + "0" * 40])
def test_an_id_of_a_page_is_one(key: str):
    assert partner_map.is_id(key)


@pytest.mark.parametrize(
    "key",
    ["", "partner-", "partner-a", "partner-" + "0" * 41, "tiny-owner", "partner-AAAAAAAA", f"{ONE}\n", 1, None, [ONE]],
)
def test_anything_else_is_no_id(key: Any):
    assert not partner_map.is_id(key)


def test_partners_stand_in_the_order_in_which_they_were_first_recorded():
    changed = Partner(organization="Haven House")
    found = partner_map.recorded(book(kept(ONE, HAVEN), kept(OTHER, Partner(organization="Court")), kept(ONE, changed)))
    assert list(found.items()) == [(ONE, changed), (OTHER, Partner(organization="Court"))]


def test_one_that_was_taken_out_is_not_there_until_it_is_put_back():
    out = book(kept(ONE, HAVEN), answer(ONE, REMOVED))
    assert partner_map.recorded(out) == {}
    assert partner_map.before_removal(out, ONE) == HAVEN
    assert partner_map.recorded(book(*out.answers, kept(ONE, HAVEN))) == {ONE: HAVEN}


def test_where_nothing_was_there_is_nothing_to_put_back():
    assert partner_map.before_removal(book(answer(ONE, REMOVED), kept(OTHER, HAVEN)), ONE) is None


@pytest.mark.parametrize(
    "foreign",
    [
        answer(ONE, {"organization": 7}),
        answer(ONE, {"choice": "a"}),
        answer(ONE, {"removed": "yes"}),
        answer(ONE, {}),
        answer(ONE, partner_map.given(Partner(organization="Other")), module="tiny"),
        answer("a", {"organization": "Other"}),
    ],
)
def test_foreign_lines_are_passed_over_and_what_stood_before_stands(foreign: Answer):
    assert partner_map.recorded(book(kept(ONE, HAVEN), foreign)) == {ONE: HAVEN}


_LINES = st.tuples(IDS, st.none() | PARTNERS)


@given(st.lists(_LINES, max_size=12))
def test_the_list_is_what_stands_last_for_each(lines: list[tuple[str, Partner | None]]):
    answers = [kept(key, one) if one else answer(key, REMOVED) for key, one in lines]
    last = dict(lines)
    assert partner_map.recorded(Book(tuple(answers))) == {key: one for key, one in last.items() if one}
