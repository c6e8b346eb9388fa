"""The feedback on one item, in words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from casebook.kinds.base import Item
from casebook.kinds.options import OptionsItem
from grading import item_feedback
from grading.scoring import score

pytestmark = pytest.mark.usefixtures("tiny_bank")


def feedback(item: Item, given: dict[str, object] | None) -> str:
    return item_feedback.to_html(score(item, given))


def test_the_right_answer_is_called_right(items: dict[str, Item]):
    html = feedback(items["tiny-owner"], {"choice": "b"})
    assert "<strong>You chose this: right.</strong> Its owner" in html
    assert "<strong>You did not choose this: it is not right.</strong> Its finder" in html


def test_a_wrong_answer_is_called_not_right_and_the_right_one_is_shown(items: dict[str, Item]):
    html = feedback(items["tiny-owner"], {"choice": "a"})
    assert "<strong>You chose this: not right.</strong> Its finder" in html
    assert "<strong>You did not choose this: it is right.</strong> Its owner" in html


def test_an_unsafe_answer_is_called_not_safe(items: dict[str, Item]):
    html = feedback(items["tiny-return"], {"choices": ["a", "d"]})
    assert "<strong>You chose this: not safe.</strong> Lend it on" in html
    assert "<strong>You chose this: right.</strong> Dry it" in html
    assert "<strong>You did not choose this: it is right.</strong> Tell Ada" in html
    assert "<strong>You did not choose this: it is not right.</strong> Keep quiet" in html


def test_every_option_comes_with_why(items: dict[str, Item]):
    html = feedback(items["tiny-return"], {"choices": ["a"]})
    for why in ("wet wood rots.", "she will want to know.", "she finds out.", "it is not yours."):
        assert f"<p>SECRET-FEEDBACK {why}</p>" in html


def test_the_case_and_the_question_are_shown_as_prose(items: dict[str, Item]):
    html = feedback(items["tiny-return"], None)
    assert "<p>It has rained on <em>Ada&#x27;s</em> ladder.</p>" in html
    assert '<p class="stem"><strong>What do you do before it goes back?</strong></p>' in html


def test_the_teaching_points_are_named_with_their_words(items: dict[str, Item]):
    html = feedback(items["tiny-return"], None)
    assert "<li><strong>It comes back.</strong> A borrowed ladder is brought back dry.</li>" in html
    assert (
        "<li><strong>The owner is asked first.</strong> A ladder is lent by its owner and by nobody else.</li>" in html
    )


def test_no_answer_is_said_in_words(items: dict[str, Item]):
    assert "<p>You gave no answer.</p>" in feedback(items["tiny-owner"], None)
    assert "You gave no answer" not in feedback(items["tiny-owner"], {"choice": "a"})


def test_an_answer_that_is_none_is_explained(items: dict[str, Item]):
    html = feedback(items["tiny-owner"], {"choice": "z"})
    assert "could not be read as one, and scores nothing. That option does not exist." in html
    assert "You gave no answer" not in html


def test_nothing_of_an_answer_that_is_none_reaches_the_page(items: dict[str, Item]):
    html = feedback(items["tiny-owner"], {"choice": "<script>alert(1)</script>", "<b>": 1})
    assert "script" not in html
    assert "&lt;b&gt;" not in html


def test_words_that_look_like_markup_stay_words(items: dict[str, Item]):
    item = items["tiny-owner"]
    assert isinstance(item, OptionsItem)
    first = replace(item.options[0], text="<i>Its</i> finder", feedback='Not <script src="x">')
    html = feedback(replace(item, options=(first, *item.options[1:]), stem="Who & <b>how</b>?"), None)
    assert "&lt;i&gt;Its&lt;/i&gt; finder" in html
    assert "<p>Not &lt;script src=&quot;x&quot;&gt;</p>" in html
    assert "Who &amp; &lt;b&gt;how&lt;/b&gt;?" in html


def test_it_is_sound_html_without_script_or_style(items: dict[str, Item]):
    html = feedback(items["tiny-return"], {"choices": ["a", "c"]})
    assert not re.search(r"<script|<style|style=|onclick|https?:", html)
    for tag in ("section", "ul", "li", "p", "strong", "em"):
        assert len(re.findall(rf"<{tag}[ >]", html)) == html.count(f"</{tag}>")
