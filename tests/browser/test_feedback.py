"""Feedback pages where they are read: beside the lessons in JupyterLab, from a mail or a folder, and on paper."""

from __future__ import annotations

import io
import shutil
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pypdf
import pytest
from axe import WCAG
from axe_playwright_python.sync_playwright import Axe
from conftest import Server
from lab import ready
from playwright.sync_api import FrameLocator, Page, expect

from casebook import results
from casebook.answers import Answer, append
from grading import alone, bank
from running import ways

AT = "2026-01-05T09:00:00+00:00"
SLUG = "first-contact"
PAGE = f"{SLUG}/{results.FOLDER}/1/{results.PAGE}"
PLACE = "[data-casebook-page]"
# A check of many kinds, one with a written answer, a simulation; taken well, poorly and unsafely.
TAKEN = {
    "many-kinds-well": (SLUG, ways.RIGHT),
    "written-unsafe": ("partner-violence", ways.UNSAFE),
    "simulation-unsafe": ("caseload", ways.UNSAFE),
    "simulation-poor": ("caseload", ways.ALL),
}
SHOWN: tuple[tuple[Literal["light", "dark"], int], ...] = (("light", 1280), ("dark", 320))
FAIR = {check: (check, ways.SLIP) for check in (SLUG, "partner-violence", "caseload")}


def take(folder: Path, check: str, way: ways.Way) -> Path:
    """The page of somebody who answers a check in their way, and grades it."""
    folder.mkdir(exist_ok=True)
    for item in bank.items(check).values():
        given = way(item) or ways.RIGHT(item)
        assert given is not None
        append(folder / "answers.jsonl", Answer(check, item.id, given, AT))
    return folder / alone.grade(folder, check, datetime.now(UTC), "ana").page


@pytest.fixture
def graded(server: Server) -> Iterator[Server]:
    """The server of somebody who has graded a check that went badly."""
    take(server.folder / SLUG, SLUG, ways.ALL)
    yield server
    shutil.rmtree(server.folder / SLUG / results.FOLDER)


def in_lab(page: Page, server: Server) -> FrameLocator:
    """The page as JupyterLab's own viewer shows it."""
    page.goto(server.address(PAGE))
    frame = page.frame_locator(".jp-HTMLViewer iframe")
    expect(frame.get_by_role("heading", name="Feedback: Finding your partners")).to_be_visible(timeout=60_000)
    return frame


def test_beside_the_lessons_a_place_is_a_link_that_opens_the_lesson_there(page: Page, graded: Server):
    frame = in_lab(page, graded)
    place = frame.locator(f".review {PLACE}").first
    heading = (place.inner_text()).split("“")[1].rstrip("”")
    place.get_by_role("link").click()
    ready(page)
    expect(page.get_by_role("heading", name=heading).first).to_be_in_viewport(timeout=60_000)


def test_it_can_be_followed_with_the_keyboard(page: Page, graded: Server):
    frame = in_lab(page, graded)
    frame.locator(f".review {PLACE} a").first.focus()
    page.keyboard.press("Enter")
    ready(page)


def test_a_lesson_that_is_not_there_is_named_and_no_link(page: Page, graded: Server):
    lesson = graded.folder / "01-first-contact.ipynb"
    away = lesson.rename(lesson.with_suffix(".away"))
    try:
        frame = in_lab(page, graded)
        # Other lessons' places are links by now, so that this one has had its chance.
        expect(frame.locator(f"{PLACE} a").first).to_be_visible()
        gone = frame.locator(f"[data-casebook-page='{lesson.name}']")
        assert gone.count() > 0
        assert gone.locator("a").count() == 0
        expect(gone.first).to_contain_text("Lesson 1, Finding your partners: “")
    finally:
        away.rename(lesson)


def test_nothing_of_it_runs_or_leads_anywhere_by_itself(page: Page, graded: Server):
    path = graded.folder / PAGE
    evil = "<p><a id='out' data-casebook-page='../../../etc/passwd' data-casebook-cell='x'>out</a></p>"
    # An image that is there, on this very server: only the page's own policy stands before it.
    image = f"{graded.url}static/favicons/favicon.ico?token={graded.token}&evil"
    assert page.request.get(image).ok
    also = f"<script>document.title = 'run'</script><img src='{image}' onload='document.title = 1'>"
    path.write_text(path.read_text().replace("</main>", f"{evil}{also}</main>"))
    answered: list[str] = []
    page.on("response", lambda response: answered.append(response.url))
    frame = in_lab(page, graded)
    expect(frame.locator(f"{PLACE} a").first).to_be_visible()
    assert frame.locator("#out a").count() == 0
    page.goto(path.as_uri())
    assert page.title() == "Feedback: Finding your partners"
    assert [url for url in answered if url.endswith("&evil")] == []


@pytest.mark.parametrize(("check", "way"), TAKEN.values(), ids=TAKEN)
def test_opened_as_a_file_it_can_be_used_by_everybody(page: Page, tmp_path: Path, check: str, way: ways.Way):
    path = take(tmp_path / check, check, way)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    options = {"runOnly": {"type": "tag", "values": WCAG}}
    for scheme, width in SHOWN:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path.as_uri())
        found = Axe().run(page, options=options).response
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
        assert "color-contrast" in {one["id"] for one in found["passes"]}
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("a").count() == page.locator("a[href^='https://']").count()  # what the course's texts cite
    assert said == []  # nothing that its own policy had to stop: its style is the one that the policy names


def test_its_style_is_in_force(page: Page, tmp_path: Path):
    page.goto(take(tmp_path / SLUG, SLUG, ways.SLIP).as_uri())
    expect(page.locator(".result")).to_have_css("border-top-width", "1px")


@pytest.mark.parametrize(("check", "way"), FAIR.values(), ids=FAIR)
def test_on_paper_nothing_is_left_out(page: Page, tmp_path: Path, check: str, way: ways.Way):
    page.goto(take(tmp_path / check, check, way).as_uri())
    folded = page.locator("details li p").all_text_contents()
    page.emulate_media(color_scheme="dark", media="print")
    for paper in ("Letter", "A4"):
        sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper))).pages
        words = _letters("".join(sheet.extract_text() for sheet in sheets))
        shown = page.locator("main p, main li, main td").all_text_contents()
        assert len(sheets) > 1
        assert [one for one in [*folded, *shown] if _letters(one) not in words] == []
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")


def _letters(text: str) -> str:
    """Letters and figures alone: lines and hyphens fall otherwise on paper, and some letters are set as one."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum() and one.isascii())
