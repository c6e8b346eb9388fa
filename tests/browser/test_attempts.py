"""A trainee in a class reads that another attempt is open, begins it, goes back, begins it again, and hands it in."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import faults
from conftest import Server, serve
from lab import open_notebook, ready, saved, too_wide
from playwright.sync_api import Locator, Page, expect

from casebook import results
from casebook.answers import FILE_NAME
from grading.nbgrader_steps import Steps
from tests.grading.machine import Machine

SLUG = "last"
CHECK, START = f"{SLUG}/{SLUG}-check.ipynb", "00-start.ipynb"
TITLE = "The last ladder"
OPEN = "Your instructor has opened another attempt."


@pytest.fixture(scope="module")
def in_a_class(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """What 'make learn CLASS=yes' serves of the tiny course."""
    root = Path(shutil.copytree(small_built, tmp_path_factory.mktemp("class") / "course"))
    for check in ("tiny", SLUG):
        Steps(root).generate_assignment(check)
        Steps(root).release_assignment(check)
    folder = tmp_path_factory.mktemp("class-trainee") / "my course"
    command = [sys.executable, "-m", "running.learn", "--root", str(root), "--folder", str(folder), "--class"]
    yield from serve(
        [*command, "--exchange", str(root / "exchange")], root, folder, tmp_path_factory.mktemp("class-home")
    )


def end(notebook: Locator) -> Locator:
    return notebook.locator("[data-casebook-step='handing-in']")


def questions(notebook: Locator) -> list[str]:
    return [one.strip() for one in notebook.locator(".casebook-item").all_text_contents()]


def answer_first(notebook: Locator) -> None:
    first = notebook.locator(".casebook-item").first
    first.locator("input").last.check()
    expect(saved(first)).to_be_visible()


def hand_in(notebook: Locator) -> None:
    end(notebook).get_by_role("button", name="Hand in").click()
    expect(end(notebook).get_by_role("status").filter(has_text="Handed in")).to_be_visible()


def press(page: Page, notebook: Locator, name: str) -> Locator:
    """Chooses what runs the page again; the page once it has."""
    stale = notebook.locator(".casebook-item").first.element_handle()
    end(notebook).get_by_role("button", name=name).click()
    page.wait_for_function("(element) => !element.isConnected", arg=stale)
    return ready(page)


def instructor(root: Path, *commands: str) -> None:
    """What an instructor types in the course's folder."""
    (root.parent / "home").mkdir(exist_ok=True)
    machine = Machine(root, root.parent / "home", root)
    for command in commands:
        ran = machine.run(*command.split())
        assert ran.returncode == 0, (command, ran.stderr)


def give_feedback(root: Path) -> None:
    graded = (f"python -m grading autograde --check {SLUG}", f"python -m grading feedback --check {SLUG}")
    instructor(root, f"nbgrader collect {SLUG}", *graded, f"nbgrader release_feedback {SLUG}")


def opens(root: Path) -> None:
    instructor(root, f"python -m grading attempt --check {SLUG}", f"nbgrader release_feedback {SLUG}")


def get_feedback(page: Page, server: Server, button: str) -> Locator:
    start = open_notebook(page, server.address(START))
    start.get_by_role("button", name=f"{button}: {TITLE}").click()
    expect(start.get_by_role("status").filter(has_text="Your feedback is here now.")).to_be_visible()
    return start


def test_another_attempt_from_the_feedback_to_its_handing_in(page: Page, in_a_class: Server):
    folder, root = in_a_class.folder / SLUG, in_a_class.root
    start = open_notebook(page, in_a_class.address(START))
    if start.get_by_role("button", name=f"Get the check: {TITLE}").count():
        start.get_by_role("button", name=f"Get the check: {TITLE}").click()
        expect(start.get_by_role("status").filter(has_text="The check is here now.")).to_be_visible()
    check = open_notebook(page, in_a_class.address(CHECK))
    first = questions(check)
    quiet = end(check).get_by_role("group").filter(has_text="My instructor opened another attempt")
    expect(quiet).to_be_visible()
    expect(end(check).get_by_role("button", name="Begin attempt 2")).to_be_hidden()
    answer_first(check)
    hand_in(check)
    give_feedback(root)
    get_feedback(page, in_a_class, "Get the feedback")
    opens(root)
    start = get_feedback(page, in_a_class, "Get the new feedback")
    expect(start.get_by_text("another attempt is open")).to_be_visible()
    assert faults(page) == []
    before = (folder / FILE_NAME).read_bytes()

    check = open_notebook(page, in_a_class.address(CHECK))
    expect(end(check).get_by_text(OPEN)).to_be_visible()
    expect(end(check).get_by_text("Handing them in again doesn't count.")).to_be_visible()
    assert faults(page) == []
    check = press(page, check, "Begin attempt 2")
    assert check.locator(".casebook-item input:checked").count() == 0
    assert questions(check) != first
    expect(end(check).get_by_text("This is attempt 2. Your earlier answers are kept.")).to_be_visible()
    expect(end(check).get_by_role("status").filter(has_text="You handed in your earlier answers")).to_be_visible()
    assert [path.read_bytes() for path in results.put_away(folder)] == [before]

    check = press(page, check, "Go back to my earlier answers")
    assert check.locator(".casebook-item input:checked").count() == 1
    assert (folder / FILE_NAME).read_bytes() == before

    check = press(page, check, "Begin attempt 2")
    answer_first(check)
    expect(end(check).get_by_role("button", name="Go back to my earlier answers")).to_have_count(0)
    hand_in(check)
    assert b'"attempt"' in (folder / FILE_NAME).read_bytes().splitlines()[0]
    give_feedback(root)
    assert "Attempt 2." in next((root / "grading/feedback").glob(f"*/{SLUG}/*.html")).read_text(encoding="utf-8")


def test_nothing_is_begun_while_an_answer_is_not_saved(page: Page, in_a_class: Server):
    check = open_notebook(page, in_a_class.address(CHECK))
    page.evaluate("WebSocket.prototype.send = () => undefined")
    check.locator(".casebook-item").first.locator("input").first.check()
    expect(check.get_by_role("button", name="Try again")).to_be_visible()
    before = len(results.put_away(in_a_class.folder / SLUG))
    end(check).get_by_text("My instructor opened another attempt").click()
    end(check).get_by_role("button", name="Begin attempt").click()
    expect(end(check).get_by_role("status").filter(has_text="An answer above isn't saved yet.")).to_be_visible()
    assert len(results.put_away(in_a_class.folder / SLUG)) == before


def test_it_fits_a_narrow_screen(page: Page, in_a_class: Server):
    page.set_viewport_size({"width": 400, "height": 800})
    for address in (CHECK, START):
        assert too_wide(open_notebook(page, in_a_class.address(address))) == []
