from __future__ import annotations

import json

import pytest

from authoring.rules import prose
from tests.authoring.author import BANK, PRACTICE, STORY, Author, Slip

CODE, PICTURE = "'code_inline' can't be shown", "'image' can't be shown"
SLIPS = [
    Slip(BANK, "stem: Who", "stem: Who `x`", CODE, "stem: Who `x`"),
    Slip(BANK, "case: It", "case: It `x`", CODE, "case: It `x`"),
    Slip(BANK, "text: Its finder", "text: Its `finder`", CODE, "text: Its `finder`"),
    Slip(PRACTICE, "feedback: It is not", "feedback: It is `not`", CODE, "feedback: It is `not`"),
    Slip(STORY, "text: It starts", "text: It ![x](x.png) starts", PICTURE, "text: It !["),
    Slip(STORY, "- A ladder leans", "- A `ladder` leans", CODE, "- A `ladder`"),
    Slip(STORY, "text: Ada waves", "text: Ada `waves`", CODE, "Ada `waves`"),
    Slip(STORY, "told: She thinks", "told: She `thinks`", CODE, "She `thinks`"),
    Slip(STORY, "why: It is hers", "why: It is `hers`", CODE, "It is `hers`"),
    Slip(STORY, "text: Ask Ada", "text: Ask `Ada`", CODE, "Ask `Ada`"),
    Slip(STORY, "content_note: A ladder", "content_note: A `ladder`", CODE, "content_note: A `ladder`"),
    Slip(STORY, "unsafe: taking", "unsafe: really `taking`", CODE, "unsafe: really"),
]
SHOWN = [
    "Words.",
    "One.\n\nTwo,\nthree.",
    "*One*, **two** and [three](https://a.b).",
    "[Three](09-three.ipynb) and [four](#four)",
    "- one\n- *two*\n  goes on",
    "1. one\n2. two",
    "Words:\n\n- one\n- two\n\nMore words.",
]
NEVER_SHOWN = [
    "# Heading",
    "Heading\n===",
    "`code`",
    "    code",
    "```\ncode\n```",
    "<b>bold</b>",
    "<div>block</div>",
    "<!-- comment -->",
    "![picture](a.png)",
    "> quote",
    "one  \ntwo",
    "---",
]
SHOWN_OTHERWISE = [
    "_emphasis_",
    "__strong__",
    "***both***",
    "**strong and *em* in it**",
    "2 * 3 * 4",
    "* one\n* two",
    "+ one",
    "1) one",
    "3. three",
    "1. one\n\n2. two",
    "- one\n  - two",
    "Words:\n- one",
    "<https://a.b>",
    '[x](https://a.b "title")',
    "[x](mailto:a@b.c)",
    "[x][y]\n\n[y]: https://a.b",
    "a \\* b",
    "a &amp; b",
]


def writes(author: Author, stem: str) -> None:
    author.writes(BANK, "stem: Who lends a ladder?", f"stem: {json.dumps(stem)}")


@pytest.mark.parametrize("stem", SHOWN)
def test_prose_that_a_panel_can_show_is_fine(author: Author, stem: str):
    writes(author, stem)
    assert author.problems(prose.check) == []


@pytest.mark.parametrize("stem", NEVER_SHOWN)
def test_prose_that_a_panel_cannot_show_is_named(author: Author, stem: str):
    writes(author, stem)
    (problem,) = author.problems(prose.check)
    assert "can't be shown here" in problem.what
    assert (problem.file, problem.line) == (author.root / BANK, author.line(BANK, "stem: " + json.dumps(stem)))


@pytest.mark.parametrize("stem", SHOWN_OTHERWISE)
def test_prose_that_a_panel_shows_otherwise_than_markdown_means_it_is_named(author: Author, stem: str):
    writes(author, stem)
    (problem,) = author.problems(prose.check)
    assert (problem.file, problem.line) == (author.root / BANK, author.line(BANK, "stem: " + json.dumps(stem)))


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.new)
def test_prose_is_looked_at_wherever_it_stands(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(prose.check)
    author.is_told(problem, slip)


def test_a_course_in_plain_prose_has_no_problem(author: Author):
    assert author.problems(prose.check) == []
