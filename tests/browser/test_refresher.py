"""The refresher in a real JupyterLab, one day, ten days and a hundred days after the lessons.

The clock is moved by moving what was kept: a lesson that was answered a hundred days ago is one that was answered today
and looked at a hundred days later.
"""

from __future__ import annotations

import json
import re
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import psutil
import pytest
from axe import faults
from conftest import Server
from lab import open_notebook, ready, tab_to, too_wide, unfolded
from playwright.sync_api import Locator, Page, expect

from casebook import content
from casebook.answers import FILE_NAME, Answer, append
from casebook.kinds import KINDS
from casebook.refresher import log
from running.ways import RIGHT

pytestmark = pytest.mark.one_page

PAGE = "refresher.ipynb"
MODULES = ("first-contact", "systems-advocates")


def learned(server: Server, days: float, modules: tuple[str, ...] = MODULES) -> None:
    """Answers the practice items of some lessons, so many days ago."""
    at = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds")
    for slug in modules:
        lesson = content.lesson(slug, server.folder)
        for item in lesson.practice.values():
            if not KINDS[item.kind].manual:
                append(server.folder / FILE_NAME, Answer(slug, item.id, dict(RIGHT(item) or {}), at, None, True))


def opened(page: Page, server: Server) -> Locator:
    return open_notebook(page, server.address(PAGE)).locator(".casebook-refresher")


def reviews(folder: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in (folder / FILE_NAME).read_text().splitlines()]
    return [line["given"] for line in lines if (line["module"], line["id"]) == (log.MODULE, log.REVIEW)]


def asks(folder: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in (folder / FILE_NAME).read_text().splitlines()]
    return [line["given"] for line in lines if (line["module"], line["id"]) == (log.MODULE, log.ASK)]


def answer_first(place: Locator) -> None:
    """Picks the first thing that can be picked in each part, and has it checked."""
    expect(place.locator(".casebook-item input").first).to_be_visible()
    for row in place.locator(".casebook-item fieldset:not(:has(fieldset))").all():
        if row.locator("input").count():
            row.locator("input").first.check()
    place.get_by_role("button", name="Check my answer").click()
    expect(place.locator(".casebook-verdict-box")).to_be_visible()


