"""The feedback on one item, in words."""

from __future__ import annotations

import html as markup
import re
from dataclasses import replace

import pytest

from casebook.content import Point
from casebook.kinds.base import Item
from casebook.kinds.options import OptionsItem
from casebook.kinds.rate import RATE
from casebook.kinds.simulation import SIMULATION, SimulationItem
from casebook.kinds.written import WRITTEN
from casebook.prose import to_text
from grading import bank, item_feedback
from grading.scoring import score

pytestmark = pytest.mark.usefixtures("tiny_bank")


def feedback(item: Item, given: dict[str, object] | None) -> str:
    return item_feedback.to_html(score(item, given))


def remarks(html: str) -> list[str]:
    """Each remark as it is read: its shape, its sentence, and the part that it is about."""
    lines = re.findall(r'<li class="[\w ]+"><p>(.*?)</p>', html)
    return [re.sub(r"<[^>]+>", "", line) for line in lines]


def folded(html: str) -> str:
    """What is folded away, with the words to unfold it by."""
    (found,) = re.findall(r"<details>(.*)</details>", html)
    return found


def test_the_right_answer_is_called_right_and_the_rest_folds_away(items: dict[str, Item]):
    html = feedback(items["tiny-owner"], {"choice": "b"})
    first, *rest = remarks(html)
    assert first == "✓ You chose this: right. Its owner"
    assert rest[0] == "\N{EN DASH} You didn&#x27;t choose this: it is not right. Its finder"
    assert remarks(folded(html)) == rest
    assert "<summary>What you didn't choose, and why that was right</summary>" in html


def test_a_wrong_answer_comes_first_and_then_the_right_one(items: dict[str, Item]):
    html = feedback(items["tiny-owner"], {"choice": "c"})
    wrong, missed, *rest = remarks(html)
    assert wrong.startswith("\N{MULTIPLICATION SIGN} You chose this: not right.")
    assert missed == "○ You didn&#x27;t choose this: it is right. Its owner"
    assert remarks(folded(html)) == rest


def test_an_unsafe_answer_is_called_not_safe(items: dict[str, Item]):
    assert remarks(feedback(items["tiny-return"], {"choices": ["a", "d"]})) == [
        "✓ You chose this: right. Dry it",
        "! You chose this: not safe. Lend it on",
        "○ You didn&#x27;t choose this: it is right. Tell Ada",
        "\N{EN DASH} You didn&#x27;t choose this: it is not right. Keep quiet",
    ]


def test_who_gave_no_answer_is_not_told_that_leaving_options_was_right(items: dict[str, Item]):
    assert "<summary>The other options, and why not</summary>" in feedback(items["tiny-owner"], None)


def test_a_rating_that_is_one_off_is_right_in_part():
    item, _ = RATE.examples()
    best = {action.id: str(action.best) for action in item.actions}
    near = next(action for action in item.actions if 0 < action.best < 4 and not action.never)
    shapes = {
        line[0]
        for line in remarks(feedback(item, {**best, near.id: str(near.best + 1)}))
        if to_text(near.text) in markup.unescape(line)
    }
    assert shapes == {"½"}
    assert {line[0] for line in remarks(feedback(item, best))} == {"✓"}


def test_every_option_comes_with_why(items: dict[str, Item]):
    html = feedback(items["tiny-return"], {"choices": ["a"]})
    for why in ("wet wood rots.", "she will want to know.", "she finds out.", "it is not yours."):
        assert f"<p>SECRET-FEEDBACK {why}</p>" in html


def test_the_case_and_the_question_are_shown_as_prose(items: dict[str, Item]):
    html = feedback(items["tiny-return"], None)
    assert "<p>It has rained on <em>Ada&#x27;s</em> ladder.</p>" in html
    assert '<p class="stem"><strong>What do you do before it goes back?</strong></p>' in html


def test_the_teaching_points_are_named_and_no_more(items: dict[str, Item]):
    html = feedback(items["tiny-return"], None)
    about = "What this is about: <strong>It comes back.</strong> <strong>The owner is asked first.</strong>"
    assert about in html
    assert "A borrowed ladder is brought back dry." not in html


def test_no_answer_is_said_in_words(items: dict[str, Item]):
    assert "<p>You didn't answer.</p>" in feedback(items["tiny-owner"], None)
    assert "You didn't answer" not in feedback(items["tiny-owner"], {"choice": "a"})


def test_an_answer_that_is_none_is_explained(items: dict[str, Item]):
    html = feedback(items["tiny-owner"], {"choice": "z"})
    assert "couldn't be read, so it scores 0. That option doesn&#x27;t exist." in html
    assert "You didn't answer" not in html


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
    for tag in ("div", "ul", "li", "p", "strong", "em", "details", "summary", "span"):
        assert len(re.findall(rf"<{tag}[ >]", html)) == html.count(f"</{tag}>")


@pytest.fixture
def simulation(monkeypatch: pytest.MonkeyPatch) -> SimulationItem:
    points = {"rj-victim-led": Point("The victim leads", "She decides.")}
    monkeypatch.setattr(bank, "points", lambda: points)
    return SIMULATION.examples()[0]


