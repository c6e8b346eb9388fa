"""The line of progress above a page: in sight while it scrolls, true as answers are given, and the way on."""

from __future__ import annotations

import pytest
from axe import faults
from conftest import Server
from lab import CHECK, LESSON, open_notebook, ready, saved, tab_to
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.one_page


def line(page: Page) -> Locator:
    return page.locator(".casebook-page:not(.lm-mod-hidden)").get_by_role("group", name="Progress")


def test_it_counts_each_answer_as_it_is_saved(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    expect(line(page)).to_contain_text("0 of 6 steps done")
    panel = notebook.locator(".casebook-item").first
    panel.get_by_role("radio").first.check()
    expect(line(page)).to_contain_text("1 of 6 steps done")
    notebook.locator(".casebook-item").last.scroll_into_view_if_needed()
    expect(line(page)).to_be_in_viewport()
    assert faults(page) == []


def test_it_leads_to_the_first_step_that_is_not_done(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    first, second = notebook.locator(".casebook-item").all()[:2]
    tab_to(page, line(page).get_by_role("button", name="Begin"), most=120)
    page.keyboard.press("Enter")
    expect(first.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
    expect(saved(first)).to_be_visible()
    line(page).get_by_role("button", name="Continue").click()
    expect(second).to_be_in_viewport()
    expect(second.get_by_role("radio").first).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_it_stands_on_one_line_at_any_width(page: Page, server: Server, width: int):
    page.set_viewport_size({"width": width, "height": 700})
    open_notebook(page, server.address(LESSON))
    bar = page.locator(".casebook-header").bounding_box()
    inner = line(page).bounding_box()
    assert bar
    assert inner
    assert inner["height"] <= bar["height"]
    assert inner["width"] <= bar["width"]


def test_a_check_that_is_answered_leads_to_its_end(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    expect(line(page)).to_contain_text("0 of 8 questions done")
    for panel in notebook.locator(".casebook-item").all():
        if panel.locator("textarea").count():
            panel.locator("textarea").fill("What I would write.")
            panel.locator("textarea").blur()
        else:
            panel.locator("input").first.check()
    expect(line(page)).to_contain_text("8 of 8 questions done")
    line(page).get_by_role("button", name="Finish").click()
    expect(notebook.locator(".casebook-overview").get_by_role("button", name="Grade now")).to_be_focused()


def test_it_stays_true_after_the_kernel_was_restarted(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    line(page).evaluate("(old) => old.setAttribute('data-old', '')")
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator("[data-command='kernelmenu:restart']").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(page.locator(".casebook-progress:not([data-old])")).to_have_count(1, timeout=60_000)
    ready(page)
    notebook.locator(".casebook-item").first.get_by_role("radio").first.check()
    expect(line(page)).to_have_count(1)
    expect(line(page)).to_contain_text("1 of 6 steps done")