def its_kernel(server: Server) -> psutil.Process:
    """The kernel of the refresher's page; other pages of that folder have theirs."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    kernels = [one for one in children if "ipykernel_launcher" in one.cmdline()]
    (found,) = [one for one in kernels if one.environ().get("JPY_SESSION_NAME", "").endswith(PAGE)]
    return found


def test_a_day_after_the_lesson_nothing_is_due(page: Page, server: Server):
    learned(server, 1)
    place = opened(page, server)
    expect(place.get_by_text("Nothing is due today.")).to_be_visible()
    expect(place.get_by_role("button", name="Begin")).to_have_count(0)
    expect(place.get_by_text(re.compile("^(Strong|Fading): "))).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("days", [10, 100])
def test_after_more_days_what_is_due_is_asked_one_after_the_other(page: Page, server: Server, days: int):
    learned(server, days)
    place = opened(page, server)
    expect(place.get_by_text("points are due.")).to_be_visible()
    place.get_by_role("button", name="Begin", exact=True).click()
    for number in (1, 2):
        expect(place.get_by_role("heading", name=f"Question {number} for today")).to_be_focused()
        answer_first(place)
        expect(place.get_by_text("You'll be asked about this again on")).to_be_visible()
        assert len(reviews(server.folder)) == number
        place.get_by_role("button", name="Next question").click()
    place = opened(page, server)
    expect(place.get_by_role("heading", name="Question 3 for today")).to_be_visible()


def test_the_longer_it_is_the_less_is_remembered(page: Page, server: Server):
    strengths = []
    for days in (1, 10, 100):
        (server.folder / FILE_NAME).unlink(missing_ok=True)
        learned(server, days)
        place = opened(page, server)
        words = place.locator(".casebook-strengths .casebook-small").all_text_contents()
        strengths.append(sum(int(one.split("%")[0]) for one in words) / len(words))
    assert strengths[0] > strengths[1] > strengths[2]


def test_no_review_is_lost_or_counted_twice_where_the_kernel_is_killed(page: Page, server: Server):
    learned(server, 100)
    # JupyterLab's own words about the kernel: read, and closed.
    page.add_locator_handler(
        page.locator(".jp-Dialog"), lambda dialog: dialog.locator(".jp-Dialog-button").last.click(), no_wait_after=True
    )
    place = opened(page, server)
    place.get_by_role("button", name="Begin", exact=True).click()
    answer_first(place)
    assert len(reviews(server.folder)) == 1
    place.get_by_role("button", name="Next question").click()
    expect(place.get_by_role("heading", name="Question 2 for today")).to_be_visible()
    place.locator("input").first.check()
    expect(place.locator(".casebook-item .casebook-status")).to_contain_text("Saved")
    picked = place.locator("input").first.get_attribute("value")

    its_kernel(server).send_signal(signal.SIGKILL)
    stale = place.element_handle()
    page.wait_for_function("(element) => !element.isConnected", arg=stale, timeout=60_000)
    place = ready(page).locator(".casebook-refresher")
    expect(place.get_by_role("heading", name="Question 2 for today")).to_be_visible()
    expect(place.locator(f"input[value='{picked}']").first).to_be_checked()
    assert len(reviews(server.folder)) == 1
    answer_first(place)
    assert [one["n"] for one in reviews(server.folder)] == [0, 1]
    assert [one["n"] for one in asks(server.folder)] == [0, 1]


def test_all_of_it_is_done_with_the_keyboard(page: Page, server: Server):
    learned(server, 100)
    place = opened(page, server)
    page.locator(".casebook-page .jp-Notebook-cell").first.focus()
    tab_to(page, place.get_by_role("button", name="Begin", exact=True))
    page.keyboard.press("Enter")
    expect(place.get_by_role("heading", name="Question 1 for today")).to_be_focused()
    tab_to(page, place.get_by_role("button", name="Give me a hint"))
    page.keyboard.press("Enter")
    expect(place.get_by_text("It's about: ")).to_be_visible()
    for row in place.locator(".casebook-item fieldset:not(:has(fieldset))").all():
        tab_to(page, row.locator("input").first)
        page.keyboard.press("Space")
    tab_to(page, place.get_by_role("button", name="Check my answer"))
    page.keyboard.press("Enter")
    expect(place.locator(".casebook-verdict-box h3")).to_be_focused()
    assert faults(page) == []
    tab_to(page, place.get_by_role("button", name="Next question"))
    page.keyboard.press("Enter")
    expect(place.get_by_role("heading", name="Question 2 for today")).to_be_focused()
    assert reviews(server.folder)[0]["hint"] is True


def test_the_dates_are_saved_for_a_calendar_and_settings_are_kept(page: Page, server: Server):
    learned(server, 1)
    place = opened(page, server)
    with page.expect_download() as download:
        place.get_by_role("button", name="Save these dates for my calendar").click()
    calendar = icalendar.Calendar.from_ical(download.value.path().read_text())
    assert calendar.walk("VEVENT")
    place.get_by_text("Settings", exact=True).click()
    place.get_by_role("combobox", name="At most").select_option("5")
    place.get_by_role("button", name="Keep these settings").click()
    expect(place.get_by_role("heading", name="Today")).to_be_focused()
    place = opened(page, server)
    place.get_by_text("Settings", exact=True).click()
    expect(place.get_by_role("combobox", name="At most")).to_have_value("5")
    assert faults(page) == []


def test_whoever_comes_back_after_months_is_welcomed_and_led_to_what_has_faded(page: Page, server: Server):
    learned(server, 200)
    start = open_notebook(page, server.address("00-start.ipynb"))
    review = start.locator("[data-casebook-step='review']")
    expect(review.get_by_text("Welcome back. It's been about 7 months")).to_be_visible()
    assert faults(page) == []
    review.get_by_role("link", name="Take 15 minutes").click()
    place = page.locator(".casebook-refresher")
    place.get_by_role("button", name="Take 15 minutes for what's faded most").click()
    expect(place.get_by_role("heading", name="Question 1 for today")).to_be_focused()
    answer_first(place)
    place.get_by_role("button", name="Stop for now").click()
    expect(place.get_by_text("The 15-minute path: what's faded most comes first.")).to_be_visible()


def test_it_fits_a_narrow_screen(page: Page, server: Server):
    learned(server, 100)
    page.set_viewport_size({"width": 400, "height": 800})
    notebook = open_notebook(page, server.address(PAGE))
    assert too_wide(notebook) == []
    faded = unfolded(notebook.locator("details", has=page.locator(".casebook-strengths")).first)
    expect(faded.get_by_role("link").first).to_be_visible()
    widths = faded.get_by_role("link").evaluate_all("all => all.map((one) => one.getBoundingClientRect().width)")
    assert min(widths) > 150  # so no word is broken
    notebook.get_by_role("button", name="Begin", exact=True).click()
    expect(notebook.get_by_role("heading", name="Question 1 for today")).to_be_focused()
    assert too_wide(notebook) == []
