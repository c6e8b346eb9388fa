"""The disk is full, the folder cannot be written to: it is said at once, and what was saved stays whole."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import ROOT, Server, serve
from disks import Disk, Limit, SmallDisk, bound_by_permissions, may_mount, small_disk
from lab import item_panel, open_notebook
from playwright.sync_api import Page, expect
from trainee import Trainee, kernel

from casebook import answers
from casebook.answers import Answer
from casebook.kinds import KINDS
from casebook.prose import to_text
from tests.kinds_course import CHECK, LESSON, SLUG

pytestmark = pytest.mark.one_page

LONG = "It was long, and it did not fit. " * 300


def ways() -> list[str]:
    """The ways to fill a disk on this machine."""
    with TemporaryDirectory() as folder:
        return ["a small disk", "a limit"] if may_mount(Path(folder)) else ["a limit"]


@pytest.fixture(params=ways())
def disk(request: pytest.FixtureRequest, folder: Path) -> Iterator[Disk]:
    with ExitStack() as mounted:
        if request.param == "a small disk":
            mounted.enter_context(small_disk(folder))
            yield SmallDisk()
        else:
            yield Limit()


def test_on_a_full_disk_it_is_said_at_once_and_saved_when_there_is_room(
    disk: Disk, trainee: Trainee, kinds_served: Server
):
    trainee.gives("single", "a")
    process = kernel(kinds_served, trainee.folder)
    disk.fill(process)
    trainee.tries("written", LONG)
    trainee.hears_not_saved("written", LONG, "The disk is full. Free up some space, then choose Try again.")
    trainee.tries_again("written")
    trainee.hears_not_saved("written", LONG, "The disk is full.")
    assert trainee.kept() == trainee.acknowledged
    disk.make_room(process)
    trainee.tries_again("written")
    trainee.hears_saved("written", LONG)
    trainee.gives("single", "b")
    trainee.finds_everything()
    torn = answers.read(trainee.folder / answers.FILE_NAME).unreadable
    assert torn, "the disk was full in the middle of a line"
    expect(trainee.page.get_by_text("can't be read and was skipped. Nothing was deleted.")).to_be_visible()


@pytest.fixture
def protected(kinds_served: Server, tmp_path: Path) -> Iterator[Server]:
    """A server that is refused what permissions refuse, on a folder of its own."""
    folder = tmp_path / "course"
    shutil.copytree(kinds_served.folder, folder, ignore=shutil.ignore_patterns("answers.jsonl", "check-*"))
    learn = [sys.executable, "-m", "running.learn", "--root", str(kinds_served.root), "--folder", str(folder)]
    home = tmp_path / "home"
    home.mkdir()
    yield from serve([*bound_by_permissions(), *learn], ROOT, folder, home)
    protect(folder, False)


def protect(folder: Path, on: bool) -> None:
    """Takes from everything in ``folder`` the right to be written, or gives it back."""
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode & ~0o222 if on else mode | 0o200)


def test_in_a_folder_that_becomes_read_only_it_is_said_at_once(page: Page, protected: Server):
    folder = protected.folder / SLUG
    trainee = Trainee(page, protected.address(CHECK), folder).opens()
    trainee.gives("single", "a")
    protect(folder, True)
    trainee.tries("single", "b")
    trainee.hears_not_saved("single", "b", "This folder can't be written to. Ask whoever set up the course;")
    trainee.finds_everything()
    trainee.tries("several", "c")
    trainee.hears_not_saved("several", "c", "This folder can't be written to.")
    protect(folder, False)
    trainee.tries_again("several")
    trainee.hears_saved("several", "c")
    trainee.finds_everything()


def test_a_read_only_lesson_shows_everything_and_complains_only_when_an_answer_is_given(page: Page, protected: Server):
    file = protected.folder / answers.FILE_NAME
    answers.append(file, Answer(SLUG, "kinds-p-single", {"choice": "b"}, "2026-02-03T09:00:00.000+00:00"))
    before = file.read_bytes()
    protect(protected.folder, True)
    notebook = open_notebook(page, protected.address(LESSON))
    expect(notebook.locator(".casebook-item")).to_have_count(len(KINDS) - 1)  # a simulation is a story
    panel = item_panel(notebook, to_text(KINDS["single"].examples()[0].stem))
    expect(panel.locator("input[value='b']")).to_be_checked()
    expect(page.get_by_text("NOT saved")).to_have_count(0)
    expect(notebook.locator(".casebook-notice[data-alarm='true']")).to_have_count(0)
    panel.locator("input[value='c']").check()
    expect(panel.get_by_role("status")).to_contain_text("NOT saved. This folder can't be written to.")
    expect(panel.locator("input[value='c']")).to_be_checked()
    assert file.read_bytes() == before
