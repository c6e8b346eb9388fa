"""Every kind of item that is not a plain choice: by mouse, by keyboard alone, heard, and found again."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from axe import faults, set_theme
from conftest import Server
from lab import cells, item_panel, open_notebook, ready, tab_to, too_wide
from playwright.sync_api import Locator, Page, expect

from casebook.kinds import KINDS
from casebook.prose import to_text
from tests.kinds_course import CHECK, LESSON, SLUG

pytestmark = pytest.mark.one_page

NEW = ("sort", "order", "rate", "written")
HEARD = """(panel) => {
  globalThis.heard = [];
  const region = panel.querySelector("[role=status]");
  new MutationObserver(() => globalThis.heard.push(region.textContent)).observe(region, { childList: true });
}"""


@pytest.fixture
def server(kinds_server: Server) -> Server:
    return kinds_server


def panel(notebook: Locator, name: str) -> Locator:
    """The panel of a kind's example."""
    return item_panel(notebook, to_text(KINDS[name].examples()[0].stem))


def status(place: Locator) -> Locator:
    return place.locator(".casebook-status")


def saved(place: Locator) -> None:
    """Waits for the word that it is on disk, announced or not."""
    expect(status(place)).to_contain_text("Saved")


def kept(server: Server, name: str, *, graded: bool = True) -> Any:
    """The last answer in the file."""
    path = server.folder / SLUG / "answers.jsonl" if graded else server.folder / "answers.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = f"kinds-{name}" if graded else f"kinds-p-{name}"
    return [line["given"] for line in lines if line["id"] == wanted][-1]


def row(place: Locator, label: str) -> Locator:
    return place.get_by_role("group", name=label, exact=True)


def steps(place: Locator) -> list[str]:
    return place.locator(".casebook-order-words").all_inner_texts()


def is_focused(locator: Locator) -> bool:
    return bool(locator.evaluate("(element) => element === document.activeElement"))