def path(item: SimulationItem, *choices: str) -> list[str]:
    """The page's words on a path, line by line."""
    html = feedback(item, {"case": "the-note", "path": list(choices)})
    return [re.sub(r"<[^>]+>", "", line).strip() for line in re.split(r"</p>|</li>", html) if line]


def test_a_path_is_told_in_its_order_to_its_ending(simulation: SimulationItem):
    told = "\n".join(path(simulation, "explain", "options", "write"))
    words = ["All 3 decisions were sound", "Monday", "You chose: Give it back", "He nods.", "Wednesday", "Friday"]
    places = [told.index(one) for one in [*words, "How it ended: On the record", "The officer who covers for you"]]
    assert places == sorted(places)
    assert "A better choice" not in told


def test_a_decision_that_was_not_sound_comes_with_what_would_have_been_better(simulation: SimulationItem):
    lines = path(simulation, "explain", "later", "write")
    at = next(n for n, line in enumerate(lines) if "Say that you will look into it." in line and "You chose" in line)
    assert lines[at].startswith("\N{MULTIPLICATION SIGN} Too little You chose:")
    assert lines[at + 2].startswith("Of this choice the debrief would say more")
    assert lines[at + 3] == "A better choice: Go over what there is, near her."
    assert "Your path through the story. 2 of 3 decisions were sound." in "".join(lines)


def test_an_unsafe_decision_is_named_and_what_put_it_right_counts(simulation: SimulationItem):
    told = "\n".join(path(simulation, "carry", "later", "own"))
    assert "! Not safe You chose: Take it, and drop it off at her shop." in told
    assert "You chose to carry his note to her." in told
    assert "✓ Fixed You chose: That, and what you would do otherwise." in told
    assert "How it ended: Owned" in told


def test_what_nobody_has_settled_is_told_without_a_verdict_but_for_its_danger(simulation: SimulationItem):
    story = simulation.stories[0].story
    monday = story.scenes[story.begin]
    unsettled = tuple(replace(one, basis="inference", score=0) for one in monday.choices)
    scenes = {**story.scenes, story.begin: replace(monday, choices=unsettled)}
    item = replace(simulation, stories=(replace(simulation.stories[0], story=replace(story, scenes=scenes)),))
    assert "\N{BULLET} Not scored You chose: Give it back" in "\n".join(path(item, "explain"))
    assert "! Not safe You chose: Take it" in "\n".join(path(item, "carry"))


def test_a_path_that_was_not_finished_says_so(simulation: SimulationItem):
    assert "You stopped here. Decisions you didn't make earn nothing." in path(simulation, "explain")
    assert "You didn't answer." in feedback(simulation, None)


def test_the_facts_are_what_the_page_needs_beside_words_and_marks(items: dict[str, Item]):
    told = item_feedback.facts(score(items["tiny-return"], {"choices": ["a", "d"]}))
    assert told["item"] == "tiny-return"
    assert told["answered"] is True
    assert set(told["points"]) == set(items["tiny-return"].points)
    (choice,) = told["unsafe"]
    assert choice["points"]
    assert set(choice["points"]) <= set(told["points"])
    assert choice["blocks"]
    assert "unsafe" not in item_feedback.facts(score(items["tiny-return"], {"choices": ["a", "b"]}))
    assert item_feedback.facts(score(items["tiny-return"], None))["answered"] is False


def test_the_facts_of_a_variant_that_nobody_knows_name_none(items: dict[str, Item]):
    told = item_feedback.facts(replace(score(items["tiny-owner"], None), seen=False))
    assert told["item"] == ""


def test_the_facts_hold_a_written_text_only_as_words_that_cannot_act():
    item, _ = WRITTEN.examples()
    told = item_feedback.facts(score(item, {"text": "<b>Good</b> morning"}))
    assert told["score"] is None
    assert told["answer"] == f"<p>Your answer:</p>{item_feedback.inert('<b>Good</b> morning')}"
    assert "<b>" not in told["answer"]


def test_a_blank_text_is_no_answer():
    item, _ = WRITTEN.examples()
    told = item_feedback.facts(score(item, {"text": " \n"}))
    assert (told["answered"], told["score"], told["answer"]) == (False, 0, "<p>You didn't answer.</p>")


def test_of_a_written_slot_that_was_left_blank_no_question_is_told():
    item, _ = WRITTEN.examples()
    told = item_feedback.facts(replace(score(item, None), seen=False))
    assert "This question has several versions" in told["answer"]
    assert told["item"] == ""


@pytest.mark.parametrize("reached", range(3))
def test_of_a_rubric_the_level_that_was_reached_is_marked_in_words(reached: int):
    item, _ = WRITTEN.examples()
    html = item_feedback.written(item, "<p>text</p>", item.rubric[reached], "<p>the remark</p>")
    lines = re.findall(r"<li.*?</li>", html)
    assert ["Your answer:" in line for line in lines] == [n == reached for n in range(3)]
    assert html.index("<p>text</p>") < html.index("the remark") < html.index(lines[0])
