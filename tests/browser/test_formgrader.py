"""An instructor reads a class in formgrader, marks what was written by its rubric, and comments on it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import instructors
import pytest
from axe import WCAG
from axe_playwright_python.sync_playwright import Axe
from conftest import Server, serve
from lab import tab_to
from nbgrader.api import Gradebook
from playwright.sync_api import Locator, Page, expect

from casebook import answers
from casebook.answers import Answer
from casebook.kinds.written import WrittenItem
from grading import bank
from grading.nbgrader_steps import Steps
from grading.rubric import level_of
from running.ways import RIGHT, WHOLE

SLUG = "community-advocates"
# The first item of the course that an instructor marks, with the check that it is in.
CHECKS = sorted(path.name for path in (bank.ROOT / "course/source").iterdir() if path.is_dir())
WRITTEN_IN, WRITTEN = next((c, i) for c in CHECKS for i in bank.items(c).values() if isinstance(i, WrittenItem))
AT = "2026-01-01T00:00:00+00:00"
COMMENT = "Good work. Look at the part on release once more."
REMARK = "You say who you are at once. Say why you call, too."


@pytest.fixture(scope="module")
def graded(course_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with two submissions of two checks graded: one all right, one blank."""
    root = instructors.course(course_root, tmp_path_factory.mktemp("instructor") / "course")
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
    yield from serve(instructors.jupyter_lab(graded), graded, graded, tmp_path_factory.mktemp("instructors-home"))


@pytest.fixture
def formgrader(page: Page, instructor: Server) -> Page:
    """A page of the instructor, who is signed in."""
    page.goto(f"{instructor.url}login?token={instructor.token}")
    return page


@pytest.fixture
def waiting(formgrader: Page, instructor: Server, graded: Path) -> Page:
    """The page of the only submission whose written answer is to be marked, and has no marks yet."""
    with Gradebook(f"sqlite:///{graded / 'grading/gradebook.db'}") as book:
        grade = book.find_grade(WRITTEN.id, f"{WRITTEN_IN}-check", WRITTEN_IN, "amira")
        grade.manual_score, grade.needs_manual_grade = None, True
        book.db.commit()
    open_waiting(formgrader, instructor)
    return formgrader


def open_waiting(page: Page, instructor: Server) -> None:
    page.goto(f"{instructor.url}formgrader/gradebook/{WRITTEN_IN}/{WRITTEN_IN}-check")
    waiting = page.get_by_role("row").filter(has=page.locator(".needs-manual-grade .glyphicon"))
    expect(waiting).to_have_count(1)  # the blank one needs nobody
    waiting.get_by_role("link", name=re.compile("^Submission #")).click()
    expect(page.get_by_text(WHOLE)).to_be_visible()


def marks_field(page: Page) -> Locator:
    return cell(page).get_by_label("Points")


def cell(page: Page) -> Locator:
    """The panel of the written answer."""
    return page.locator(".marking-cell").filter(has=page.locator(f"[id='{WRITTEN.id}']"))


@contextmanager
def saving(page: Page, what: str) -> Iterator[None]:
    """What is done in it saves marks (``grade``) or a comment, as nbgrader does."""
    with page.expect_response(lambda response: f"/formgrader/api/{what}/" in response.url and response.ok):
        yield


def kept(root: Path) -> tuple[float | None, bool, str | None]:
    """The written answer's marks by hand, whether it waits, and the comment, as the gradebook has them."""
    with Gradebook(f"sqlite:///{root / 'grading/gradebook.db'}") as book:
        whose = (WRITTEN.id, f"{WRITTEN_IN}-check", WRITTEN_IN, "amira")
        grade = book.find_grade(*whose)
        return grade.manual_score, grade.needs_manual_grade, book.find_comment(*whose).manual_comment


