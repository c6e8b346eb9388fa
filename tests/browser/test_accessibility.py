"""What axe-core and a look at the tree find in the course's own output, in both themes, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe import faults, set_theme
from conftest import Server
from lab import CHECK, LESSON, open_notebook, ready, saved, story, too_wide
from playwright.sync_api import Locator, Page, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

pytestmark = pytest.mark.one_page


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, page: Page, server: Server) -> Iterator[str]:
    set_theme(page, server, request.param)
    yield request.param
    set_theme(page, server, "JupyterLab Light")


def play(notebook: Locator, page: Page, choices: list[int]) -> None:
    for choice in choices:
        radio = story(notebook).get_by_role("radio").nth(choice)
        name = radio.get_attribute("name")
        radio.check()
        story(notebook).get_by_role("button", name="This is what I do").click()
        expect(page.locator(f"input[name='{name}']")).to_have_count(0)


def test_a_lesson_has_no_fault_at_any_stage(page: Page, server: Server, theme: str):
    notebook = open_notebook(page, server.address(LESSON))
    expect(page.locator(f"body[data-jp-theme-name='{theme}']")).to_be_attached()
    assert faults(page) == []  # everything untouched; the scenario's cover
    for panel in notebook.locator(".casebook-item").all():
        for name in dict.fromkeys(panel.locator("input").evaluate_all("(all) => all.map((one) => one.name)")):
            panel.locator(f"input[name='{name}']").first.check()  # one in each group, for an item may have several
        panel.get_by_role("button", name="Check my answer").click()
        expect(panel.locator(".casebook-feedback h3")).to_be_focused()
    story(notebook).get_by_role("button", name="Begin").click()
    expect(story(notebook).get_by_role("radio").first).to_be_visible()
    assert faults(page) == []  # feedback on every item; a first scene
    while story(notebook).get_by_role("radio").count():
        play(notebook, page, [0])
        story(notebook).locator("details").evaluate_all("(all) => all.forEach((one) => (one.open = true))")
    expect(story(notebook).get_by_text("On this path, you chose to:")).to_be_visible()
    assert faults(page) == []  # the debrief, with unsafe acts


@pytest.mark.usefixtures("theme")
def test_a_check_has_no_fault_whether_saved_or_not(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    first, second = notebook.locator(".casebook-item").all()[:2]
    first.locator("input").first.check()
    expect(saved(first)).to_be_visible()
    page.evaluate("WebSocket.prototype.send = () => undefined")
    second.locator("input").first.check()
    expect(second.get_by_role("button", name="Try again")).to_be_visible(timeout=10_000)
    assert faults(page) == []


def test_every_control_has_a_name_and_every_group_its_question(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    for panel in notebook.locator(".casebook-item, .casebook-story").all():
        tree = panel.aria_snapshot()
        for line in tree.splitlines():
            role = line.strip().removeprefix("- ").split()[0].rstrip(":")
            if role in {"radio", "checkbox", "button"}:
                assert '"' in line, line
        for fields in panel.locator("fieldset").all():
            question = " ".join((fields.locator(":scope > legend").text_content() or "").split())
            assert question
            expect(panel.get_by_role("group", name=question, exact=True)).to_have_count(1)


def test_one_tab_stop_a_radio_group_and_arrows_stay_in_it(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    single = notebook.locator(".casebook-item").filter(has=page.get_by_role("radio")).first
    radios = single.get_by_role("radio")
    radios.first.focus()
    for _ in range(radios.count()):
        page.keyboard.press("ArrowDown")
    expect(radios.first).to_be_focused()
    page.keyboard.press("Tab")
    assert not single.evaluate("(element) => element.contains(document.activeElement)")


@pytest.mark.parametrize("path", [LESSON, CHECK])
def test_at_320_pixels_nothing_needs_sideways_scrolling(page: Page, server: Server, path: str):
    page.set_viewport_size({"width": 1280, "height": 800})
    notebook = open_notebook(page, server.address(path))
    if path == LESSON:
        story(notebook).get_by_role("button", name="Begin").click()
    # The notebook itself at 320 px: JupyterLab's own side bars are not ours to fold.
    page.add_style_tag(content=".casebook-page .jp-Notebook { width: 320px !important; }")
    assert too_wide(notebook, ".casebook, .jp-MarkdownOutput") == []


@pytest.mark.parametrize("path", [LESSON, CHECK])
def test_at_200_percent_everything_is_there_and_works(new_context: CreateContextCallback, server: Server, path: str):
    # What zooming to 200 % makes of a window of 1280 by 800.
    page = new_context(viewport={"width": 640, "height": 400}, device_scale_factor=2).new_page()
    notebook = open_notebook(page, server.address(path))
    assert too_wide(notebook, ".casebook, .jp-MarkdownOutput") == []
    panel = notebook.locator(".casebook-item").first
    panel.get_by_role("radio").first.click()
    expect(saved(panel)).to_be_visible()
    if path == LESSON:
        panel.get_by_role("button", name="Check my answer").click()
        expect(panel.locator(".casebook-feedback h3")).to_be_in_viewport()
        story(notebook).get_by_role("button", name="Begin").click()
        expect(story(notebook).locator("h4").first).to_be_in_viewport()
        assert too_wide(notebook) == []


def test_on_a_phone_the_page_gets_the_room(page: Page, server: Server):
    page.set_viewport_size({"width": 400, "height": 800})
    notebook = open_notebook(page, server.address(LESSON))
    expect(page.get_by_role("region", name="File Browser Section")).to_be_hidden()
    box = notebook.locator(".casebook-item").first.bounding_box()
    assert box
    assert box["width"] > 240


def test_the_live_region_stands_before_it_speaks(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    panel = notebook.locator(".casebook-item").first
    region = panel.get_by_role("status")
    before = region.element_handle()
    panel.locator("input").first.check()
    expect(saved(panel)).to_be_visible()
    assert region.element_handle().evaluate("(now, then) => now === then", before)


def test_a_second_page_finds_everything_again(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    panel = notebook.locator(".casebook-item").first
    panel.locator("input").nth(2).check()
    expect(saved(panel)).to_be_visible()
    other = page.context.new_page()
    other.goto(server.address(CHECK))
    again = ready(other)
    expect(again.locator(".casebook-item").first.locator("input").nth(2)).to_be_checked()
    other.close()
