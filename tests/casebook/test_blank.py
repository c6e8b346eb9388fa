from __future__ import annotations

import pytest

from casebook import progress, static
from casebook.answers import Answer
from casebook.blank import is_blank
from casebook.kinds.written import WRITTEN
from grading import item_feedback, scoring
from grading.marking import task
from grading.report import sitting

UNSEEN = {
    "nothing": "",
    "spaces and line ends": " \t\r\n\u2028",
    "a no-break space": "\u00a0",
    "an ideographic space": "\u3000",
    "zero-width characters": "\u200b\u200c\u200d\u2060\ufeff",
    "the blank Braille pattern": "\u2800\u2800",
    "Hangul fillers": "\u3164\u115f\u1160\uffa0",
    "marks without a letter": "\u0301\u20dd",
    "variation selectors": "\ufe0f",
    "direction marks": "\u200e\u202e",
    "tags": "\U000e0041",
    "what is kept for such": "\ufff0\U000e0fff",
    "controls": "\x00\x07",
    "where a picture was pasted": "\ufffc",
}
SEEN = ("a", ".", "\u200bno\u200b", "é", "e\u0301", "好", "👍", "-", "\ufffd", "\U00018cd6", "\ue000")


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_a_text_that_nobody_can_see_is_blank(text: str):
    assert is_blank(text)


@pytest.mark.parametrize("text", SEEN)
def test_a_text_with_a_visible_character_is_not_blank(text: str):
    assert not is_blank(text)


@pytest.mark.usefixtures("the_points")
def test_everything_that_judges_a_written_answer_agrees_on_what_is_blank():
    item = WRITTEN.examples()[0]
    for text, blank in (*((one, True) for one in UNSEEN.values()), *((one, False) for one in SEEN)):
        given = {"text": text}
        result = scoring.score(item, given)
        assert (result.marks == 0) is blank, repr(text)
        assert item_feedback.facts(result)["answered"] is not blank
        assert ("You didn't answer." in item_feedback.to_html(result)) is blank
        assert ("There's no answer." in task.to_html(item, result)) is blank
        assert progress.is_answered(Answer("m", "i", given, "")) is not blank
        assert sitting.is_blank(given) is blank
        assert ("(no answer)" in static._text_html(text)) is blank


@pytest.fixture
def the_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grading.bank.points", dict)
