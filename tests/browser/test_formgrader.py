"""An instructor looks at a class in formgrader and writes a comment."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Server, serve
from playwright.sync_api import BrowserContext, Page, expect

from casebook import answers
from casebook.answers import Answer
from casebook.kinds.written import WrittenItem
from grading import bank
from grading.nbgrader_steps import Steps
from running.ways import RIGHT, WHOLE

SLUG = "community-advocates"
# The first item of the course that an instructor marks, with the check that it is in.
CHECKS = sorted(path.name for path in (bank.ROOT / "course/source").iterdir() if path.is_dir())
WRITTEN_IN, WRITTEN = next((c, i) for c in CHECKS for i in bank.items(c).values() if isinstance(i, WrittenItem))
AT = "2026-01-01T00:00:00+00:00"
COMMENT = "Good work. Look at the part on release once more."


@pytest.fixture(scope="module")
def graded(course_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with two submissions of two checks graded: one all right, one blank."""
    root = tmp_path_factory.mktemp("instructor") / "course"
    left = shutil.ignore_patterns("exchange", "release", "submitted", "autograded", "feedback", "gradebook.db")
    shutil.copytree(course_root, root, ignore=left)
    (root / "exchange").mkdir()
    steps = Steps(root)
    for check in (SLUG, WRITTEN_IN):
        steps.generate_assignment(check)
        for student in ("amira", "blank"):
            folder = root / "grading/submitted" / student / check
            shutil.copytree(root / "course/release" / check, folder)
            if student == "amira":
                for item in bank.items(check).values():
                    answers.append(folder / "answers.jsonl", Answer(check, item.id, RIGHT(item) or {}, AT))
        steps.autograde(check)
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


def test_what_was_written_waits_is_read_beside_its_rubric_and_marked(page: Page, instructor: Server, graded: Path):
    page.goto(f"{instructor.url}login?token={instructor.token}")
    page.goto(f"{instructor.url}formgrader/gradebook/{WRITTEN_IN}/{WRITTEN_IN}-check")
    waiting = page.get_by_role("row").filter(has=page.locator(".needs-manual-grade .glyphicon"))
    expect(waiting).to_have_count(1)  # the blank one needs nobody
    waiting.get_by_role("link", name=re.compile("^Submission #")).click()
    expect(page.get_by_text(WHOLE)).to_be_visible()
    for level in WRITTEN.rubric:
        expect(page.get_by_text(f"{level.level} ({level.marks:g}):")).to_be_visible()
    marks = WRITTEN.rubric[1].marks
    box = page.locator(f"#{WRITTEN.id}.score")
    with page.expect_response(lambda response: "/formgrader/api/grade/" in response.url and response.ok):
        box.fill(f"{marks:g}")
        box.blur()
    Steps(graded).generate_feedback(WRITTEN_IN)
    path = graded / f"grading/feedback/amira/{WRITTEN_IN}/{WRITTEN_IN}-check.html"
    most = sum(item.marks or 0 for item in bank.items(WRITTEN_IN).values())
    assert f"<strong>{most - WRITTEN.marks + marks:g} of {most:g} marks.</strong>" in path.read_text(encoding="utf-8")


def test_formgraders_button_grades_from_the_answers_too(page: Page, instructor: Server, graded: Path):
    answer = page.request.post(
        f"{instructor.url}formgrader/api/submission/{SLUG}/blank/autograde",
        headers={"Authorization": f"token {instructor.token}"},
    )
    assert json.loads(answer.body())["success"] is True
    notebook = json.loads((graded / f"grading/autograded/blank/{SLUG}/{SLUG}-check.ipynb").read_text())
    texts = [o["data"]["text/plain"] for cell in notebook["cells"] for o in cell.get("outputs", [])]
    assert [float("".join(text)) for text in texts] == [0.0] * len(bank.items(SLUG))
