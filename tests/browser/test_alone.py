"""A trainee with no instructor: a check is graded at once, looked at, and tried again; then the certificate."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe import faults
from conftest import Server
from lab import open_notebook, ready, saved, tab_to, too_wide
from playwright.sync_api import Locator, Page, expect

from casebook import results
from casebook.results import Result, Score

pytestmark = pytest.mark.one_page

SLUG = "first-contact"
CHECK = f"{SLUG}/{SLUG}-check.ipynb"
START = "00-start.ipynb"
AT = datetime.now(UTC).isoformat()


@pytest.fixture
def alone(server: Server) -> Iterator[Server]:
    """The server of somebody who has graded nothing yet, and leaves nothing graded."""
    _forget(server.folder)
    yield server
    _forget(server.folder)


def _forget(folder: Path) -> None:
    for path in folder.glob(f"*/{results.FOLDER}"):
        shutil.rmtree(path)
    (folder / "certificate.pdf").unlink(missing_ok=True)


def end(notebook: Locator) -> Locator:
    return notebook.locator("[data-casebook-step='handing-in']")


def picked(notebook: Locator) -> int:
    return notebook.locator(".casebook-item input:checked").count()


def grade_all(server: Server, slug: str = SLUG, share: float = 1.0) -> None:
    """Puts a result there, as grading does."""
    scores = (Score("one", "one", 10, 10 * share, {"partners-why": share}),)
    results.add(server.folder / slug, Result(slug, 1, AT, 10 * share, 10, 0, 0.8, share >= 0.8, scores))


def test_a_check_is_graded_at_once_its_feedback_read_and_tried_again(page: Page, alone: Server):
    check = open_notebook(page, alone.address(CHECK))
    first = check.locator(".casebook-item").first
    first.locator("input").first.check()
    expect(saved(first)).to_be_visible()

    end(check).get_by_role("button", name="Grade now").click()
    expect(end(check).get_by_role("status").filter(has_text="Unanswered questions earn nothing")).to_be_visible()
    end(check).get_by_role("button", name="Grade now").click()
    expect(end(check).get_by_role("heading", name="Your result", exact=True)).to_be_focused(timeout=60_000)
    expect(end(check)).to_contain_text("Self-graded.")
    (result,) = results.read(alone.folder / SLUG)
    expect(end(check)).to_contain_text(f"{result.score:g} of {result.most:g} points")
    assert faults(page) == []

    end(check).get_by_role("link", name="See what was right, and why").click()
    frame = page.frame_locator("iframe.jp-HTMLViewer, .jp-HTMLViewer iframe")
    expect(frame.get_by_role("heading", name="Feedback: Finding your partners")).to_be_visible()

    check = open_notebook(page, alone.address(CHECK))
    expect(end(check).get_by_role("heading", name="Your result", exact=True)).to_be_visible()
    before = (alone.folder / SLUG / "answers.jsonl").read_bytes()
    stale = check.locator(".casebook-item").first.element_handle()
    end(check).get_by_role("button", name="Try again").click()
    page.wait_for_function("(element) => !element.isConnected", arg=stale)
    check = ready(page)
    expect(end(check).get_by_role("button", name="Grade now")).to_be_visible()
    expect(end(check).get_by_role("link", name="Try 1")).to_be_visible()
    assert picked(check) == 0
    assert [path.read_bytes() for path in results.put_away(alone.folder / SLUG)] == [before]


def test_another_try_at_the_final_asks_the_other_variants(page: Page, alone: Server):
    def questions() -> list[str]:
        shown = ready(page).locator(".casebook-item legend")
        return [legend.strip() for legend in shown.all_text_contents()]

    final = open_notebook(page, alone.address("final/final-check.ipynb"))
    before = questions()
    end(final).get_by_role("button", name="Grade now").click()
    expect(end(final).get_by_role("status").filter(has_text="Unanswered questions earn nothing")).to_be_visible()
    end(final).get_by_role("button", name="Grade now").click()
    expect(end(final).get_by_role("heading", name="Your result", exact=True)).to_be_visible(timeout=60_000)
    stale = final.locator(".casebook-item").first.element_handle()
    end(final).get_by_role("button", name="Try again").click()
    page.wait_for_function("(element) => !element.isConnected", arg=stale)
    assert before != questions()


def test_all_of_it_is_done_with_the_keyboard(page: Page, alone: Server):
    check = open_notebook(page, alone.address(CHECK))
    end(check).get_by_role("button", name="Grade now").scroll_into_view_if_needed()
    page.locator(".casebook-page .jp-Notebook-cell").first.focus()
    tab_to(page, end(check).get_by_role("button", name="Grade now"), most=120)
    page.keyboard.press("Enter")
    expect(end(check).get_by_role("status").filter(has_text="Unanswered questions earn nothing")).to_be_visible()
    page.keyboard.press("Enter")
    expect(end(check).get_by_role("heading", name="Your result", exact=True)).to_be_focused(timeout=60_000)
    tab_to(page, end(check).get_by_role("button", name="Try again"))
    page.keyboard.press("Enter")
    expect(end(check).get_by_role("button", name="Grade now")).to_be_visible()


def test_the_start_page_tells_the_result_and_what_to_look_up_again(page: Page, alone: Server):
    grade_all(alone, share=0.5)
    start = open_notebook(page, alone.address(START))
    row = start.locator(".casebook-modules > li").first
    expect(row).to_contain_text("5 of 10 points, not passed yet (self-graded)")
    expect(start.get_by_role("heading", name="Worth another look")).to_be_visible()
    assert faults(page) == []
    start.locator("[data-casebook-step='review'] li a").first.click()
    expect(page.get_by_role("heading", name="Why this is your job")).to_be_in_viewport(timeout=60_000)


def test_who_met_everything_gets_a_certificate_and_nobody_else(page: Page, alone: Server):
    start = open_notebook(page, alone.address(START))
    certificate = start.locator("[data-casebook-step='certificate']")
    expect(certificate.get_by_text("Still to pass")).to_be_visible()
    assert certificate.get_by_role("button").count() == 0
    for module in json.loads((alone.folder / "content/course.json").read_text())["modules"]:
        grade_all(alone, module["slug"])
    start = open_notebook(page, alone.address(START))
    certificate.get_by_role("button", name="Make my certificate").click()
    expect(certificate.get_by_role("status")).to_have_text("Type your name first.")
    certificate.get_by_role("textbox").fill("Ana Ruiz")
    certificate.get_by_role("button", name="Make my certificate").click()
    expect(certificate.get_by_role("link", name="Open your certificate")).to_be_visible(timeout=60_000)
    assert (alone.folder / "certificate.pdf").read_bytes().startswith(b"%PDF")
    assert faults(page) == []


def test_it_fits_a_narrow_screen(page: Page, alone: Server):
    grade_all(alone, share=0.5)
    page.set_viewport_size({"width": 400, "height": 800})
    for address in (CHECK, START):
        assert too_wide(open_notebook(page, alone.address(address))) == []
