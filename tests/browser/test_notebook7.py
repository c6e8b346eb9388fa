"""One pass in Jupyter Notebook 7, which has a page for each notebook: from the start page to a check handed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe import faults
from conftest import Server
from lab import item_panel, ready, saved, story, tab_to, too_wide
from playwright.sync_api import BrowserContext, Page, expect

# Of Notebook itself, on any notebook.
ITS_OWN_ERRORS = {
    "Cannot read properties of undefined (reading 'schema')",
    "Command 'filebrowser:open-path' not registered.",
}


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """The start page in Notebook 7; it tells of every script error that is not Notebook's own."""
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(error.error.message))
    context.set_default_timeout(20_000)
    yield context.new_page()
    assert set(errors) <= ITS_OWN_ERRORS


def open_start(page: Page, server: Server) -> None:
    page.goto(f"{server.url}notebooks/00-start.ipynb?token={server.token}")
    ready(page)


def follow(page: Page, link: str) -> Page:
    """The page that a link of the start page opens beside it."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=link).first.click()
    ready(opened.value)
    return opened.value


def test_a_lesson_is_opened_practised_and_played(page: Page, server: Server):
    open_start(page, server)
    assert faults(page) == []
    lesson = follow(page, "When the harm is partner violence")
    notebook = ready(lesson)
    expect(notebook.locator(".jp-CodeCell .jp-InputArea-editor").first).to_be_hidden()
    assert "import casebook" not in notebook.inner_text()
    panel = item_panel(notebook, "What do you tell her?")
    panel.get_by_label("It starts with the person you hurt").check()
    expect(saved(panel)).to_be_visible()
    panel.get_by_role("button", name="Check my answer").click()
    expect(panel.get_by_role("heading", name="That's right.")).to_be_focused()
    tab_to(lesson, story(notebook).get_by_role("button", name="Begin"), most=120)
    lesson.keyboard.press("Enter")
    for _ in range(3):
        tab_to(lesson, story(notebook).get_by_role("radio").first)
        lesson.keyboard.press("Space")
        lesson.keyboard.press("Tab")
        lesson.keyboard.press("Enter")
        expect(story(notebook).get_by_role("heading", name="What happens")).to_be_focused()
    assert faults(lesson) == []
    lesson.reload()
    expect(story(ready(lesson)).get_by_text("The story so far")).to_be_visible()


def test_a_check_is_got_answered_and_handed_in(page: Page, server: Server):
    open_start(page, server)
    link = "Open the check: When the harm is partner violence"
    expect(page.get_by_role("link", name=link)).to_be_visible()
    check = follow(page, link)
    panel = ready(check).locator(".casebook-item").first
    panel.get_by_role("radio").nth(1).check()
    expect(saved(panel)).to_be_visible()
    assert faults(check) == []
    check.get_by_role("button", name="Hand in", exact=True).click()
    expect(check.get_by_text("Handed in").first).to_be_visible()
    expect(check.get_by_text("1 of 8 questions answered").first).to_be_visible()


def test_at_320_pixels_nothing_needs_sideways_scrolling(page: Page, server: Server):
    page.set_viewport_size({"width": 320, "height": 700})
    open_start(page, server)
    lesson = follow(page, "When the harm is partner violence")
    lesson.set_viewport_size({"width": 320, "height": 700})
    assert too_wide(ready(lesson), ".casebook, .jp-MarkdownOutput") == []
    assert lesson.evaluate("document.documentElement.scrollWidth") <= 320
