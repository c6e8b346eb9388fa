"""The instructor's whole way in JupyterLab, by formgrader's own buttons: from making a check to its feedback."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import instructors
import pytest
from conftest import Server, serve
from playwright.sync_api import Frame, Locator, Page, expect

from casebook import answers
from casebook.answers import Answer
from casebook.kinds.written import WrittenItem
from grading import bank
from grading.nbgrader_steps import Steps
from running.ways import RIGHT

CHECKS = sorted(path.name for path in (bank.ROOT / "course/source").iterdir() if path.is_dir())
SLUG, ITEM = next((c, i) for c in CHECKS for i in bank.items(c).values() if isinstance(i, WrittenItem))
AT = "2026-01-01T00:00:00+00:00"
TEXT = 'Good morning, this is "Ben Harlow".\n\nI would like to know what <b>victims</b> need.'
REMARK = "Say why you call, too."
# Formgrader makes a page for everybody, so each step may take as long as a class does.
SLOW = 60_000


@pytest.fixture(scope="module")
def root(course_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which nothing was done yet."""
    return instructors.course(course_root, tmp_path_factory.mktemp("instructors") / "course")


@pytest.fixture(scope="module")
def instructor(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab at the course's root, as an instructor starts it."""
    yield from serve(instructors.jupyter_lab(root), root, root, tmp_path_factory.mktemp("instructors-home"))


@pytest.fixture
def formgrader(page: Page, instructor: Server) -> Frame:
    """formgrader, opened in JupyterLab by its menu."""
    page.goto(f"{instructor.url}lab?token={instructor.token}&reset")
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Formgrader", exact=True).click()
    frame = page.locator("iframe[src*='formgrader']").element_handle().content_frame()
    assert frame
    expect(frame.get_by_role("link", name="Manage Assignments")).to_be_visible(timeout=SLOW)
    return frame


class Trainee:
    """Somebody who works with nbgrader's own commands, in a folder of their own."""

    def __init__(self, root: Path, home: Path, name: str) -> None:
        self.name, self.folder = name, home / name
        self.folder.mkdir(parents=True)
        self.steps = Steps(root, cache=home / f"{name}-cache")

    def hands_in(self, text: str | None) -> None:
        """Fetches the check, answers everything right, with ``text`` where something is to be written; submits."""
        self.steps.fetch_assignment(SLUG, self.folder)
        for item in bank.items(SLUG).values() if text is not None else ():
            given = {"text": text} if item.id == ITEM.id else RIGHT(item) or {}
            answers.append(self.folder / SLUG / "answers.jsonl", Answer(SLUG, item.id, given, AT))
        self.steps.submit(SLUG, self.folder, self.name)

    def feedback(self) -> str:
        """The page that was returned, once it was fetched."""
        self.steps.fetch_feedback(SLUG, self.folder, self.name)
        (page,) = (self.folder / SLUG / "feedback").rglob("*.html")
        return page.read_text(encoding="utf-8")


def check_row(formgrader: Frame) -> Locator:
    """What Manage Assignments says of the check."""
    return formgrader.locator("tr").filter(has=formgrader.get_by_role("link", name=SLUG, exact=True))


def press(formgrader: Frame, row: Locator, step: str) -> str:
    """Presses the button of a step and waits until formgrader says that it went well; gives what it says."""
    row.locator(f"td.{step} a").click()
    said = formgrader.get_by_role("dialog")
    expect(said).to_be_visible(timeout=SLOW)
    words = said.inner_text()
    assert said.get_attribute("id") == "success-modal", words
    close(said)
    return words


def close(said: Locator) -> None:
    said.get_by_role("button", name="OK").click()
    expect(said).to_have_count(0)


def test_from_making_a_check_to_its_feedback(formgrader: Frame, root: Path, tmp_path: Path):
    check = check_row(formgrader)
    press(formgrader, check, "assign")
    press(formgrader, check, "release")
    class_ = {name: Trainee(root, tmp_path, name) for name in ("amira", "blank")}
    class_["amira"].hands_in(TEXT)
    class_["blank"].hands_in(None)
    press(formgrader, check, "collect")
    expect(check.locator("td.num-submissions")).to_have_text("2")

    check.locator("td.num-submissions a").click()
    for name, status in (("amira", "needs manual grading"), ("blank", "graded")):
        row = formgrader.get_by_role("row").filter(has=formgrader.get_by_role("gridcell", name=name, exact=True))
        press(formgrader, row, "autograde")
        expect(row.locator("td.status")).to_have_text(status)

    mark_amira(formgrader)
    formgrader.get_by_role("link", name="Manual Grading").click()
    formgrader.get_by_role("link", name="Manage Assignments").click()
    press(formgrader, check, "generate-feedback")
    press(formgrader, check, "release-feedback")

    level = ITEM.rubric[1]
    most = sum(item.marks or 0 for item in bank.items(SLUG).values())
    html = class_["amira"].feedback()
    assert f"<strong>{most - ITEM.rubric[0].marks + level.marks:g} of {most:g} points.</strong>" in html
    assert REMARK in html
    assert "No answers arrived" in class_["blank"].feedback()


def mark_amira(formgrader: Frame) -> None:
    """From the list of submissions to the one that waits: a level of the rubric, and a comment."""
    formgrader.get_by_role("link", name="Manual Grading").click()
    formgrader.get_by_role("link", name=SLUG, exact=True).click()
    formgrader.get_by_role("link", name=f"{SLUG}-check", exact=True).click()
    waiting = formgrader.get_by_role("row").filter(has=formgrader.locator(".needs-manual-grade .glyphicon"))
    waiting.get_by_role("link", name=re.compile("^Submission #")).click()
    cell = formgrader.locator(".marking-cell").filter(has=formgrader.locator(f"[id='{ITEM.id}']"))
    expect(cell.locator("pre")).to_have_text(TEXT)
    expect(cell.get_by_label("Points")).to_be_focused()
    cell.get_by_role("button", name=f"Give {ITEM.rubric[1].marks:g}:").click()
    expect(cell.get_by_text(f"The trainee reads: {ITEM.rubric[1].level}.")).to_be_visible()
    cell.get_by_label("Your comment on this answer").fill(REMARK)
    cell.get_by_label("Points").focus()
    expect(cell.get_by_text("Comment saved.")).to_be_visible()


def submission(root: Path, name: str) -> Path:
    """A submission as nbgrader collects it."""
    folder = root / "grading/submitted" / name / SLUG
    shutil.copytree(root / "course/source" / SLUG, folder, ignore=shutil.ignore_patterns("answers.jsonl"))
    return folder


def test_answers_that_cannot_be_read_and_a_broken_notebook_are_graded_and_said_where_they_are_marked(
    formgrader: Frame, root: Path
):
    Steps(root).generate_assignment(SLUG)
    folder = submission(root, "broken")
    (folder / f"{SLUG}-check.ipynb").write_text("this is no notebook")
    (folder / "answers.jsonl").write_bytes(b"\xff\xfe{not json}\n\n")
    formgrader.get_by_role("link", name="Manage Assignments").click()
    check_row(formgrader).locator("td.num-submissions a").click()
    row = formgrader.get_by_role("row").filter(has=formgrader.get_by_role("gridcell", name="broken", exact=True))
    assert "Traceback" not in press(formgrader, row, "autograde")
    row.locator("td.student-name a").click()
    formgrader.get_by_role("link", name=f"{SLUG}-check").click()
    expect(formgrader.get_by_text("of the answers file could not be read and")).to_be_visible()
    expect(formgrader.get_by_text("There's no answer. If you leave it, it scores 0.")).to_be_visible()
