"""Job aids: opened from the start page and from a lesson, read on any screen, printed on one sheet each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Server
from lab import LESSON, open_notebook
from playwright.sync_api import Page, expect

AIDS = sorted((Path(__file__).resolve().parents[2] / "course/modules/job-aids").glob("*.html"))


def test_a_page_opens_from_the_start_page(page: Page, server: Server):
    notebook = open_notebook(page, server.address("00-start.ipynb"))
    for path in AIDS:
        expect(notebook.locator(f"a[href$='/job-aids/{path.name}']")).to_have_count(1)
    with page.context.expect_page() as opened:
        notebook.get_by_role("link", name="May a dialogue be offered?").click()
    expect(opened.value.get_by_role("heading", level=1, name="May a dialogue be offered?")).to_be_visible()


def test_a_page_opens_from_a_lesson_by_keyboard(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    notebook.get_by_role("link", name="May a dialogue be offered?").focus()
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.get_by_role("table")).to_be_visible()


@pytest.mark.parametrize("path", AIDS, ids=lambda path: path.stem)
def test_a_page_can_be_used_by_everybody_and_fills_one_sheet(page: Page, path: Path):
    page.goto(path.as_uri())
    assert Axe().run(page).response["violations"] == []
    for width in (400, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for paper in ("Letter", "A4"):
        sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))
        assert len(sheets) == 1, paper
