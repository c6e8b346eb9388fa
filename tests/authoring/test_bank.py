from __future__ import annotations

from authoring import bank
from tests.authoring.author import COURSE, Author


def test_items_are_judged_by_their_form_and_all_options_last(author: Author):
    author.writes(COURSE, "kinds: 2,", "kinds: 2, judged_from: 2,")
    groups = {group.name: [item.id for item in group.items] for group in bank.judged(author.course())}
    assert groups == {
        "3 single-choice items": ["tiny-owner", "last-ask-a", "last-ask-b"],
        "3 items with several right options": ["tiny-return", "last-back-a", "last-back-b"],
        "6 all options": ["tiny-owner", "tiny-return", "last-ask-a", "last-ask-b", "last-back-a", "last-back-b"],
    }
    assert list(groups)[-1] == "6 all options"


def test_where_there_are_too_few_nothing_is_judged(author: Author):
    assert list(bank.judged(author.course())) == []
