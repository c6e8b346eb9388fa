"""An author edits a lesson's words in JupyterLab, in a copy, and brings them back into its text."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from conftest import Server
from lab import LESSON
from playwright.sync_api import Page, expect

from authoring.bringing import back, copying

TEXT = "course/content/partner-violence/lesson.md"


@pytest.fixture
def root(served: Server, tmp_path: Path) -> Path:
    """A course of this author's own."""
    for name in ("course", "grading"):
        shutil.copytree(served.root / name, tmp_path / "root" / name)
    return tmp_path / "root"


def test_words_edited_and_saved_in_jupyterlab_are_brought_back(page: Page, served: Server, root: Path):
    before = (root / TEXT).read_bytes()
    copy = copying.copy(root, root / "course/modules" / LESSON)
    shown = served.folder / copy.name
    shutil.copy(copy, shown)
    try:
        page.goto(served.address(copy.name))
        page.get_by_role("heading", name="The same rules still apply").dblclick()
        editor = page.locator(".jp-MarkdownCell.jp-mod-active .cm-content")
        expect(editor).to_be_visible()
        editor.press("Control+End")
        editor.press_sequentially(" And he has to be told so.")
        editor.press("Control+s")
        wait_for(page, shown, "And he has to be told so.")
        brought = back.bring(root, shown)
    finally:
        shown.unlink()
    assert len(brought.changes) == 1
    assert (brought.kept, brought.left) == ((), ())
    after = (root / TEXT).read_bytes()
    assert after.replace(b" And he has to be told so.", b"") == before != after


def wait_for(page: Page, path: Path, words: str) -> None:
    """Waits until ``words`` are in the file."""
    end = time.monotonic() + 15
    while words not in path.read_text(encoding="utf-8"):
        assert time.monotonic() < end, "it was never saved"
        page.wait_for_timeout(100)
