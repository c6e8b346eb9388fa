from __future__ import annotations

from authoring import asked
from casebook.kinds.rate import Action, RateItem
from tests.authoring.author import BANK, Author

LAST = "grading/bank/last.yml"


def test_a_slot_is_one_question_with_its_variants(author: Author):
    tiny, last = author.course().modules
    assert [(each.name, each.number, len(each.items)) for each in asked.questions(tiny)] == [
        ("tiny-owner", 0, 1),
        ("tiny-return", 1, 1),
    ]
    assert [(each.name, each.number, len(each.items)) for each in asked.questions(last)] == [
        ("last-ask", 0, 2),
        ("last-back", 2, 2),
    ]


def test_a_slot_offers_something_unsafe_only_where_each_variant_does(author: Author):
    author.writes(LAST, "text: Paint it\n", "text: Paint it\n        unsafe: true\n")
    assert [each.offers_unsafe for each in asked.questions(author.course().modules[1])] == [False, False]
    author.writes(LAST, "text: Sell it\n", "text: Sell it\n        unsafe: true\n")
    assert [each.offers_unsafe for each in asked.questions(author.course().modules[1])] == [False, True]


def test_an_action_never_to_take_is_unsafe():
    actions = (
        Action(id="a", text="Dry it", best=4, feedback="Yes."),
        Action(id="b", text="Sell it", best=0, feedback="No.", never=True),
    )
    item = RateItem(id="r", kind="rate", stem="How good?", points=("p",), basis="section", actions=actions)
    assert [part.id for part in asked.unsafe(item)] == ["b"]


def test_a_bank_is_written_once_it_asks_something_and_nothing_is_to_do(author: Author):
    tiny = author.course().modules[0]
    assert asked.is_written(tiny)
    author.writes(BANK, "stem: Who lends a ladder?", "stem: TODO")
    assert not asked.is_written(author.course().modules[0])
