"""A trainee learns: opens the lesson, practises, plays the scenario, by mouse and by keyboard alone."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import Server
from lab import (
    LESSON,
    SCENARIO,
    cells,
    group,
    item_panel,
    open_notebook,
    ready,
    saved,
    story,
    tab_to,
    take,
    texts,
    unfolded,
)
from playwright.sync_api import Page, expect

from authoring import course
from authoring.course import Scenario
from casebook.story import Walk

pytestmark = pytest.mark.one_page


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    module = next(m for m in course.read(Path(__file__).resolve().parents[2]).modules if m.slug == "partner-violence")
    return next(each for each in module.scenarios if each.story.id == SCENARIO)


def words(scenario: Scenario, walk: Walk) -> list[str]:
    """The texts of a walk's choices, as they stand on the page."""
    tellings = [telling.id for telling in scenario.story.tellings]
    return texts(scenario.story, tellings.index(walk.telling), walk.choices)


def first_telling(scenario: Scenario, *, unsafe: bool) -> Walk:
    telling = scenario.story.tellings[0].id
    return next(w for w in scenario.walks if w.telling == telling and bool(w.unsafe) == unsafe)


def test_opens_ready_to_use_with_no_code_in_sight(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    expect(notebook.locator(".jp-CodeCell .jp-InputArea-editor").first).to_be_hidden()
    assert "import casebook" not in notebook.inner_text()
    expect(page.get_by_text("Would you like to get notified")).to_have_count(0)
    assert notebook.locator(".casebook-item").count() >= 5


def test_practice_tells_what_is_right_and_why(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    question = "What do you tell her?"
    panel = item_panel(notebook, question)
    panel.get_by_label("Keep working on it").check()
    expect(saved(panel)).to_be_visible()
    panel.get_by_role("button", name="Check my answer").click()
    feedback = panel.get_by_role("heading", name="Not quite.")
    expect(feedback).to_be_focused()
    expect(panel.get_by_text("You didn't choose this: it is right.")).to_be_visible()
    panel.get_by_label("It starts with the person you hurt").check()
    panel.get_by_role("button", name="Check my answer").click()
    expect(panel.get_by_role("heading", name="That's right.")).to_be_focused()


def test_the_scenario_is_played_to_an_ending_by_mouse(page: Page, server: Server, scenario: Scenario):
    notebook = open_notebook(page, server.address(LESSON))
    walk = first_telling(scenario, unsafe=False)
    story(notebook).get_by_role("button", name="Begin").click()
    for choice in words(scenario, walk):
        take(notebook, choice)
    ending = scenario.story.scenes[walk.ends].ending
    expect(story(notebook).get_by_role("heading", name=f"Debrief: {ending}")).to_be_visible()
    expect(story(notebook).locator(".casebook-steps > li")).to_have_count(len(walk.choices))
    expect(story(notebook).get_by_text("Not safe")).to_have_count(0)


def test_an_unsafe_act_is_named_in_the_debrief_and_can_be_gone_back_to(page: Page, server: Server, scenario: Scenario):
    notebook = open_notebook(page, server.address(LESSON))
    walk = first_telling(scenario, unsafe=True)
    story(notebook).get_by_role("button", name="Begin").click()
    for choice in words(scenario, walk):
        take(notebook, choice)
    expect(story(notebook).get_by_text("On this path, you chose to:")).to_be_visible()
    expect(story(notebook).locator(".casebook-unsafe li")).to_have_count(walk.unsafe)
    story(notebook).get_by_role("button", name="Go back to decision 1").click()
    begin = scenario.story.scenes[scenario.story.begin]
    expect(story(notebook).get_by_role("heading", name=begin.title)).to_be_focused()


def test_a_reload_in_the_middle_of_the_story_goes_on_where_it_was(page: Page, server: Server, scenario: Scenario):
    notebook = open_notebook(page, server.address(LESSON))
    walk = first_telling(scenario, unsafe=False)
    story(notebook).get_by_role("button", name="Begin").click()
    for choice in words(scenario, walk)[:2]:
        take(notebook, choice)
    heading = story(notebook).get_by_role("heading", level=4).last.inner_text()
    page.reload()
    notebook = ready(page)
    expect(story(notebook).get_by_role("heading", name=heading)).to_be_visible()
    kept = [json.loads(line) for line in (server.folder / "answers.jsonl").read_text().splitlines()]
    assert kept[-1]["given"]["path"] == list(walk.choices[:2])


@pytest.mark.parametrize("width", [1280, 400])
def test_the_people_of_a_story_are_listed_one_below_the_other(page: Page, server: Server, width: int):
    page.set_viewport_size({"width": width, "height": 860})
    who = unfolded(story(open_notebook(page, server.address(LESSON))).locator("details", has_text="Who's who"))
    expect(who.locator("dd").last).to_be_visible()
    lines = who.locator("dt, dd").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).map(({ top, bottom, width }) => [top, bottom, width])"
    )
    assert all(above[1] <= below[0] + 1 for above, below in pairwise(lines)), lines
    assert min(line[2] for line in lines) > width / 4


