"""A trainee records local partners: by mouse, by keyboard alone, heard, printed, kept as a file, and found again."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import faults, set_theme
from conftest import Server, serve
from lab import cells, open_notebook, ready, tab_to
from playwright.sync_api import Locator, Page, expect

from tests.conftest import ROOT

pytestmark = pytest.mark.one_page

LESSON = "02-tiny.ipynb"
SHELTER = "Haven <b>House</b>"
HEARD = """(panel) => {
  globalThis.heard = [];
  const region = panel.querySelector("[role=status]");
  new MutationObserver(() => globalThis.heard.push(region.textContent)).observe(region, { childList: true });
}"""
# What would be printed: the page in the frame, at the moment it is asked to print.
PRINTED = """() => {
  globalThis.printed = [];
  const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentWindow");
  Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", { get() {
    const inside = get.call(this);
    inside.print = () => printed.push([this.sandbox.value, inside.document.documentElement.outerHTML]);
    return inside;
  } });
}"""
SILENCE = "WebSocket.prototype.realSend ??= WebSocket.prototype.send; WebSocket.prototype.send = () => undefined"
SPEECH = "void (WebSocket.prototype.send = WebSocket.prototype.realSend)"


@pytest.fixture(scope="module")
def partners_served(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """What 'make learn' serves of the tiny course."""
    root = shutil.copytree(small_built, tmp_path_factory.mktemp("partners") / "course")
    folder = tmp_path_factory.mktemp("partners-trainee") / "my course"
    command = [sys.executable, "-m", "running.learn", "--root", str(root), "--folder", str(folder)]
    yield from serve(command, ROOT, folder, tmp_path_factory.mktemp("partners-home"))


@pytest.fixture
def server(partners_served: Server) -> Server:
    for path in partners_served.folder.rglob("answers.jsonl"):
        path.unlink()
    return partners_served


def opened(page: Page, server: Server, lesson: str = LESSON) -> Locator:
    return panel(open_notebook(page, server.address(lesson)))


def panel(notebook: Locator) -> Locator:
    return notebook.get_by_role("region", name="My local partners")


def status(place: Locator) -> Locator:
    return place.get_by_role("status")


def box(place: Locator, label: str) -> Locator:
    return place.get_by_role("textbox", name=label)


def card(place: Locator, name: str) -> Locator:
    return place.get_by_role("listitem").filter(has=place.page.get_by_role("heading", name=name, exact=True))


def record(place: Locator, name: str, **more: str) -> None:
    """Adds a partner with the mouse."""
    place.get_by_role("button", name="Add a partner").click()
    box(place, "Organization").fill(name)
    for label, words in more.items():
        box(place, label).fill(words)
    place.get_by_role("button", name="Save").click()
    expect(card(place, name)).to_be_visible()


def kept(server: Server) -> list[dict[str, Any]]:
    """What the answers file beside the lessons holds of partners."""
    path = server.folder / "answers.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    answers = [json.loads(line) for line in lines]
    return [answer for answer in answers if answer["module"] == "partner-map"]


def test_a_partner_is_recorded_by_mouse_and_found_again(page: Page, server: Server):
    place = opened(page, server)
    expect(place.get_by_text("Nothing recorded yet.")).to_be_visible()
    expect(place.get_by_role("button", name="Print my contact plan")).to_be_hidden()
    place.evaluate(HEARD)
    place.get_by_role("button", name="Add a partner").click()
    form = place.get_by_role("group", name="A new partner")
    expect(form.get_by_text("Never write a victim's name here")).to_be_visible()
    expect(box(form, "Organization")).to_be_focused()
    box(form, "Organization").fill(SHELTER)
    form.get_by_role("group", name="Kind of organization").get_by_label("Community-based").check()
    box(form, "What they do").fill("Hotline\nShelter")
    box(form, "Phone").fill("+1 555 0100")
    form.get_by_role("group", name="Who calls first?").get_by_label("I call them").check()
    box(form, "When?").fill("By Friday")
    form.get_by_role("button", name="Save").click()
    expect(place.get_by_role("heading", name=SHELTER)).to_be_focused()
    expect(status(place)).to_have_text(f"Saved: {SHELTER}.")
    assert page.evaluate("heard.filter(Boolean)") == ["Saving…", f"Saved: {SHELTER}."]
    expect(form).to_have_count(0)
    (answer,) = kept(server)
    assert re.fullmatch(r"partner-[a-z0-9]{24}", answer["id"])
    assert answer["given"] == {
        "organization": SHELTER,
        "kind": "community",
        "does": "Hotline\nShelter",
        "phone": "+1 555 0100",
        "first": "me",
        "when": "By Friday",
    }
    page.reload()
    found = card(panel(ready(page)), SHELTER)
    for words in ("Community-based", "+1 555 0100", "I call them", "By Friday"):
        expect(found).to_contain_text(words)


def test_what_is_known_is_changed_and_can_be_left_as_it_was(page: Page, server: Server):
    place = opened(page, server)
    record(place, SHELTER, Phone="555 0100")
    card(place, SHELTER).get_by_role("button", name=f"Change: {SHELTER}").click()
    expect(place.get_by_role("button", name="Add a partner")).to_be_hidden()
    expect(box(place, "Phone")).to_have_value("555 0100")
    box(place, "Phone").fill("555 0199")
    place.get_by_role("button", name="Cancel").click()
    expect(place.get_by_role("button", name=f"Change: {SHELTER}")).to_be_focused()
    assert len(kept(server)) == 1
    place.get_by_role("button", name=f"Change: {SHELTER}").click()
    box(place, "Phone").fill("555 0142")
    place.get_by_role("button", name="Save").click()
    expect(place.get_by_role("heading", name=SHELTER)).to_be_focused()
    expect(card(place, SHELTER)).to_contain_text("555 0142")
    first, second = kept(server)
    assert first["id"] == second["id"]
    assert second["given"] == {"organization": SHELTER, "phone": "555 0142"}


def test_a_partner_is_taken_out_after_a_question_and_put_back(page: Page, server: Server):
    place = opened(page, server)
    record(place, SHELTER)
    record(place, "Court desk")
    place.get_by_role("button", name=f"Remove: {SHELTER}").click()
    expect(place.get_by_role("heading", name=f"Remove {SHELTER}?")).to_be_focused()
    place.get_by_role("button", name="Keep it").click()
    expect(place.get_by_role("button", name=f"Remove: {SHELTER}")).to_be_focused()
    place.get_by_role("button", name=f"Remove: {SHELTER}").click()
    place.get_by_role("button", name="Remove it").click()
    back = place.get_by_role("button", name=f"Put it back: {SHELTER}")
    expect(back).to_be_focused()
    expect(status(place)).to_have_text("Removed.")
    expect(place.get_by_role("listitem")).to_have_count(1)
    assert kept(server)[-1]["given"] == {"removed": True}
    back.click()
    expect(place.get_by_role("heading", name=SHELTER)).to_be_focused()
    expect(status(place)).to_have_text(f"Put back: {SHELTER}.")
    expect(back).to_have_count(0)
    expect(place.get_by_role("heading", level=4)).to_have_text([SHELTER, "Court desk"])


def test_everything_can_be_done_with_the_keyboard_alone(page: Page, server: Server):
    place = opened(page, server)
    before = cells(page)
    tab_to(page, place.get_by_role("button", name="Add a partner"), most=120)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(status(place)).to_have_text("Write the organization's name first.")
    expect(box(place, "Organization")).to_be_focused()
    page.keyboard.type("a b x dd m 00 Haven")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    expect(place.get_by_label("Community-based")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Hotline")
    page.keyboard.press("Enter")
    page.keyboard.type("Shelter!")
    page.keyboard.press("Control+z")
    expect(box(place, "What they do")).not_to_have_value(re.compile("!"))
    page.keyboard.press("Control+y")
    expect(box(place, "What they do")).to_have_value("Hotline\nShelter!")
    page.keyboard.press("Escape")
    expect(status(place)).to_have_text(re.compile("^What you typed isn't saved yet"))
    tab_to(page, box(place, "Phone"))
    page.keyboard.type("555 0100")
    page.keyboard.press("Enter")
    expect(place.get_by_role("heading", name="a b x dd m 00 Haven")).to_be_focused()
    assert kept(server)[-1]["given"]["does"] == "Hotline\nShelter!"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box(place, "Organization")).to_be_focused()
    page.keyboard.press("Escape")
    expect(place.get_by_role("button", name=re.compile("^Change"))).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(place.get_by_role("button", name=re.compile("^Remove"))).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(place.get_by_role("button", name=re.compile("^Put it back"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(place.get_by_role("heading", name="a b x dd m 00 Haven")).to_be_focused()
    assert len(cells(page)) == len(before)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_contact_plan_is_printed_as_a_page_of_its_own_that_runs_nothing(page: Page, server: Server):
    place = opened(page, server)
    record(place, SHELTER, Phone="555 0100")
    page.evaluate(PRINTED)
    place.get_by_role("button", name="Print my contact plan").click()
    expect(status(place)).to_have_text("Your contact plan is ready to print.")
    page.wait_for_function("printed.length === 1")
    ((sandbox, plan),) = page.evaluate("printed")
    assert "allow-scripts" not in sandbox
    assert "<h1>My contact plan</h1>" in plan
    assert "Haven &lt;b&gt;House&lt;/b&gt;" in plan
    assert "555 0100" in plan
    place.get_by_role("button", name="Print my contact plan").click()
    page.wait_for_function("printed.length === 2")
    expect(page.locator("iframe.casebook-plan")).to_have_count(1)


def test_the_list_is_kept_as_a_file_with_what_another_page_has_added(page: Page, server: Server):
    place = opened(page, server)
    record(place, "Größe, “quoted”", Phone="+1 555 0100")
    shutil.copy(server.folder / LESSON, server.folder / "other.ipynb")
    other = page.context.new_page()
    record(opened(other, server, "other.ipynb"), "=HYPERLINK(1)")
    other.close()
    (server.folder / "other.ipynb").unlink()
    with page.expect_download() as waiting:
        place.get_by_role("button", name="Save as a file (CSV)").click()
    assert waiting.value.suggested_filename == "my-partners.csv"
    data = Path(waiting.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbfOrganization,")
    _, first, second = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (first[0], first[4]) == ("Größe, “quoted”", "+1 555 0100")
    assert second[0] == "'=HYPERLINK(1)"
    expect(status(place)).to_have_text("Saved as my-partners.csv in your downloads.")
    expect(place.get_by_role("listitem")).to_have_count(2)


def test_two_views_of_one_lesson_show_the_same_list(page: Page, server: Server):
    opened(page, server)
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.get_by_text("New View for Notebook", exact=True).click()
    expect(page.locator(".casebook-page[data-casebook-ready]")).to_have_count(2)
    views = page.get_by_role("region", name="My local partners")
    expect(views).to_have_count(2)
    record(views.first, SHELTER)
    for view in views.all():
        expect(card(view, SHELTER)).to_have_count(1)


def test_what_a_later_event_has_overtaken_is_done_all_the_same(page: Page, server: Server):
    place = opened(page, server)
    record(place, SHELTER)
    record(place, "Court desk")
    place.get_by_role("button", name=f"Remove: {SHELTER}").click()
    place.get_by_role("button", name="Remove it").click()
    page.evaluate(PRINTED)
    page.evaluate("""() => {
      const { send } = WebSocket.prototype;
      let held = false;
      WebSocket.prototype.send = function (data) {
        const words = typeof data === "string" ? data : new TextDecoder().decode(data);
        if (held || !words.includes("put-back")) return send.call(this, data);
        held = true;
        globalThis.letGo = () => send.call(this, data);
      };
    }""")
    place.get_by_role("button", name=f"Put it back: {SHELTER}").click()
    place.get_by_role("button", name="Print my contact plan").click()
    page.wait_for_function("printed.length === 1")
    page.evaluate("letGo()")
    expect(card(place, SHELTER)).to_be_visible()
    assert [answer["given"] for answer in kept(server)][-1] == {"organization": SHELTER}


def test_without_a_reply_it_says_not_saved_and_keeps_what_was_typed(page: Page, server: Server):
    place = opened(page, server)
    page.evaluate(SILENCE)
    place.get_by_role("button", name="Add a partner").click()
    box(place, "Organization").fill(SHELTER)
    place.get_by_role("button", name="Save").click()
    expect(status(place)).to_have_text(re.compile("^NOT saved"), timeout=10_000)
    expect(box(place, "Organization")).to_have_value(SHELTER)
    box(place, "Phone").fill("555 0100")
    page.evaluate(SPEECH)
    place.get_by_role("button", name="Try again").click()
    expect(card(place, SHELTER)).to_contain_text("555 0100", timeout=30_000)
    assert {answer["id"] for answer in kept(server)} == {kept(server)[0]["id"]}
    assert kept(server)[-1]["given"] == {"organization": SHELTER, "phone": "555 0100"}


def test_what_is_typed_outlives_a_kernel_that_is_started_anew(page: Page, server: Server):
    place = opened(page, server)
    record(place, "Court desk")
    place.get_by_role("button", name="Change: Court desk").click()
    box(place, "Phone").fill("555 0100")
    before = place.element_handle()
    page.evaluate("document.dispatchEvent(new CustomEvent('casebook:lost'))")
    page.wait_for_function("(old) => !old.isConnected", arg=before)
    expect(place.get_by_role("group", name="Change: Court desk")).to_be_visible()
    expect(box(place, "Phone")).to_have_value("555 0100")
    place.get_by_role("button", name="Save").click()
    expect(card(place, "Court desk")).to_contain_text("555 0100")


def test_a_dead_kernel_loses_nothing(page: Page, server: Server):
    place = opened(page, server)
    for session in page.request.get(f"{server.url}api/sessions?token={server.token}").json():
        page.request.delete(f"{server.url}api/kernels/{session['kernel']['id']}?token={server.token}")
    place.get_by_role("button", name="Add a partner").click()
    box(place, "Organization").fill(SHELTER)
    place.get_by_role("button", name="Save").click()
    expect(status(place)).to_have_text(re.compile("^NOT saved"), timeout=10_000)
    expect(box(place, "Organization")).to_have_value(SHELTER)


def test_leaving_with_something_typed_and_not_saved_is_asked_about(page: Page, server: Server):
    place = opened(page, server)
    asked: list[str] = []

    def note(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    page.reload()
    place = panel(ready(page))
    place.get_by_role("button", name="Add a partner").click()
    page.keyboard.type("Ha")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.reload()
    assert asked == []
    place = panel(ready(page))
    place.get_by_role("button", name="Add a partner").click()
    page.keyboard.type("Haven")
    page.reload()
    assert asked == ["beforeunload"]


def test_what_cannot_be_kept_is_said_and_stays_in_the_form(page: Page, server: Server):
    place = opened(page, server)
    place.get_by_role("button", name="Add a partner").click()
    box(place, "Organization").fill("x" * 201)
    place.get_by_role("button", name="Save").click()
    expect(status(place)).to_have_text(re.compile("^NOT saved. “Organization” is too long"))
    box(place, "Organization").fill("x")
    place.get_by_role("button", name="Save").click()
    expect(card(place, "x")).to_be_visible()
    expect(place.get_by_role("button", name="Try again")).to_be_hidden()
    assert len(kept(server)) == 1


def test_the_directory_opens_in_a_page_of_its_own(page: Page, server: Server):
    link = opened(page, server).get_by_role("link", name="directory of the Office for Victims of Crime")
    expect(link).to_have_attribute("href", "https://ovc.ojp.gov/directory-crime-victim-services")
    expect(link).to_have_attribute("target", "_blank")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_it_has_no_fault_at_any_stage(page: Page, server: Server, theme: str):
    set_theme(page, server, theme)
    try:
        place = opened(page, server)
        expect(page.locator(f"body[data-jp-theme-name='{theme}']")).to_be_attached()
        place.get_by_role("button", name="Add a partner").click()
        assert faults(page) == []
        place.get_by_role("button", name="Cancel").click()
        record(place, SHELTER, Phone="555 0100")
        record(place, "Court desk")
        place.get_by_role("button", name="Remove: Court desk").click()
        assert faults(page) == []
        place.get_by_role("button", name="Remove it").click()
        page.evaluate(PRINTED)
        place.get_by_role("button", name="Print my contact plan").click()
        page.wait_for_function("printed.length === 1")
        assert faults(page) == []
    finally:
        set_theme(page, server, "JupyterLab Light")


def test_at_320_pixels_it_needs_no_sideways_scrolling(page: Page, server: Server):
    place = opened(page, server)
    page.add_style_tag(content=".casebook-page .jp-Notebook { width: 320px !important; }")
    record(place, "Haven" * 20, Phone="555" * 20)
    place.get_by_role("button", name=re.compile("^Change")).click()
    for shown in ("the form", "the cards"):
        assert place.evaluate("(one) => one.scrollWidth <= one.clientWidth + 1"), shown
        if shown == "the form":
            place.get_by_role("button", name="Cancel").click()


def test_every_control_has_a_name_of_its_own(page: Page, server: Server):
    place = opened(page, server)
    record(place, SHELTER)
    record(place, "Court desk")
    names = re.findall(r"- '?button \"(.*?)\"", place.aria_snapshot())
    assert len(set(names)) == len(names) == 7
    place.get_by_role("button", name=f"Change: {SHELTER}").click()
    controls = re.findall(r"- '?(?:radio|button|textbox)(?: \"(.*?)\")?", place.aria_snapshot())
    assert len(controls) == 6 + 6 + 2
    assert all(controls)
