"""Answers from another day: of an older version of the course, and of a clock that was wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Server
from lab import LESSON, SCENARIO, open_notebook, ready, story
from playwright.sync_api import Page, expect
from trainee import Trainee, kernel

from casebook import answers
from casebook.answers import FILE_NAME, Answer, append
from casebook.kinds import KINDS
from tests.kinds_course import SLUG

pytestmark = pytest.mark.one_page

AT = "2026-02-03T09:00:00.000+00:00"


def gave(folder: Path, item: str, given: dict[str, Any], at: str = AT, rev: str | None = None) -> None:
    """An answer as it lies in the file."""
    append(folder / FILE_NAME, Answer(SLUG, f"kinds-{item}", given, at, rev))


def edit(folder: Path, item: str, **changes: Any) -> None:
    """A newer version of the course came, with changes to an item."""
    path = folder / "items.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    (found,) = [one for one in content["items"] if one["id"] == f"kinds-{item}"]
    found.update(changes)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_an_answer_to_an_older_version_is_kept_and_asked_for_again(trainee: Trainee, kinds_served: Server):
    panel = trainee.panel("single")
    trainee.gives("single", "c")
    trainee.gives("several", "a")
    gave(trainee.folder, "removed", {"choice": "a"})
    before = (trainee.folder / FILE_NAME).read_bytes()
    options = json.loads((trainee.folder / "items.json").read_text(encoding="utf-8"))["items"]
    fewer = next(one["options"][:2] for one in options if one["id"] == "kinds-single")
    edit(trainee.folder, "single", options=fewer)
    edit(trainee.folder, "several", case="There is news.")
    restart(kinds_served, trainee)
    expect(panel.get_by_text("You answered an older version of this question. That answer is kept.")).to_be_visible()
    expect(panel.locator("input:checked")).to_have_count(0)
    expect(panel.get_by_role("status")).to_have_text("")
    expect(panel.get_by_role("group")).to_have_accessible_description(re.compile("older version"))
    trainee.sees("several", "a")
    expect(trainee.panel("several").get_by_text("This question was reworded after you answered it.")).to_be_visible()
    expect(
        trainee.page.get_by_text(f"1 of {len(KINDS)} questions answered. Still open: questions 1, 3,")
    ).to_be_visible()
    assert (trainee.folder / FILE_NAME).read_bytes() == before
    trainee.gives("single", "a")
    expect(panel.get_by_text("older version")).to_be_hidden()
    restart(kinds_served, trainee)
    expect(panel.get_by_text("older version")).to_have_count(0)
    trainee.finds_everything()


def restart(server: Server, trainee: Trainee) -> None:
    """The next day: a kernel that has read nothing yet."""
    stale = trainee.panel("single").element_handle()
    kernel(server, trainee.folder).kill()
    trainee.page.wait_for_function("(element) => !element.isConnected", arg=stale)
    ready(trainee.page)


def test_times_of_a_clock_that_was_wrong_are_told_as_they_are(page: Page, kinds_served: Server, folder: Path):
    gave(folder, "single", {"choice": "a"}, at="2035-06-01T12:00:00.000+00:00")
    gave(folder, "single", {"choice": "b"}, at="1999-06-01T12:00:00.000+00:00")
    gave(folder, "several", {"choices": ["a"]}, at="at noon")
    trainee = Trainee(page, kinds_served.address(f"{folder.name}/{SLUG}-check.ipynb"), folder).opens()
    trainee.sees("single", "b")
    expect(trainee.panel("single").get_by_role("status")).to_have_text(re.compile(r"^Saved .*1999.*, .*12:00.*\. You"))
    trainee.sees("several", "a")
    expect(trainee.panel("several").get_by_role("status")).to_have_text(re.compile(r"^Saved\. You can"))


def test_a_story_that_was_changed_goes_on_from_where_it_still_fits_and_says_so(page: Page, server: Server):
    content = json.loads((server.folder / "content/partner-violence.json").read_text(encoding="utf-8"))
    (tale,) = (one for one in content["stories"] if one["id"] == SCENARIO)
    first = tale["scenes"][tale["begin"]]["choices"][0]["id"]
    given = {"playing": 1, "path": [first, "a-choice-that-was-removed"], "skipped": False, "ended": None}
    append(server.folder / FILE_NAME, Answer("partner-violence", tale["id"], given, AT))
    panel = story(open_notebook(page, server.address(LESSON)))
    expect(panel.get_by_text("This story has changed since you played it.")).to_be_visible()
    panel.get_by_role("radio").first.check()
    panel.get_by_role("button", name="This is what I do").click()
    expect(panel.get_by_text("This story has changed")).to_have_count(0)
    book = answers.read(server.folder / FILE_NAME)
    assert book.answers[0].given == given
    assert book.answers[-1].given["path"][0] == first
