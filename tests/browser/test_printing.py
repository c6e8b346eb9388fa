"""What is printed is the page as it stands: no code, no buttons, every answer, black on white."""

from __future__ import annotations

import pytest
from axe import set_theme
from conftest import Server
from lab import open_notebook
from playwright.sync_api import Page, expect

from tests.kinds_course import CHECK, LESSON

pytestmark = pytest.mark.one_page

# Chromium without a screen prints nothing and stays silent: the paper is kept when it would be printed.
WATCH = """() => {
  const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentWindow");
  Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", {
    get() {
      const frame = get.call(this);
      if (this.className === "casebook-print")
        frame.print = () => { globalThis.paper = this.contentDocument.documentElement.outerHTML; };
      return frame;
    },
  });
}"""


@pytest.fixture
def server(kinds_server: Server) -> Server:
    return kinds_server


def paper(page: Page) -> Page:
    """What would be printed, as a page of its own."""
    page.wait_for_function("globalThis.paper")
    printed = page.context.new_page()
    printed.set_content(page.evaluate("globalThis.paper"))
    printed.emulate_media(media="print")
    return printed


@pytest.mark.parametrize("how", ["menu", "keys"])
def test_a_page_prints_as_it_stands(page: Page, server: Server, how: str):
    set_theme(page, server, "JupyterLab Dark")
    try:
        notebook = open_notebook(page, server.address(CHECK))
        page.evaluate(WATCH)
        notebook.get_by_role("textbox").fill("First line.\nSecond <b>line</b>.")
        notebook.get_by_role("radio").first.check()
        if how == "menu":
            page.get_by_role("menuitem", name="File", exact=True).click()
            page.locator("[data-command='apputils:print']").click()
        else:
            page.keyboard.press("Control+p")
        printed = paper(page)
    finally:
        set_theme(page, server, "JupyterLab Light")
    expect(printed.get_by_role("heading", level=1)).to_contain_text("Check: Every kind")
    expect(printed.locator(".casebook-written")).to_have_text("First line.\nSecond <b>line</b>.")
    expect(printed.get_by_role("radio", checked=True)).to_have_count(1)
    expect(printed.get_by_role("button")).to_have_count(0)
    assert "import casebook" not in printed.inner_text("body")
    expect(printed.locator(".casebook-item").first).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(printed.locator("legend").first).to_have_css("color", "rgb(0, 0, 0)")


def test_what_was_folded_is_open_on_paper(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    page.evaluate(WATCH)
    place = notebook.get_by_role("region", name="Scenario: The note")
    place.get_by_role("button", name="Begin").click()
    place.get_by_role("radio").first.check()
    place.get_by_role("button", name="This is what I do").click()
    expect(place.get_by_role("group", name="What do you tell her?")).to_be_visible()
    page.keyboard.press("Control+p")
    expect(paper(page).get_by_text("Luis slides an envelope over the desk.")).to_be_visible()
