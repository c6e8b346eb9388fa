"""Written answers: from the text through nbgrader's marking by hand to the trainee's page. Nothing of a text acts."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.filters import markdown2html
from nbgrader.api import Gradebook

from casebook.answers import FILE_NAME, Answer, append
from casebook.content import Point
from casebook.kinds.written import WrittenItem
from grading import bank, item_feedback
from grading.nbgrader_steps import Steps
from grading.scoring import score
from tests import kinds_course
from tests.grading.machine import gradebook
from tests.kinds_course import SLUG

AT = "2026-01-05T09:00:00+00:00"
ITEM = kinds_course.graded("written")
NOTEBOOK = f"{SLUG}-check"
TEXT = "Good morning.\n\nIs this a *safe* time? <script>alert(1)</script>"
COMMENT = "Ask it <b>first</b>, *then* say why."

HOSTILE = [
    "<script>alert(1)</script>",
    "</pre></section><script>alert(1)</script>",
    "\n\n<img src=x onerror=alert(1)>\n\n",
    "&lt;script&gt; &#60;b&#62;",
    "[x](javascript:alert(1)) ![x](https://example.org/x.png) <https://example.org>",
    "$\\href{javascript:alert(1)}{x}$ $$x$$ \\(x\\) \\[x\\] \\begin{equation}x\\end{equation}",
    "# Heading\n\n- list\n\n```\ncode\n```\n\n---\n\n| a | b |\n|---|---|\n| c | d |",
    "{{ 7*7 }} {% raw %} ${7*7} <% x %>",
    "a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch",
    "\u202eevil\u202c \U0001f600 Grüße 你好",
    '" onmouseover="alert(1)" \' `x`',
]


class Shown(HTMLParser):
    """The tags with their attributes, and the words within each ``pre``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.words = ""
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))
        self._inside = tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        self.words += data if self._inside else ""


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bank, "points", lambda: {"first-call": Point("The first call", "It is short.")})


def cell(text: str) -> str:
    """The task cell's source for an answer."""
    return item_feedback.to_html(score(ITEM, {"text": text}))


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_of_a_text_acts_in_formgrader_and_all_of_it_is_shown(text: str):
    source = cell(text)
    harmless = Shown(cell("x"))
    for html in (source, markdown2html(source)):
        shown = Shown(html)
        assert shown.tags == harmless.tags
        assert shown.words == text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\ufffd").replace(
            "\x0b", "\ufffd"
        ).replace("\x0c", "\ufffd")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_whatever_is_written_is_shown_as_it_is(text: str):
    shown = Shown(markdown2html(item_feedback.inert(text)))
    assert [tag for tag, _ in shown.tags] == ["pre"]
    assert "".join(c for c in shown.words if c != "\ufffd") == "".join(
        c for c in text if item_feedback._is_shown(c) and c != "\ufffd"
    )


def test_setters_of_formulas_are_told_to_pass_over_it():
    html = item_feedback.inert("$x$")
    assert html.startswith('<pre class="tex2jax_ignore mathjax_ignore">')
    assert "$" not in html


@pytest.mark.usefixtures("known")
def test_the_cell_is_one_line_for_markdown_ends_html_at_an_empty_one():
    assert "\n" not in cell("a\n\nb")


@dataclass(frozen=True)
class Marked:
    """A class of three: one wrote, one left it blank, one wrote what is no answer. Amira's is marked, then regraded."""

    root: Path
    before: dict[str, tuple[bool, float | None]]
    unmarked: str
    after: tuple[bool, float | None, float]

    def page(self, name: str) -> str:
        return page(self.root, name)


def page(root: Path, name: str) -> str:
    return (root / "grading/feedback" / name / SLUG / f"{NOTEBOOK}.html").read_text(encoding="utf-8")


