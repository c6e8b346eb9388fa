"""A graded simulation is played once: by mouse, by keyboard alone, over a reload; for practice it is a scenario."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe import faults
from conftest import Server
from lab import decide, open_notebook, ready, tab_to
from playwright.sync_api import Locator, Page, expect

from tests.kinds_course import CHECK, LESSON, SLUG

pytestmark = pytest.mark.one_page


@pytest.fixture
def server(kinds_server: Server) -> Server:
    return kinds_server


def simulation(notebook: Locator) -> Locator:
    return notebook.get_by_role("region", name="Scenario: The note")


def kept(server: Server) -> list[Any]:
    path = server.folder / SLUG / "answers.jsonl"
    return [json.loads(line)["given"]["path"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_it_says_that_it_counts_and_is_played_to_its_end_by_mouse(page: Page, server: Server):
    place = simulation(open_notebook(page, server.address(CHECK)))
    expect(place.get_by_text("Each decision counts the first time you make it, and you can't go back.")).to_be_visible()
    expect(place.get_by_role("button", name="Skip")).to_have_count(0)
    place.get_by_role("button", name="Begin").click()
    decide(place, "Take it, and drop it off at her shop.")
    decide(place, "Go over what there is, near her.")
    decide(place, "That, and what you would do otherwise.")
    expect(place.get_by_text("carry his note to her")).to_be_visible()
    expect(place.get_by_text("Of this choice the debrief would say more: Take it")).to_be_visible()
    expect(place.get_by_text("Your feedback will tell you what they earned, and why.")).to_be_visible()
    for words in ("Too much", "Fixed", "Sound"):
        expect(place.get_by_text(words)).to_have_count(0)
    expect(place.get_by_role("button")).to_have_count(0)
    assert faults(page) == []


def test_what_was_decided_stays_over_a_reload_and_in_a_second_tab(page: Page, server: Server):
    place = simulation(open_notebook(page, server.address(CHECK)))
    place.get_by_role("button", name="Begin").click()
    decide(place, "Take it, and drop it off at her shop.")
    page.reload()
    place = simulation(ready(page))
    expect(place.get_by_role("group", name="What do you tell her?")).to_be_visible()
    other = page.context.new_page()
    second = simulation(open_notebook(other, server.address(CHECK)))
    decide(second, "Say that you will look into it.")
    # The first tab follows by itself: there is nothing left in it to decide otherwise.
    expect(place.get_by_role("group", name="What do you write down?")).to_be_visible()
    assert kept(server)[-1] == ["carry", "later"]


def test_it_is_played_with_the_keyboard_alone(page: Page, server: Server):
    place = simulation(open_notebook(page, server.address(CHECK)))
    tab_to(page, place.get_by_role("button", name="Begin"), most=200)
    page.keyboard.press("Enter")
    expect(place.get_by_role("heading", name="Monday")).to_be_focused()
    for _ in range(3):
        tab_to(page, place.get_by_role("radio").first)
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(place.get_by_role("heading", name="What happens")).to_be_focused()
    assert kept(server)[-1] == ["explain", "options", "leave-out"]


def test_it_is_open_until_it_has_come_to_its_end(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    said = notebook.locator(".casebook-overview")
    place = simulation(notebook)
    place.get_by_role("button", name="Begin").click()
    decide(place, "Give it back, and say why.")
    expect(said).to_contain_text("0 of 7 questions answered")
    decide(place, "Go over what there is, near her.")
    decide(place, "What she asked and was told.")
    expect(said).to_contain_text("1 of 7 questions answered")


def test_for_practice_it_is_debriefed_with_a_map_and_played_again(page: Page, server: Server):
    place = simulation(open_notebook(page, server.address(LESSON)))
    place.get_by_role("button", name="Begin").click()
    decide(place, "Take it, and drop it off at her shop.")
    decide(place, "Go over what there is, near her.")
    decide(place, "That, and what you would do otherwise.")
    expect(place.get_by_role("heading", name="Debrief: Owned")).to_be_visible()
    picture = place.get_by_role("img", name="The line is the path you took")
    expect(picture).to_be_visible()
    assert picture.locator("text").all_text_contents() == ["1", "2", "3"]
    place.get_by_text("The map as a list").click()
    expect(place.get_by_text("Leads to an ending you haven't seen.")).to_have_count(2)
    place.get_by_role("button", name="Play again").click()
    expect(place.get_by_role("group", name="What do you do with it?")).to_be_visible()


def test_a_map_fills_up_with_what_was_met_another_time(page: Page, server: Server):
    place = simulation(open_notebook(page, server.address(LESSON)))
    place.get_by_role("button", name="Begin").click()
    for last in ("What she asked and was told.", "Only that the week was quiet."):
        decide(place, "Give it back, and say why.")
        decide(place, "Go over what there is, near her.")
        decide(place, last)
        if last.startswith("What"):
            expect(place.get_by_text("You've seen 1 of 3")).to_be_visible()
            place.get_by_role("button", name="Play again").click()
    expect(place.get_by_text("You've seen 2 of 3")).to_be_visible()
    expect(place.locator("rect.casebook-map-met, .casebook-map-met rect")).to_have_count(1)
