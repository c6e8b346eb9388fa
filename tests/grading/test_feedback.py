"""The feedback page: what is on it, and what never is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from casebook.content import Taught
from grading import bank, feedback, verdict
from grading.verdict import UnsafeChoice

pytestmark = pytest.mark.usefixtures("tiny_bank")


def result(**changed: Any) -> dict[str, Any]:
    return {"assignment": "tiny", "student": "amara", "score": 3.5, "max_score": 5, "late_penalty": 0, **changed}


def page(*cells: NotebookNode, **changed: Any) -> str:
    return feedback.page(new_notebook(cells=list(cells)), result(**changed))


def graded(html: str = "<p>why</p>", score: float = 1.5, points: float = 3) -> NotebookNode:
    data = {"text/plain": "1.5", "text/html": html}
    cell = new_code_cell("import casebook", outputs=[new_output("execute_result", data)])
    cell.metadata["nbgrader"] = {"grade": True, "grade_id": "tiny-return", "score": score, "points": points}
    return cell


def comments(comment: str | None) -> NotebookNode:
    metadata = {"nbgrader": {"task": True, "grade": False, "comment": comment}}
    return new_markdown_cell("**Comments on the whole check.**", metadata=metadata)


def test_it_says_whose_it_is_of_which_check_and_what_was_earned():
    html = page()
    assert "<h1>Feedback: Lending a ladder</h1>" in html
    assert "<p>A tiny course</p>" in html
    assert "For amara." in html
    assert "For Amara Okafor." in page(name="Amara Okafor")
    assert "<strong>3.5 of 5 points.</strong>" in html


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (2.5, "You passed this check. The passing score is 50%."),
        (2.49, "The passing score is 50%. You haven't passed this check yet."),
        (0, "The passing score is 50%. You haven't passed this check yet."),
    ],
)
def test_it_says_whether_the_check_is_met(score: float, words: str):
    assert words in page(score=score)


@pytest.mark.parametrize(
    ("marks", "shown"), [(3, "3"), (2.0, "2"), (1.5, "1.5"), (0.3333, "0.33"), (0.0, "0"), (10, "10"), (100.0, "100")]
)
def test_marks_are_shown_without_needless_decimals(marks: float, shown: str):
    assert f"<strong>{shown} of 3 points</strong>" in page(graded(score=marks))


def unsafe_choice(points: Iterable[str] = (), *, blocks: bool = True, repaired: bool = False) -> dict[str, Any]:
    return verdict.to_data(
        [UnsafeChoice("tiny-return", "Lend it *on*", "It isn't yours.", tuple(points), blocks, repaired)]
    )[0]


def told(score: float = 3, unsafe: bool = False, answered: bool = True, **points: float) -> NotebookNode:
    cell = graded(score=score)
    facts: dict[str, Any] = {"item": "tiny-return", "answered": answered, "points": points}
    cell.metadata["casebook"] = facts | ({"unsafe": [unsafe_choice(sorted(points))]} if unsafe else {})
    return cell


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (told(3), "✓ Completely right"),
        (told(1), "½ Partly right"),
        (told(0), "\N{MULTIPLICATION SIGN} Not right yet"),
        (told(0, answered=False), "○ No answer"),
        (told(2, unsafe=True), "! Something here wasn&#x27;t safe"),
    ],
)
def test_each_question_is_marked_in_words_and_by_a_shape(cell: NotebookNode, said: str):
    html = page(cell)
    marks = html[html.index("of 3 points") :]
    assert re.sub(r"<[^>]+>", "", marks).split("\n")[1] == said


def test_the_result_counts_what_the_questions_came_to():
    html = page(told(3), told(3), told(1), told(0, answered=False))
    counts = re.findall(r"<li>(.*)</li>", html[: html.index("</ul>")])
    assert [re.sub(r"<[^>]+>", "", one) for one in counts] == [
        "✓ Completely right: 2",
        "½ Partly right: 1",
        "○ No answer: 1",
    ]


POINTS = {"ladder-asks": 1.0, "ladder-back": 0.25}


def test_what_went_well_is_said_and_what_to_read_again_with_its_words():
    html = page(told(2, **POINTS))
    known, review, table = html.index("What went well"), html.index("What to read again"), html.index("By teaching")
    assert known < review < html.index("one by one") < table
    assert "<strong>The owner is asked first.</strong>" in html[known:review]
    assert "Partly." in html[review:table]
    assert "<strong>It comes back.</strong> A borrowed ladder is brought back dry." in html[review:table]
    assert "The owner is asked first.</strong> A ladder" not in html[review:]


def test_who_answered_nothing_is_told_so_once_at_the_top():
    html = page(told(0, answered=False), told(0, answered=False))
    assert re.search(r"No answer</strong>: 2</li>", html)
    assert ": 1</li>" not in page(told(0, answered=False)), "one question alone is not counted"


def test_where_something_was_not_safe_that_comes_first():
    html = page(told(2, unsafe=True, **POINTS))
    assert "Safety comes first, then your weakest teaching points." in html
    assert html.index("Safety comes first.") < html.index("one by one")


def test_what_nobody_will_mark_is_not_said_to_wait():
    cell = new_markdown_cell("…", metadata={"nbgrader": {"task": True, "grade_id": "w", "points": 2, "score": 0}})
    cell.metadata["casebook"] = {"score": None, "waits": True, "item": "gone", "answered": True, "points": {}}
    notebook = new_notebook(cells=[told(3), cell])
    assert "Not graded yet</strong>: 1" in feedback.page(notebook, result())
    alone = feedback.page(notebook, result(), waits=2, self_graded=True)
    assert "Not counted</strong>: 1" in alone
    assert "Not graded yet" not in alone


def test_a_written_question_that_nobody_knows_is_told_in_the_trainees_words():
    metadata = {"nbgrader": {"task": True, "grade_id": "w", "points": 2, "score": 0, "comment": "Well *tried*."}}
    cell = new_markdown_cell("for the instructor alone", metadata=metadata)
    cell.metadata["casebook"] = {"score": 0, "item": "", "answered": False, "points": {}, "answer": "<p>None.</p>"}
    html = page(cell)
    assert "<p>None.</p>" in html
    assert "Well <em>tried</em>." in html
    assert "instructor alone" not in html


def test_who_knows_it_all_is_told_that_there_is_nothing_to_read_again():
    html = page(told(3, **{"ladder-asks": 1.0}))
    assert "Nothing from this check. What you missed is explained below." in html
    assert "What you missed" not in page(told(3, **{"ladder-asks": 1.0}), score=5)
    assert "Your weakest teaching points come first." not in html


def test_nobody_who_had_nothing_right_is_told_what_went_well():
    assert "What went well" not in page(told(0, **{"ladder-asks": 0.0}))


def test_each_teaching_point_stands_in_a_table_with_its_share_in_words_and_percent():
    html = page(told(2, **POINTS))
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>(.*)</tr>", html)]
    assert len(rows) == 3
    assert re.search(r"It comes back.*½.*Partly.*25%", rows[2])


def test_a_place_is_told_in_words_with_what_the_lab_makes_a_link_of(monkeypatch: pytest.MonkeyPatch):
    taught = Taught("…", "…", "tiny", "Lending a ladder", "01-tiny.ipynb", "ab-1", 'The "wet" ladder')
    monkeypatch.setattr(bank, "taught", lambda: {"ladder-back": taught})
    html = page(told(2, **POINTS))
    assert (
        '<span class="place" data-casebook-page="01-tiny.ipynb" data-casebook-cell="ab-1">'
        "Lesson 1, <cite>Lending a ladder</cite>: “The &#39;wet&#39; ladder”</span>"
    ) in html
    assert "<a " not in html


def test_each_item_comes_with_its_marks_and_its_feedback():
    html = page(graded("<section><p>because</p></section>"))
    assert "<strong>1.5 of 3 points</strong>" in html
    assert "<section><p>because</p></section>" in html


def test_marks_taken_off_for_lateness_are_told():
    assert "1 point was taken off because it was late." in page(late_penalty=1)
    assert "1.5 points were taken off because it was late." in page(late_penalty=1.5)
    assert "taken off" not in page(late_penalty=0)
    assert "taken off" not in page(late_penalty=None)


def test_words_between_the_items_are_kept():
    html = page(new_markdown_cell("Some *days* later."), graded())
    assert "<p>Some <em>days</em> later.</p>" in html


def test_words_for_whoever_answers_are_left_out():
    html = page(new_markdown_cell("Press **Submit**.", metadata={"casebook": {"page_only": True}}))
    assert "Submit" not in html


def test_an_instructors_comment_comes_first():
    html = page(graded(), comments("Well *thought out*."))
    assert "<p>Well <em>thought out</em>.</p>" in html
    assert html.index("thought out") < html.index("<p>why</p>")
    assert '<section class="comment" aria-labelledby="comment">' in html


@pytest.mark.parametrize("comment", [None, ""])
def test_without_a_comment_there_is_no_place_for_one(comment: str | None):
    html = page(comments(comment))
    assert "Your instructor's comment" not in html
    assert "Comments on the whole check" not in html


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))"]
)
def test_markup_in_a_comment_or_between_items_stays_words(words: str):
    html = page(comments(words), new_markdown_cell(words))
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_a_trainees_name_stays_words():
    assert "For &lt;b&gt;amara&lt;/b&gt;." in page(student="<b>amara</b>")
    assert "For &lt;b&gt;Amara&lt;/b&gt;." in page(name="<b>Amara</b>")


def test_a_cell_that_is_not_graded_shows_nothing():
    loose = new_code_cell("launch()", outputs=[new_output("stream", text="forged"), new_output("error", ename="E")])
    html = page(loose)
    assert "forged" not in html
    assert "launch" not in html


def test_the_code_of_a_graded_cell_is_not_shown():
    assert "casebook" not in page(graded())


def test_it_names_its_language_and_needs_nothing_from_elsewhere():
    html = page(graded(), comments("Good."))
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert not re.search(r"<script|<link|<iframe|<object|@import|url\(|https?:|src=", html)


def test_a_check_that_the_course_does_not_list_is_called_by_its_folder():
    assert "<h1>Feedback: gone-check</h1>" in page(assignment="gone-check")


def of_unsafe(score: float, *choices: dict[str, Any]) -> str:
    cell = graded(score=score)
    cell.metadata["casebook"] = {"points": {}, "unsafe": list(choices)}
    return page(cell, score=score, max_score=3)


def test_one_unsafe_choice_among_right_ones_keeps_the_check_from_being_met_and_the_page_says_why():
    html = of_unsafe(3, unsafe_choice())
    assert (
        "That's enough points (the passing score is 50%), but you didn't pass this check: "
        "one of your choices was unsafe." in " ".join(html.split())
    )
    assert "Lend it <em>on</em>" in html
    assert "It isn't yours." in html.replace("&#x27;", "'").replace("&#39;", "'")
    assert "ask your instructor to open another attempt" in html
    assert "You passed this check" not in html


@pytest.mark.parametrize("why", [{"blocks": False}, {"blocks": False, "repaired": True}])
def test_an_unsafe_choice_that_does_not_block_is_named_and_the_check_is_met(why: dict[str, bool]):
    html = of_unsafe(3, unsafe_choice(**why))
    assert "You passed this check" in html
    assert "Lend it <em>on</em>" in html
    assert ("You fixed this later." in html) == why.get("repaired", False)
    assert "take this check again" not in html


def test_without_enough_points_the_unsafe_choice_is_named_all_the_same():
    html = of_unsafe(0, unsafe_choice())
    assert "You haven't passed this check yet" in html
    assert "Lend it <em>on</em>" in html


@pytest.mark.parametrize(("score", "asks"), [(1, True), (3, False)])
def test_who_misses_it_by_points_alone_is_told_to_ask_for_another_attempt(score: float, asks: bool):
    assert ("ask your instructor to open another attempt" in of_unsafe(score)) == asks