def test_the_scenario_can_be_skipped_and_played_after_all(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    story(notebook).get_by_role("button", name="Skip this scenario").click()
    expect(story(notebook).get_by_role("heading", name="Skipped")).to_be_focused()
    story(notebook).get_by_role("button", name="Play it after all").click()
    expect(group(notebook, "What do you tell Neil?")).to_be_visible()


def test_everything_can_be_done_with_the_keyboard_alone(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    panel = notebook.locator(".casebook-item").first
    tab_to(page, panel.get_by_role("radio").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(panel.get_by_role("radio").nth(1)).to_be_checked()
    expect(saved(panel)).to_be_visible()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Check my answer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.locator(".casebook-feedback h3")).to_be_focused()
    tab_to(page, story(notebook).get_by_role("button", name="Begin"))
    page.keyboard.press("Enter")
    expect(story(notebook).get_by_role("heading", level=4).first).to_be_focused()
    decisions = 0
    while story(notebook).get_by_role("radio").count():
        radio = story(notebook).get_by_role("radio").first
        tab_to(page, radio)
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        expect(story(notebook).get_by_role("button", name="This is what I do")).to_be_focused()
        page.keyboard.press("Space")
        expect(story(notebook).get_by_role("heading", name="What happens")).to_be_focused()
        decisions += 1
        assert decisions < 12
    expect(story(notebook).get_by_role("heading", name="Debrief:")).to_be_visible()
    assert decisions >= 3


def test_keys_typed_in_a_control_change_no_cell(page: Page, server: Server):
    notebook = open_notebook(page, server.address(LESSON))
    panel = notebook.locator(".casebook-item").first
    keys = ["a", "b", "x", "d", "d", "m", "y", "z", "0", "0", "Space", "ArrowDown", "ArrowUp", "Enter", "Shift+Enter"]
    before = cells(page)
    for control in (panel.get_by_role("radio").first, panel.get_by_role("button"), story(notebook).locator("summary")):
        control.first.focus()
        for key in keys:
            page.keyboard.press(key)
    notebook.locator(".jp-MarkdownCell").first.focus()
    for key in keys:
        page.keyboard.press(key)
    feedback_gone = [cell for cell in cells(page) if not cell.startswith("jp-CodeCell")]
    assert feedback_gone == [cell for cell in before if not cell.startswith("jp-CodeCell")]
    assert len(cells(page)) == len(before)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_story_in_two_tabs_stands_in_both_where_it_was_taken(page: Page, server: Server, scenario: Scenario):
    first = story(open_notebook(page, server.address(LESSON)))
    other = story(open_notebook(page.context.new_page(), server.address(LESSON)))
    first.get_by_role("button", name="Begin").click()
    choice, *_ = words(scenario, first_telling(scenario, unsafe=False))
    other.get_by_role("radio", name=choice, exact=True).check()
    other.get_by_role("button", name="This is what I do").click()
    expect(first.get_by_role("heading", name="What happens")).to_be_visible()
    expect(other.get_by_role("heading", name="What happens")).to_be_focused()