def test_submissions_are_shown_and_a_comment_is_kept(formgrader: Page, instructor: Server, graded: Path):
    page = formgrader
    page.goto(f"{instructor.url}formgrader/gradebook/{SLUG}/{SLUG}-check")
    expect(page.get_by_role("link", name="Submission #1")).to_be_visible()
    full = sum(item.marks or 0 for item in bank.items(SLUG).values())
    expect(page.get_by_role("gridcell", name=f"{full:g} / {full:g}").first).to_be_visible()
    expect(page.get_by_role("gridcell", name=f"0 / {full:g}").first).to_be_visible()
    page.get_by_role("link", name="Submission #1").click()
    expect(page.get_by_text("What this is about:").first).to_be_visible()
    box = page.get_by_label("What you write here goes at the top of the trainee's feedback page")
    with saving(page, "comment"):
        box.fill(COMMENT)
        box.blur()
    expect(page.get_by_text("Comment saved.")).to_be_visible()
    steps = Steps(graded)
    steps.generate_feedback(SLUG)
    pages = [path.read_text() for path in (graded / "grading/feedback").rglob("*.html")]
    assert sum(COMMENT in text for text in pages) == 1


def test_no_code_no_prompts_and_nothing_that_only_trainees_need(waiting: Page):
    words = waiting.get_by_role("main").inner_text()
    for unwanted in ("import casebook", "In [", "Out[", "Hand in", "until you submit", "Graded by your instructor"):
        assert unwanted not in words
    headings = [heading.inner_text() for heading in waiting.get_by_role("heading", level=3).all()]
    most = len(bank.items(WRITTEN_IN))
    assert headings == [f"Question {n} of {most}" for n in range(1, most + 1)]
    expect(waiting.locator("body")).to_have_count(1)


def test_nothing_is_asked_of_anybody_else(waiting: Page, instructor: Server):
    asked: list[str] = []
    waiting.on("request", lambda request: asked.append(request.url))
    open_waiting(waiting, instructor)
    expect(cell(waiting).get_by_text("Waiting for you to grade it.")).to_be_visible()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith("data:")}
    assert hosts == {"127.0.0.1"}


def test_the_answer_reads_as_prose_beside_its_rubric(waiting: Page):
    answer, rubric = cell(waiting).locator("pre"), cell(waiting).locator(".marking-rubric")
    looks = answer.evaluate("(pre) => [getComputedStyle(pre).fontFamily, getComputedStyle(document.body).fontFamily]")
    assert looks[0] == looks[1]
    left, right = answer.bounding_box(), rubric.bounding_box()
    assert left
    assert right
    assert right["x"] > left["x"] + left["width"] - 1
    waiting.set_viewport_size({"width": 400, "height": 800})
    above, below = answer.bounding_box(), rubric.bounding_box()
    assert above
    assert below
    assert below["y"] > above["y"] + above["height"] - 1
    assert waiting.evaluate("document.documentElement.scrollWidth") == 400


def test_a_level_is_given_with_a_click_and_marks_between_two_mean_the_lower(waiting: Page, graded: Path):
    for level in WRITTEN.rubric:
        with saving(waiting, "grade"):
            button = cell(waiting).get_by_role("button", name=f"Give {level.marks:g}: {level.level}")
            button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(marks_field(waiting)).to_have_value(f"{level.marks:g}")
        said = f"Saved: {level.marks:g}. The trainee reads: {level.level}."
        expect(cell(waiting).get_by_role("status").filter(has_text=said)).to_be_visible()
        assert kept(graded)[:2] == (level.marks, False)
    between = WRITTEN.rubric[0].marks - 0.5
    with saving(waiting, "grade"):
        marks_field(waiting).fill(f"{between:g}")
        marks_field(waiting).blur()
    said = f"Saved: {between:g}. The trainee reads: {level_of(WRITTEN, between).level}."
    expect(cell(waiting).get_by_text(said)).to_be_visible()
    expect(cell(waiting).locator("[aria-pressed=true]")).to_have_count(0)


def test_what_could_not_be_saved_is_said(waiting: Page):
    waiting.route("**/formgrader/api/grade/**", lambda route: route.abort())
    cell(waiting).get_by_role("button", name=re.compile("^Give")).first.click()
    expect(cell(waiting).get_by_text("NOT saved.")).to_be_visible()


