"""An instructor looks at a class in formgrader and writes a comment."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Server, serve
from playwright.sync_api import BrowserContext, Page, expect

from casebook import answers
from casebook.answers import Answer
from grading import bank
from running.nbgrader_steps import Steps

SLUG = "partner-violence"
COMMENT = "Good work. Look at the part on release once more."


@pytest.fixture(scope="module")
def graded(course_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with two submissions graded: one all right, one blank."""
    root = tmp_path_factory.mktemp("instructor") / "course"
    left = shutil.ignore_patterns("exchange", "release", "submitted", "autograded", "feedback", "gradebook.db")
    shutil.copytree(course_root, root, ignore=left)
    (root / "exchange").mkdir()
    steps = Steps(root)
    steps.generate_assignment(SLUG)
    for student in ("amira", "blank"):
        folder = root / "grading/submitted" / student / SLUG
        shutil.copytree(root / "course/release" / SLUG, folder)
        if student == "amira":
            for item in bank.items(SLUG).values():
                right = [option.id for option in item.options if option.right]
                given = {"choice": right[0]} if item.kind == "single" else {"choices": right}
                answers.append(folder / "answers.jsonl", Answer(SLUG, item.id, given, "2026-01-01T00:00:00+00:00"))
    steps.autograde(SLUG)
    return root


@pytest.fixture(scope="module")
def instructor(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab at the course's root, as an instructor starts it."""
    command = [sys.executable, "-c", _START, str(graded)]
    yield from serve(command, graded, graded, tmp_path_factory.mktemp("instructors-home"))


# What 'jupyter lab' does in the course's folder; the flags come last, in one word, as for 'make learn'.
_START = """
import os, shlex, sys
os.chdir(sys.argv[1])
flags = shlex.split(sys.argv[3])
os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", "--allow-root", *flags])
"""


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page whose script errors are nbgrader's: it looks for MathJax elsewhere, which tests do not reach."""
    return context.new_page()


def test_submissions_are_shown_and_a_comment_is_kept(page: Page, instructor: Server, graded: Path):
    page.goto(f"{instructor.url}login?token={instructor.token}")
    page.goto(f"{instructor.url}formgrader/gradebook/{SLUG}/{SLUG}-check")
    expect(page.get_by_role("link", name="Submission #1")).to_be_visible()
    full = sum(item.marks or 0 for item in bank.items(SLUG).values())
    expect(page.get_by_role("gridcell", name=f"{full:g} / {full:g}").first).to_be_visible()
    expect(page.get_by_role("gridcell", name=f"0 / {full:g}").first).to_be_visible()
    page.get_by_role("link", name="Submission #1").click()
    expect(page.get_by_text("What this is about:").first).to_be_visible()
    assert "import casebook" not in page.get_by_role("main").locator("#notebook").inner_text()
    box = page.locator(f"#{SLUG}-comments-comment")
    with page.expect_response(lambda response: "/formgrader/api/comment/" in response.url and response.ok):
        box.fill(COMMENT)
        box.blur()
    steps = Steps(graded)
    steps.generate_feedback(SLUG)
    pages = [path.read_text() for path in (graded / "grading/feedback").rglob("*.html")]
    assert sum(COMMENT in text for text in pages) == 1


def test_formgraders_button_grades_from_the_answers_too(page: Page, instructor: Server, graded: Path):
    answer = page.request.post(
        f"{instructor.url}formgrader/api/submission/{SLUG}/blank/autograde",
        headers={"Authorization": f"token {instructor.token}"},
    )
    assert json.loads(answer.body())["success"] is True
    notebook = json.loads((graded / f"grading/autograded/blank/{SLUG}/{SLUG}-check.ipynb").read_text())
    texts = [o["data"]["text/plain"] for cell in notebook["cells"] for o in cell.get("outputs", [])]
    assert [float("".join(text)) for text in texts] == [0.0] * len(bank.items(SLUG))