def test_statements_are_sorted_by_mouse_and_saved_one_by_one(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    place = panel(notebook, "sort")
    row(place, "A shelter's advocate").get_by_label("In the community").check()
    saved(place)
    assert kept(server, "sort") == {"b": "b"}
    row(place, "A prison's victim liaison").get_by_label("Within the system").check()
    expect(place.get_by_role("status")).to_have_text(re.compile("^Saved"))
    page.reload()
    place = panel(ready(page), "sort")
    expect(row(place, "A shelter's advocate").get_by_label("In the community")).to_be_checked()
    expect(row(place, "A prison's victim liaison").get_by_label("Within the system")).to_be_checked()
    assert place.locator("input:checked").count() == 2
    saved(place)
    assert kept(server, "sort") == {"b": "b", "d": "a"}


@pytest.mark.parametrize(("name", "right"), [("sort", "abba"), ("rate", "4310")])
def test_rows_are_answered_and_checked_with_the_keyboard_alone(page: Page, server: Server, name: str, right: str):
    notebook = open_notebook(page, server.address(LESSON))
    place = panel(notebook, name)
    values = sorted(set(right)) if name == "sort" else list("01234")
    for n, value in enumerate(right):
        radios = place.locator("fieldset fieldset").nth(n).get_by_role("radio")
        tab_to(page, radios.first)
        page.keyboard.press("Space")
        for _ in range(values.index(value)):
            page.keyboard.press("ArrowRight")
        expect(radios.nth(values.index(value))).to_be_checked()
        if n == 0:
            place.get_by_role("button", name="Check my answer").press("Enter")
            expect(place.get_by_role("status")).to_have_text("Answer every part first.")
            radios.nth(values.index(value)).focus()
    tab_to(page, place.get_by_role("button", name="Check my answer"))
    page.keyboard.press("Enter")
    expect(place.get_by_role("heading", name="That's right.")).to_be_focused()
    assert kept(server, name, graded=False) == dict(zip("abcd", right, strict=True))


def test_what_is_missing_stays_said_when_the_save_comes_in_late(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    place = panel(notebook, "rate")
    page.evaluate("""() => {
      const { send } = WebSocket.prototype;
      WebSocket.prototype.send = function (data) { setTimeout(() => send.call(this, data), 1000); };
    }""")
    place.get_by_role("radio").first.check()
    place.get_by_role("button", name="Check my answer").click()
    expect(place.locator(".casebook-status-aside")).to_contain_text("Saved")
    expect(place.get_by_role("status")).to_have_text("Answer every part first.")


def test_practice_says_of_each_row_what_is_right_and_can_be_tried_again(page: Page, server: Server):
    place = panel(open_notebook(page, server.address(LESSON)), "rate")
    for label, rating in zip(("Tell her", "Give her", "Say that", "Give him"), "3314", strict=True):
        place.get_by_role("group", name=re.compile(f"^{label}")).get_by_role("radio").nth(int(rating)).check()
    place.get_by_role("button", name="Check my answer").click()
    expect(place.get_by_role("heading", name="One of your choices wouldn't be safe.")).to_be_focused()
    expect(place.get_by_text("You rated this “3 Fine”: close, it is “4 Do this”.")).to_be_visible()
    place.get_by_role("group", name=re.compile("^Give him")).get_by_role("radio").nth(0).check()
    expect(place.locator(".casebook-feedback h3")).to_have_count(0)
    place.get_by_role("button", name="Check my answer").click()
    expect(place.get_by_role("heading", name="Partly right.")).to_be_focused()


def test_steps_are_moved_by_mouse_and_found_again(page: Page, server: Server):
    place = panel(open_notebook(page, server.address(CHECK)), "order")
    assert steps(place)[0] == "Offer the advocate's number"
    assert not (server.folder / SLUG / "answers.jsonl").exists()
    place.evaluate(HEARD)
    down = place.get_by_role("button", name="Move down: Offer the advocate's number")
    down.click()
    expect(place.get_by_role("status")).to_have_text("Now 2 of 4: Offer the advocate's number")
    saved(place)
    assert is_focused(down)
    assert page.evaluate("heard") == ["Now 2 of 4: Offer the advocate's number"]
    assert kept(server, "order") == {"order": ["b", "a", "c", "d"]}
    before = steps(place)
    page.reload()
    place = panel(ready(page), "order")
    assert steps(place) == before
    saved(place)


def test_steps_are_put_in_order_with_the_keyboard_alone(page: Page, server: Server):
    place = panel(open_notebook(page, server.address(LESSON)), "order")
    check = place.get_by_role("button", name="Check my answer")
    check.press("Enter")
    expect(place.get_by_role("status")).to_have_text("Move a step first, or keep this order.")
    up = place.get_by_role("button", name="Move up: Listen")
    tab_to(page, up)
    for n in (3, 2, 1):
        page.keyboard.press("Enter")
        expect(place.get_by_role("status")).to_have_text(f"Now {n} of 4: Listen")
        expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    expect(place.get_by_role("status")).to_have_text("Already the first of 4: Listen")
    expect(up).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(place.get_by_role("status")).to_have_text("Now 3 of 4: Listen")
    expect(up).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    saved(place)
    assert steps(place) == [
        "Offer the advocate's number",
        "Listen",
        "Ask whether she can talk safely",
        "Write down what was agreed",
    ]
    tab_to(page, place.get_by_role("button", name="Move up: Ask whether she can talk safely"))
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    tab_to(page, place.get_by_role("button", name="Move up: Listen"))
    page.keyboard.press("Space")
    tab_to(page, check)
    page.keyboard.press("Enter")
    expect(place.get_by_role("heading", name="That's right.")).to_be_focused()


def test_an_order_may_be_kept_as_it_is(page: Page, server: Server):
    place = panel(open_notebook(page, server.address(CHECK)), "order")
    place.get_by_role("button", name="Keep this order").click()
    expect(place.get_by_role("status")).to_have_text(re.compile("^Saved"))
    assert kept(server, "order") == {"order": list("abcd")}


def test_a_text_is_saved_in_a_pause_without_a_word_and_found_again(page: Page, server: Server):
    place = panel(open_notebook(page, server.address(CHECK)), "written")
    area = place.get_by_role("textbox", name="Your answer")
    expect(area).to_have_accessible_description(re.compile("About 20.60 words; 0 so far. Never write a victim's name"))
    place.evaluate(HEARD)
    tab_to(page, area, most=120)
    page.keyboard.type("Good morning; a b x dd m 00")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Is this <b>safe</b>?")
    before = cells(page)
    page.keyboard.type("!")
    page.keyboard.press("Control+z")
    assert cells(page) == before
    expect(area).not_to_have_value(re.compile("!"))
    page.keyboard.press("Control+y")
    expect(area).to_have_value(re.compile("!$"))
    page.keyboard.press("Backspace")
    expect(status(place)).to_contain_text("Saving…")
    saved(place)
    assert page.evaluate("heard.filter((words) => words)") == []
    expect(place.get_by_text("11 so far.")).to_be_visible()
    text = "Good morning; a b x dd m 00\n\nIs this <b>safe</b>?"
    assert kept(server, "written") == {"text": text}
    expect(area).to_be_focused()
    page.keyboard.type(" Yes.")
    page.keyboard.press("Tab")
    expect(place.get_by_role("status")).to_have_text(re.compile("^Saved"))
    assert kept(server, "written") == {"text": f"{text} Yes."}
    page.reload()
    place = panel(ready(page), "written")
    expect(place.get_by_role("textbox")).to_have_value(f"{text} Yes.")


def test_a_text_that_is_taken_back_is_saved_as_nothing(page: Page, server: Server):
    place = panel(open_notebook(page, server.address(CHECK)), "written")
    place.get_by_role("textbox").fill("x")
    saved(place)
    place.get_by_role("textbox").fill("")
    place.get_by_role("textbox").blur()
    expect(place.get_by_role("status")).to_have_text(re.compile("^Saved"))
    assert kept(server, "written") == {"text": ""}


def test_a_text_that_is_too_long_is_not_called_saved(page: Page, server: Server):
    place = panel(open_notebook(page, server.address(CHECK)), "written")
    place.get_by_role("textbox").fill("x" * 20_001)
    place.get_by_role("textbox").blur()
    expect(place.get_by_role("status")).to_have_text(re.compile("^NOT saved. The text is too long"))
    place.get_by_role("textbox").fill("x")
    saved(place)
    expect(place.get_by_role("button", name="Try again")).to_be_hidden()


def test_what_was_typed_outlives_a_kernel_that_is_started_anew(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    page.evaluate("WebSocket.prototype.realSend = WebSocket.prototype.send; WebSocket.prototype.send = () => undefined")
    panel(notebook, "written").get_by_role("textbox").fill("Kept all the same.")
    expect(panel(notebook, "written").get_by_role("status")).to_have_text(re.compile("^NOT saved"), timeout=10_000)
    page.evaluate("void (WebSocket.prototype.send = WebSocket.prototype.realSend)")
    panel(notebook, "written").get_by_role("button", name="Try again").click()
    expect(status(panel(notebook, "written"))).to_contain_text("Saved", timeout=30_000)
    expect(panel(notebook, "written").get_by_role("textbox")).to_have_value("Kept all the same.")
    assert kept(server, "written") == {"text": "Kept all the same."}


def test_practice_writing_is_compared_with_a_good_answer(page: Page, server: Server):
    place = panel(open_notebook(page, server.address(LESSON)), "written")
    place.get_by_role("button", name="Check my answer").click()
    expect(place.get_by_role("status")).to_have_text("Write your answer first.")
    place.get_by_role("textbox").fill("Hello?")
    place.get_by_role("button", name="Check my answer").click()
    expect(place.get_by_role("heading", name="Compare what you wrote.")).to_be_focused()
    expect(place.get_by_text("Can you talk safely just now?")).to_be_visible()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_no_kind_has_a_fault_before_or_after_its_answer(page: Page, server: Server, theme: str):
    set_theme(page, server, theme)
    try:
        notebook = open_notebook(page, server.address(LESSON))
        expect(page.locator(f"body[data-jp-theme-name='{theme}']")).to_be_attached()
        assert faults(page) == []
        for name in NEW:
            place = panel(notebook, name)
            for fields in place.locator("fieldset fieldset").all():
                fields.get_by_role("radio").last.check()
            for button in place.get_by_role("button", name="Keep this order").all():
                button.click()
            for area in place.get_by_role("textbox").all():
                area.fill("Hello?")
            place.get_by_role("button", name="Check my answer").click()
            expect(place.locator(".casebook-feedback h3")).to_be_focused()
        assert faults(page) == []
    finally:
        set_theme(page, server, "JupyterLab Light")


@pytest.mark.parametrize("path", [LESSON, CHECK])
def test_at_320_pixels_no_kind_needs_sideways_scrolling(page: Page, server: Server, path: str):
    notebook = open_notebook(page, server.address(path))
    page.add_style_tag(content=".casebook-page .jp-Notebook { width: 320px !important; }")
    assert too_wide(notebook) == []


def test_every_control_has_a_name_of_its_own(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    for name in NEW:
        tree = panel(notebook, name).aria_snapshot()
        controls = re.findall(r"- '?(?:radio|button|textbox)(?: \"(.*?)\")?", tree)
        assert controls, name
        assert all(controls), tree
    names = re.findall(r"- '?button \"(.*?)\"", panel(notebook, "order").aria_snapshot())
    assert len(set(names)) == len(names) == 9