def test_what_was_written_is_marked_with_the_keyboard_alone_and_comes_to_the_trainee(waiting: Page, graded: Path):
    level = WRITTEN.rubric[1]
    expect(marks_field(waiting)).to_be_focused()
    waiting.keyboard.press("Shift+Tab")
    for _ in range(len(WRITTEN.rubric) - 2):
        waiting.keyboard.press("Shift+Tab")
    expect(cell(waiting).get_by_role("button", name=f"Give {level.marks:g}: {level.level}")).to_be_focused()
    with saving(waiting, "grade"):
        waiting.keyboard.press("Enter")
    expect(cell(waiting).get_by_text(f"The trainee reads: {level.level}.")).to_be_visible()
    box = cell(waiting).get_by_label("Your comment on this answer")
    tab_to(waiting, box, most=8)
    waiting.keyboard.type(REMARK)
    with saving(waiting, "comment"):
        waiting.keyboard.press("Tab")
    assert kept(graded) == (level.marks, False, REMARK)
    Steps(graded).generate_feedback(WRITTEN_IN)
    path = graded / f"grading/feedback/amira/{WRITTEN_IN}/{WRITTEN_IN}-check.html"
    most = sum(item.marks or 0 for item in bank.items(WRITTEN_IN).values())
    html = path.read_text(encoding="utf-8")
    assert f"<strong>{most - WRITTEN.marks + level.marks:g} of {most:g} points.</strong>" in html
    assert REMARK in html


def test_marks_from_before_stay_and_are_confirmed_with_one_button(waiting: Page, instructor: Server, graded: Path):
    level = WRITTEN.rubric[1]
    with saving(waiting, "grade"):
        cell(waiting).get_by_role("button", name=f"Give {level.marks:g}:").click()
    Steps(graded).autograde(WRITTEN_IN)
    assert kept(graded)[:2] == (level.marks, True)
    open_waiting(waiting, instructor)
    expect(marks_field(waiting)).to_have_value(f"{level.marks:g}")
    expect(cell(waiting).get_by_text("This was graded again. Does this score still fit?")).to_be_visible()
    with saving(waiting, "grade"):
        cell(waiting).get_by_role("button", name="Keep this score").click()
    expect(cell(waiting).get_by_text(f"Saved: {level.marks:g}.")).to_be_visible()
    assert kept(graded)[:2] == (level.marks, False)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_the_page_is_without_a_fault_that_axe_finds(formgrader: Page, instructor: Server, scheme: str, width: int):
    formgrader.emulate_media(color_scheme=scheme)
    formgrader.set_viewport_size({"width": width, "height": 900})
    formgrader.goto(f"{instructor.url}formgrader/gradebook/{WRITTEN_IN}/{WRITTEN_IN}-check")
    formgrader.get_by_role("link", name=re.compile("^Submission #")).last.click()
    expect(cell(formgrader).get_by_role("button", name=re.compile("^Give")).first).to_be_visible()
    cell(formgrader).get_by_text("One good answer").click()
    found = Axe().run(formgrader, context={"include": [["main"]]}, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert any(rule["id"] == "color-contrast" for rule in found.response["passes"]), "axe did not look at colours"
    assert [f"{v['id']}: {node['html'][:120]}" for v in found.response["violations"] for node in v["nodes"]] == []


def test_formgraders_button_grades_from_the_answers_too(formgrader: Page, instructor: Server, graded: Path):
    answer = formgrader.request.post(
        f"{instructor.url}formgrader/api/submission/{SLUG}/blank/autograde",
        headers={"Authorization": f"token {instructor.token}"},
    )
    assert json.loads(answer.body())["success"] is True
    notebook = json.loads((graded / f"grading/autograded/blank/{SLUG}/{SLUG}-check.ipynb").read_text())
    texts = [o["data"]["text/plain"] for cell in notebook["cells"] for o in cell.get("outputs", [])]
    assert [float("".join(text)) for text in texts] == [0.0] * len(bank.items(SLUG))
