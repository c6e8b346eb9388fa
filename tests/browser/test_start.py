"""The start page: where the trainee stands, and a check from getting it to its feedback, by clicks alone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from axe import faults
from conftest import Server
from lab import LESSON, open_notebook, ready, saved, story, tab_to, tree
from playwright.sync_api import Locator, Page, expect

from casebook.answers import FILE_NAME
from grading.nbgrader_steps import Steps

pytestmark = pytest.mark.one_page

SLUG = "partner-violence"
START = "00-start.ipynb"
TITLE = "When the harm is partner violence"


def row(notebook: Locator) -> Locator:
    """What the list says of the module."""
    return notebook.locator(".casebook-modules > li").filter(
        has=notebook.page.get_by_role("link", name=TITLE, exact=True)
    )


def test_tells_what_comes_next_and_how_far_a_lesson_is(page: Page, server: Server):
    notebook = open_notebook(page, server.address(START))
    expect(row(notebook).get_by_text("25 minutes · Not started")).to_be_visible()
    notebook.get_by_role("link", name=TITLE).first.click()
    lesson = ready(page, ".casebook-story")
    story(lesson).get_by_role("button", name="Skip this scenario").click()
    expect(story(lesson).get_by_role("heading", name="Skipped")).to_be_visible()
    notebook = open_notebook(page, server.address(START))
    expect(row(notebook).get_by_text("1 of 6 steps done")).to_be_visible()


def test_a_check_is_got_answered_handed_in_and_its_feedback_opened(page: Page, server: Server):
    shutil.rmtree(server.folder / SLUG)
    notebook = open_notebook(page, server.address(START))
    notebook.get_by_role("button", name=f"Get the check: {TITLE}").click()
    expect(notebook.get_by_role("status").filter(has_text="The check is here now.")).to_be_visible()
    notebook.get_by_role("link", name=f"Open the check: {TITLE}").click()

    check = ready(page, ".casebook-item")
    first = check.locator(".casebook-item").first
    first.locator("input").first.check()
    expect(saved(first)).to_be_visible()
    expect(check.get_by_text("1 of 8 questions answered. Still open: questions 2, 3, 4")).to_be_visible()
    check.get_by_role("button", name="Hand in").click()
    expect(check.get_by_role("status").filter(has_text="Handed in")).to_be_visible()

    give_feedback(server.root)
    notebook = open_notebook(page, server.address(START))
    expect(row(notebook).get_by_text("handed in")).to_be_visible()
    notebook.get_by_role("button", name=f"Get the feedback: {TITLE}").click()
    paper = notebook.get_by_role("link", name=f"To print: feedback on {TITLE}")
    with page.context.expect_page() as opened:
        paper.click()
    expect(opened.value.get_by_role("heading", name=f"Feedback: {TITLE}")).to_be_visible()
    notebook.get_by_role("link", name=f"Feedback on {TITLE}", exact=True).click()
    frame = page.frame_locator(".jp-HTMLViewer iframe")
    expect(frame.get_by_role("heading", name=f"Feedback: {TITLE}")).to_be_visible()
    expect(frame.locator("[data-casebook-page] a").first).to_be_visible()


def test_a_checks_page_that_was_renamed_is_put_back_with_its_answers(page: Page, server: Server):
    folder = server.folder / SLUG
    check = open_notebook(page, server.address(f"{SLUG}/{SLUG}-check.ipynb"))
    check.locator(".casebook-item").first.locator("input").first.check()
    expect(saved(check.locator(".casebook-item").first)).to_be_visible()
    answers = (folder / FILE_NAME).read_bytes()
    renamed = (folder / f"{SLUG}-check.ipynb").rename(folder / "mine.ipynb")
    (folder / "items.json").unlink()
    try:
        notebook = open_notebook(page, server.address(START))
        expect(row(notebook).get_by_text("its page was renamed, moved or deleted")).to_be_visible()
        expect(row(notebook).get_by_role("link", name="Open the check: ")).to_have_count(0)
        notebook.get_by_role("button", name=f"Put the check back: {TITLE}").click()
        expect(notebook.get_by_role("status").filter(has_text="The check is here now.")).to_be_visible()
        notebook.get_by_role("link", name=f"Open the check: {TITLE}").click()
        check = ready(page, ".casebook-item")
        expect(check.locator(".casebook-item").first.locator("input").first).to_be_checked()
    finally:
        renamed.unlink()
    assert (folder / FILE_NAME).read_bytes() == answers


def test_a_check_that_could_not_be_fetched_is_not_said_to_be_here(page: Page, server: Server):
    shutil.rmtree(server.folder / SLUG)
    notebook = open_notebook(page, server.address(START))
    get = notebook.get_by_role("button", name=f"Get the check: {TITLE}")
    expect(get).to_be_visible()
    (server.folder / SLUG).write_text("a file where the folder should be")
    try:
        get.click()
        expect(notebook.get_by_role("status").filter(has_text="couldn't be fetched")).to_be_visible()
    finally:
        (server.folder / SLUG).unlink()
        Steps(server.folder).fetch_assignment(SLUG, server.folder)


def test_while_the_exchange_is_away_its_said_and_checks_that_are_here_open(page: Page, server: Server):
    away = server.root / "exchange"
    away.rename(server.root / "away")
    try:
        notebook = open_notebook(page, server.address(START))
        expect(notebook.get_by_role("status").filter(has_text="The class's exchange can't be reached")).to_be_visible()
        expect(notebook.get_by_role("link", name=f"Open the check: {TITLE}")).to_be_visible()
    finally:
        (server.root / "away").rename(away)


def test_a_check_is_handed_in_with_the_keyboard_alone(page: Page, server: Server):
    check = open_notebook(page, server.address(f"{SLUG}/{SLUG}-check.ipynb"))
    page.locator(".casebook-page .jp-Notebook-cell").first.focus()
    tab_to(page, check.get_by_role("button", name="Hand in"), most=80)
    page.keyboard.press("Enter")
    expect(check.get_by_role("status").filter(has_text="Handed in")).to_be_visible()


def give_feedback(root: Path) -> None:
    steps = Steps(root)
    steps.collect(SLUG)
    steps.autograde(SLUG)
    steps.generate_feedback(SLUG)
    steps.release_feedback(SLUG)


def test_a_closed_check_cannot_be_handed_in_and_says_so(page: Page, server: Server):
    outbound = server.root / "exchange/victim-services/outbound" / SLUG
    away = outbound.with_name("away")
    notebook = open_notebook(page, server.address(f"{SLUG}/{SLUG}-check.ipynb"))
    outbound.rename(away.parent.parent / "away")
    try:
        notebook.get_by_role("button", name="Hand in").click()
        expect(notebook.get_by_role("status").filter(has_text="isn't open right now")).to_be_visible()
    finally:
        (away.parent.parent / "away").rename(outbound)


def test_nothing_is_handed_in_while_an_answer_is_not_saved(page: Page, server: Server):
    notebook = open_notebook(page, server.address(f"{SLUG}/{SLUG}-check.ipynb"))
    page.evaluate("WebSocket.prototype.send = () => undefined")
    notebook.locator(".casebook-item").first.locator("input").first.check()
    expect(notebook.get_by_role("button", name="Try again")).to_be_visible()
    notebook.get_by_role("button", name="Hand in").click()
    expect(notebook.get_by_role("status").filter(has_text="Not handed in")).to_be_visible()


def test_the_course_list_is_of_the_content_laid_out(page: Page, server: Server):
    modules = json.loads((server.folder / "content/course.json").read_text())["modules"]
    notebook = open_notebook(page, server.address(START))
    expect(notebook.locator(".casebook-modules > li")).to_have_count(len(modules))
    assert (server.folder / LESSON).is_file()
    ready(page)


def test_every_link_and_button_of_the_list_says_by_itself_where_it_leads(page: Page, server: Server):
    modules = json.loads((server.folder / "content/course.json").read_text())["modules"]
    notebook = open_notebook(page, server.address(START))
    listed = notebook.locator(".casebook-modules")
    expect(listed.get_by_role("link", name="Open the check: ")).to_have_count(len(modules))
    names = [name for name in re.findall(r"- '?(?:link|button) \"(.*?)\"", tree(listed)) if name]
    assert len(names) >= len(modules) + sum(bool(module["lesson"]) for module in modules)
    assert len(set(names)) == len(names)
    assert faults(page) == []
