"""A trainee takes a check to its score: answers, restart, reload, submit; then nbgrader grades it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Server
from lab import CHECK, group, item_panel, open_notebook, ready, saved, tab_to
from playwright.sync_api import Locator, Page, expect

from casebook.kinds import KINDS
from casebook.kinds.base import Field, Given
from casebook.kinds.several import SeveralItem
from grading import bank
from grading.nbgrader_steps import Steps
from running.ways import RIGHT

pytestmark = pytest.mark.one_page

SLUG = "partner-violence"
SEVERAL = next(item for item in bank.items(SLUG).values() if isinstance(item, SeveralItem))


def answers() -> dict[str, Given]:
    """One option more than is right in the first choose-several item; everything else as the bank has it."""
    given = {key: dict(RIGHT(item) or {}) for key, item in bank.items(SLUG).items()}
    wrong = next(option.id for option in SEVERAL.options if not option.right)
    given[SEVERAL.id]["choices"] = [*given[SEVERAL.id]["choices"], wrong]
    return given


def panels(notebook: Locator) -> list[Locator]:
    return notebook.locator(".casebook-item").all()


def in_order(folder: Path) -> list[str]:
    return [item["id"] for item in json.loads((folder / SLUG / "items.json").read_text())["items"]]


def places(panel: Locator, item_id: str) -> Iterator[tuple[Locator, Field, list[str]]]:
    """Each field of an item, with its place on the page and what is to be chosen there."""
    item = bank.items(SLUG)[item_id]
    fields = KINDS[item.kind].fields(item.public())
    within = panel.locator("fieldset fieldset").all() if len(fields) > 1 else [panel]
    for place, field in zip(within, fields, strict=True):
        chosen = answers()[item_id][field.name]
        yield place, field, chosen if isinstance(chosen, list) else [chosen]


def answer_by_keyboard(page: Page, panel: Locator, item_id: str) -> None:
    """Tab to each group; arrows and the space bar do the rest."""
    for place, field, chosen in places(panel, item_id):
        ids = [id for id, _ in field.options]
        controls = place.locator("input")
        if field.control == "text":
            tab_to(page, place.locator("textarea"))
            page.keyboard.type(chosen[0])
            # It is kept when the field is left.
            page.keyboard.press("Tab")
            page.keyboard.press("Shift+Tab")
        elif field.control == "one":
            (at,) = (ids.index(id) for id in chosen)
            tab_to(page, controls.first)
            page.keyboard.press("Space")
            for _ in range(at):
                page.keyboard.press("ArrowDown")
            expect(controls.nth(at)).to_be_checked()
        else:
            for id in sorted(chosen):
                tab_to(page, controls.nth(ids.index(id)))
                page.keyboard.press("Space")
    expect(saved(panel)).to_be_visible()


def expect_answers(notebook: Locator, order: list[str]) -> None:
    for item_id, panel in zip(order, panels(notebook), strict=True):
        for place, _, chosen in places(panel, item_id):
            if place.locator("textarea").count():
                expect(place.locator("textarea")).to_have_value(chosen[0])
                continue
            ticked = [box.get_attribute("value") for box in place.locator("input").all() if box.is_checked()]
            assert ticked == sorted(chosen)
        expect(saved(panel)).to_be_visible()


def restart_kernel(page: Page) -> None:
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator("[data-command='kernelmenu:restart']").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()


def test_a_check_from_first_answer_to_score(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    order = in_order(server.folder)
    page.locator(".casebook-page .jp-Notebook-cell").first.focus()
    for item_id, panel in zip(order, panels(notebook), strict=True):
        answer_by_keyboard(page, panel, item_id)

    stale = notebook.locator(".casebook-item").first.element_handle()
    restart_kernel(page)
    page.wait_for_function("(element) => !element.isConnected", arg=stale)
    expect_answers(ready(page), order)

    page.reload()
    expect_answers(ready(page), order)

    submit(page)
    steps = Steps(server.root)
    steps.collect(SLUG)
    steps.autograde(SLUG)
    items = bank.items(SLUG)
    share = SEVERAL.outcome(answers()[SEVERAL.id]).share
    assert share is not None
    assert share < 1
    lost = (SEVERAL.marks or 0) * (1 - share)
    full = sum(item.marks for item in items.values() if not KINDS[item.kind].manual)
    assert score(server.root) == pytest.approx(full - lost, abs=0.001)


def submit(page: Page) -> None:
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Assignment List").click()
    downloaded = page.locator("#fetched_assignments_list .list_item").filter(has_text=SLUG)
    with page.expect_response(re.compile("assignments/submit")):
        downloaded.get_by_role("button", name="Submit").click()
    expect(page.locator("#submitted_assignments_list").get_by_text(SLUG).first).to_be_visible()


def score(root: Path) -> float:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root / 'grading' / 'gradebook.db'}") as gradebook:
        submissions = gradebook.assignment_submissions(SLUG)
        assert len(submissions) == 1
        return submissions[0].score


def test_a_dead_kernel_never_says_saved_and_the_answer_is_kept(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    panel = panels(notebook)[0]
    panel.get_by_role("radio").nth(1).check()
    expect(saved(panel)).to_be_visible()
    interrupt_connection(page)
    panel.get_by_role("radio").nth(2).check()
    expect(panel.get_by_role("status")).to_have_text(re.compile("^NOT saved"), timeout=10_000)
    file = server.folder / SLUG / "answers.jsonl"
    assert json.loads(file.read_text().splitlines()[-1])["given"] == {"choice": "b"}


def interrupt_connection(page: Page) -> None:
    """Cuts what the browser sends to the kernel, as a broken network does."""
    page.evaluate("WebSocket.prototype.send = () => undefined")


def test_groups_are_named_by_their_questions(page: Page, server: Server):
    notebook = open_notebook(page, server.address(CHECK))
    asked = [(item, " ".join(item.stem.replace("*", "").split())) for item in bank.items(SLUG).values()]
    for question in {question for _, question in asked}:
        alike = [item for item, said in asked if said == question]
        expect(group(notebook, question)).to_have_count(len(alike))
        shown = sum(len(field.options) for item in alike for field in KINDS[item.kind].fields(item.public()))
        expect(item_panel(notebook, question).locator("input")).to_have_count(shown)
