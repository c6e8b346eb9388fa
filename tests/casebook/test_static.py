from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import content, engine, progress, static, view
from casebook.answers import Book
from casebook.content import Point
from casebook.kinds import KINDS
from casebook.kinds.base import Given
from casebook.partner_map import Partner
from casebook.story import Story
from tests.casebook.stories import STORY, picks, stories

POINTS = {"one": Point("Of <b>doors</b>", "…")}
NASTY = '<script>alert("1")</script>'


class Outline(HTMLParser):
    """The tags of well-formed HTML; every tag that is opened is closed, in order."""

    VOID = frozenset({"input", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not [name for name, _ in attrs if name.startswith("on") or name in ("style", "src")]
        self.tags.add(tag)
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


def item_view(name: str, given: Given | None = None, **changes: Any) -> view.View:
    item, _ = KINDS[name].examples()
    return view.item({**item.public(), **changes}, given, graded=False)


def story_view(*path: str, tale: Story = STORY) -> view.View:
    return view.story(tale, engine.replay(tale, 1, path), POINTS)


def test_an_item_is_a_group_of_controls_that_nobody_can_use():
    html = static.to_html(item_view("single", case="It *rains*."))
    assert html.startswith('<div class="casebook-static"><p>It <em>rains</em>.</p><fieldset><legend>Who decides')
    assert html.count('<input type="radio" disabled>') == 3
    assert '<input type="checkbox" disabled>' in static.to_html(item_view("several"))


def test_the_answer_given_is_marked_in_words():
    html = static.to_html(item_view("single", {"choice": "b"}))
    assert html.count("(your answer)") == html.count(" checked>") == 1
    assert '<input type="radio" disabled checked> The victim</label> <strong>(your answer)</strong>' in html
    assert static.to_html(item_view("several", {"choices": ["a", "c"]})).count("(your answer)") == 2


def test_an_item_without_an_answer_marks_none():
    assert "your answer" not in static.to_html(item_view("single"))
    assert "your answer" not in static.to_html(item_view("several", {"choices": []}))


@pytest.mark.parametrize("fits", [True, False])
def test_it_is_said_that_a_question_is_not_as_it_was_answered(fits: bool):
    seen = {**item_view("single"), "changed": view.changed("2026-02-03T09:00:00+00:00", fits=fits)}
    words = "Your answer still counts." if fits else "That answer is kept. Please answer again."
    assert words in static.to_html(seen)
    assert words in static.to_text(seen)


def test_it_is_said_that_a_story_is_not_as_it_was_played():
    seen = view.story(STORY, engine.replay(STORY, 1, ("knock",)), POINTS, changed=True)
    assert "This story has changed" in static.to_html(seen)
    assert "This story has changed" in static.to_text(seen)


def test_an_item_can_be_read_as_plain_text():
    assert static.to_text(item_view("single", {"choice": "b"}, case="It *rains*.")) == (
        "It rains.\n\nWho decides whether a letter is read?\nChoose one.\n( ) The parole board\n(•) The victim\n( ) You"
    )
    text = static.to_text(item_view("several", {"choices": ["a"]}))
    assert text.startswith("Where may")
    assert "[x] The prosecutor's office\n[ ] A court\n" in text


def test_rows_are_groups_within_the_question():
    html = static.to_html(item_view("sort", {"a": "a", "c": "b"}))
    assert (
        "<legend>Where does each of these work?</legend><p>Choose one group for each statement.</p><fieldset>" in html
    )
    assert html.count("<fieldset>") == 5
    assert "<fieldset><legend>A shelter&#x27;s advocate</legend><ul><li>" in html
    assert html.count("(your answer)") == html.count(" checked>") == 2
    assert "In the <em>community</em></label> <strong>(your answer)</strong>" in html
    text = static.to_text(item_view("rate", {"d": "0"}))
    assert "Rate each action by itself, from 0 to 4.\nTell her what you may tell" in text
    assert "( ) 4 Do this\nGive him her question\n(•) 0 Never\n( ) 1 Poor" in text


def test_steps_stand_in_the_order_given():
    html = static.to_html(item_view("order", {"order": ["d", "b", "a", "c"]}))
    assert (
        "<p><strong>(your answer)</strong></p><ol><li>Listen</li><li>Ask whether she can talk <em>safely</em></li>"
        in html
    )
    text = static.to_text(item_view("order", {"order": ["d", "b", "a", "c"]}))
    assert "(your answer)\n1. Listen\n2. Ask whether she can talk safely\n3. Offer" in text


@pytest.mark.parametrize("given_", [None, {"order": ["a"]}, {"order": "abcd"}, {"order": [["a"]]}])
def test_steps_that_were_not_moved_are_said_to_be_so(given_: Given | None):
    assert "(not yet put in order)</strong></p><ol><li>Offer" in static.to_html(item_view("order", given_))
    assert "(not yet put in order)\n1. Offer" in static.to_text(item_view("order", given_))


def test_what_was_written_stands_as_it_was_written():
    given_ = {"text": f"One.\n\n  Two. {NASTY}"}
    html = static.to_html(item_view("written", given_))
    assert f"One.\n\n  Two. {escape(NASTY)}</pre>" in html
    assert NASTY not in html
    assert static.to_text(item_view("written", given_)).endswith(given_["text"])


@pytest.mark.parametrize("given_", [None, {"text": " \n"}, {"text": 1}])
def test_where_nothing_was_written_it_is_said(given_: Given | None):
    assert "<p>(no answer)</p>" in static.to_html(item_view("written", given_))
    assert static.to_text(item_view("written", given_)).endswith("(no answer)")


@pytest.mark.parametrize("skipped", [True, False])
def test_a_story_that_was_not_begun_is_named_and_not_told(skipped: bool):
    seen = view.story(replace(STORY, content_note="Mind this."), None, POINTS, skipped=skipped)
    html = static.to_html(seen)
    assert "<h3>The door</h3><p>Mind this.</p>" in html
    assert "open it to play" in html
    assert static.to_text(seen) == "The door\n\nMind this.\n\nA practice scenario; open it to play."


def test_a_story_is_told_as_far_as_it_was_played():
    html, text = static.to_html(story_view("knock")), static.to_text(story_view("knock"))
    for words in ("In the hall", "A door.", "Take knock.", "You knock.", "Heard!", "In the room", "And now?"):
        assert words in html
        assert words in text
    assert "<strong>You:</strong> Take knock." in html
    assert "<li>Take speak.</li><li>Take shout.</li>" in html
    assert "And now?\n- Take speak.\n- Take shout." in text
    assert "Debrief" not in html + text


def test_a_finished_story_is_told_with_its_debrief():
    html, text = static.to_html(story_view("kick", "speak")), static.to_text(story_view("kick", "speak"))
    assert "<h4>Debrief: cold</h4><p><strong>Not safe:</strong> you chose to kick a door.</p>" in html
    assert "<strong>In the hall. Not safe.</strong> You chose: Take kick.</p><p>Why kick.</p>" in html
    assert "<strong>In the room. Sound.</strong>" in html
    assert "Debrief: cold\n\nNot safe: you chose to kick a door." in text
    assert text.endswith("In the room: Sound. Why speak.")


def test_a_debrief_names_its_points():
    hall = STORY.scenes["hall"]
    pointed = replace(hall, choices=tuple(replace(c, points=("one",)) for c in hall.choices))
    seen = story_view("kick", "speak", tale=replace(STORY, scenes={**STORY.scenes, "hall": pointed}))
    assert "<em>Of &lt;b&gt;doors&lt;/b&gt;</em>" in static.to_html(seen)


def test_a_notice_is_told():
    notice = {"type": "notice", "messages": ["One.", NASTY], "alarm": True}
    assert static.to_html(notice).count("<p>") == 2
    assert static.to_text(notice) == f"One.\n{NASTY}"


def partners_view(*recorded: Partner) -> view.View:
    return view.partners({f"partner-{n:08}": one for n, one in enumerate(recorded)}, date(2026, 3, 1))


def test_a_list_without_partners_says_so():
    assert static.to_html(partners_view()) == '<div class="casebook-static"><p>Nothing recorded yet.</p></div>'
    assert static.to_text(partners_view()) == "Nothing recorded yet."


def test_partners_are_told_with_what_is_known_of_them():
    seen = partners_view(Partner(organization="Haven", does="one\ntwo"), Partner(organization=NASTY, phone=NASTY))
    html = static.to_html(seen)
    assert "<h4>Haven</h4><dl><dt>What they do</dt><dd>one\ntwo</dd><dt>Who calls first?</dt>" in html
    assert html.count(escape(NASTY)) == 2
    assert Outline(html).tags == {"div", "h4", "dl", "dt", "dd"}
    assert static.to_text(seen).startswith(
        "Haven\n  What they do: one two\n  Who calls first: We haven't agreed yet\n\n<script>"
    )


def nasty(story: Story) -> Story:
    """``story`` with markup where no prose stands."""
    scenes = {
        key: replace(scene, title=NASTY, asks=scene.asks and NASTY, ending=scene.ending and NASTY)
        for key, scene in story.scenes.items()
    }
    return replace(story, title=NASTY, scenes=scenes)


@given(stories().map(nasty), st.integers(0, 3), picks)
def test_no_markup_of_a_story_reaches_a_page(story: Story, telling: int, wanted: list[str]):
    state = engine.replay_as_far_as_possible(story, telling, tuple(wanted))
    for seen in (view.story(story, state, POINTS), view.story(story, None, POINTS)):
        tags = Outline(static.to_html(seen)).tags
        assert tags <= {"div", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "br"}
        assert isinstance(static.to_text(seen), str)


@given(st.sampled_from(list(KINDS)), st.text(), st.text())
def test_no_markup_of_an_item_reaches_a_page(name: str, stem: str, case: str):
    odd = (
        {"choice": 1, "choices": 2, "a": {}, "order": [[]], "text": 3},
        {"a": NASTY, "order": [NASTY], "text": NASTY},
    )
    for given_ in (None, {"choice": NASTY}, {"choices": [NASTY]}, *odd):
        html = static.to_html(item_view(name, given_, stem=stem + NASTY, case=case + NASTY))
        assert Outline(html).tags <= {
            "div", "fieldset", "legend", "label", "input", "p", "ul", "ol", "li", "strong", "em", "br", "pre",
        }  # fmt: skip


def test_every_kind_of_view_has_both_forms():
    assert static._HTML.keys() == static._TEXT.keys()


def test_the_list_of_modules_links_no_lesson_where_there_is_none():
    outlines = [
        content.Outline("m", "Ladders", 10, 5, "01-m.ipynb", "m/m-check.ipynb", ("p1",), ("i1",)),
        content.Outline("f", "The final", 0, 45, "", "f/f-check.ipynb", (), ("s1",), {"s1": ("s1-a", "s1-b")}),
    ]
    shown = view.modules(outlines, [progress.of(one, Book(), Book()) for one in outlines], [None, None], [True, True])
    assert static.to_html(shown) == (
        '<div class="casebook-static"><ul>'
        '<li><a href="01-m.ipynb">Ladders</a> (10 minutes): Not started. '
        '<a href="m/m-check.ipynb">Check</a>: 0 of 1 answered.</li>'
        '<li>The final. <a href="f/f-check.ipynb">Check</a>: 0 of 1 answered.</li>'
        "</ul></div>"
    )
    assert static.to_text(shown) == "- Ladders (10 minutes): Not started\n- The final (45 minutes): 0 of 1 answered"


def test_job_aids_are_linked_with_what_they_are_for():
    shown = view.aids([content.Aid("card", "The card", 'Before you say "yes".', "job-aids/card.html")])
    assert static.to_html(shown) == (
        '<div class="casebook-static"><ul><li><a href="job-aids/card.html">The card</a>: '
        "Before you say &quot;yes&quot;.</li></ul></div>"
    )
    assert static.to_text(shown) == '- The card: Before you say "yes".'