def grades(root: Path, name: str) -> tuple[bool, float | None]:
    with gradebook(root) as book:
        submission = book.find_submission(SLUG, name)
        grade = book.find_grade(ITEM.id, NOTEBOOK, SLUG, name)
        return submission.needs_manual_grade, grade.auto_score


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Marked:
    base = tmp_path_factory.mktemp("written")
    root = kinds_course.make(base / "course")
    with pytest.MonkeyPatch.context() as patch:
        points, course, items = bank.points(root), bank.course(root), bank.items(SLUG, root)
        patch.setattr(bank, "points", lambda: points)
        patch.setattr(bank, "course", lambda: course)
        patch.setattr(bank, "items", lambda _module, _root=None: items)
        steps = Steps(root, cache=base / "cache")
        steps.generate_assignment(SLUG)
        for name, given_ in (("amira", {"text": TEXT}), ("blank", {"text": " \n"}), ("odd", {"text": 3})):
            folder = root / "grading/submitted" / name / SLUG
            shutil.copytree(root / "course/release" / SLUG, folder)
            append(folder / FILE_NAME, Answer(SLUG, ITEM.id, given_, AT))
        steps.autograde(SLUG)
        before = {name: grades(root, name) for name in ("amira", "blank", "odd")}
        steps.generate_feedback(SLUG)
        unmarked = page(root, "amira")
        with gradebook(root) as book:
            _mark(book)
        steps.autograde(SLUG)
        with gradebook(root) as book:
            grade = book.find_grade(ITEM.id, NOTEBOOK, SLUG, "amira")
            after = (grade.needs_manual_grade, grade.manual_score, grade.score)
        steps.generate_feedback(SLUG)
    return Marked(root, before, unmarked, after)


def _mark(book: Gradebook) -> None:
    """What formgrader does when an instructor gives marks and writes a comment."""
    grade = book.find_grade(ITEM.id, NOTEBOOK, SLUG, "amira")
    grade.manual_score, grade.needs_manual_grade = 1.5, False
    book.find_comment(ITEM.id, NOTEBOOK, SLUG, "amira").manual_comment = COMMENT
    book.db.commit()


def test_a_text_waits_for_the_instructor_and_a_blank_does_not(marked: Marked):
    assert marked.before == {"amira": (True, None), "blank": (False, 0), "odd": (False, 0)}


def test_marks_given_by_hand_are_kept_when_it_is_graded_again_and_are_to_be_looked_at(marked: Marked):
    assert marked.after == (True, 1.5, 1.5)


def test_the_instructor_sees_the_question_the_text_and_the_rubric(marked: Marked):
    path = marked.root / "grading/autograded/amira" / SLUG / f"{NOTEBOOK}.ipynb"
    (task,) = [
        cell
        for cell in nbformat.read(path, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == ITEM.id
    ]
    assert task.cell_type == "markdown"
    assert task.metadata.nbgrader.task
    html = markdown2html(task.source)
    assert "<strong>How do you begin the call?</strong>" in html
    assert Shown(html).words == TEXT
    assert isinstance(ITEM, WrittenItem)
    for level in ITEM.rubric:
        assert f"<strong>{level.level}</strong> ({level.marks:g}): {level.text}</li>" in html
        assert f'data-marks="{level.marks:g}"' in html


def test_the_page_says_that_marks_are_still_to_come(marked: Marked):
    assert "Not graded yet; it's worth 2 points" in marked.unmarked
    assert "Not everything is graded yet" in marked.unmarked
    assert "Not graded yet" not in marked.page("amira") + marked.page("blank")


def test_the_page_holds_the_text_its_marks_the_comment_the_rubric_and_a_good_answer(marked: Marked):
    html = marked.page("amira")
    assert "<strong>1.5 of 2 points</strong>" in html
    assert Shown(html).words == TEXT
    assert "Ask it &lt;b&gt;first&lt;/b&gt;, <em>then</em> say why." in html
    assert "(1): Does one of the two.</li>" in html
    assert "this is the <em>parole office</em>" in html
    assert "<script" not in html


def test_a_blank_and_what_is_no_answer_have_no_marks(marked: Marked):
    assert "<strong>0 of 2 points</strong>" in marked.page("blank")
    assert "The answer has to be a text." in marked.page("odd")


def test_the_source_has_the_call_and_a_task_under_it(marked: Marked):
    cells = nbformat.read(marked.root / f"course/source/{SLUG}/{NOTEBOOK}.ipynb", as_version=4).cells
    (n,) = [n for n, cell in enumerate(cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == ITEM.id]
    assert cells[n].source == "*Graded by your instructor.*"
    assert (cells[n].metadata.nbgrader.task, cells[n].metadata.nbgrader.points) == (True, 2)
    assert cells[n - 1].source == f'import casebook; casebook.item("{SLUG}", "{ITEM.id}")'
    assert "nbgrader" not in cells[n - 1].metadata
