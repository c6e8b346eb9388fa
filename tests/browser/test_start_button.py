"""A page that is not wholly the course's own waits for one press; the course's own never does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Server
from lab import LESSON, ready
from playwright.sync_api import Page, expect


def lesson_with(folder: Path, name: str, source: str, at: int | None = None) -> Path:
    """A copy of the lesson with one more code cell (last, or ``at`` a place), unknown to this machine's Jupyter."""
    notebook = json.loads((folder / LESSON).read_text())
    extra = {"cell_type": "code", "execution_count": None, "id": "extra", "metadata": {}, "outputs": []}
    cells = notebook["cells"]
    cells.insert(len(cells) if at is None else at, {**extra, "source": source})
    path = folder / name
    path.write_text(json.dumps(notebook))
    return path


@pytest.mark.parametrize(
    "source",
    [
        "open('ran.txt', 'w').close()",
        'import casebook; casebook.item("a", "b"); open("ran.txt", "w").close()',
        'import casebook; casebook.item("a", "b")\nopen("ran.txt", "w").close()',
    ],
    ids=["plain code", "a call with a tail", "a call with a second line"],
)
def test_foreign_code_waits_until_start_is_pressed(page: Page, server: Server, source: str):
    path = lesson_with(server.folder, "foreign.ipynb", source)
    ran = server.folder / "ran.txt"
    ran.unlink(missing_ok=True)
    page.goto(server.address(path.name))
    start = page.get_by_role("button", name="Start", exact=True)
    expect(start).to_be_visible()
    expect(page.get_by_text("Course | Idle")).to_be_visible()
    assert page.locator(".casebook").count() == 0
    assert not ran.exists()
    start.click()
    ready_panels = page.locator(".casebook-page[data-casebook-ready] .casebook-item")
    expect(ready_panels.first).to_be_visible()
    expect(start).to_have_count(0)
    assert ran.exists()
    path.unlink()


def test_a_cell_that_fails_stops_none_behind_it(page: Page, server: Server):
    path = lesson_with(server.folder, "failing.ipynb", "1 / 0", at=0)
    page.goto(server.address(path.name))
    page.get_by_role("button", name="Start", exact=True).click()
    notebook = page.locator(".casebook-page[data-casebook-ready]")
    calls = sum(cell["cell_type"] == "code" for cell in json.loads(path.read_text())["cells"]) - 1
    expect(notebook.locator(".casebook")).to_have_count(calls)
    expect(notebook.get_by_text("ZeroDivisionError").first).to_be_attached()
    path.unlink()


def test_saving_a_page_that_was_never_started_does_not_start_it_next_time(page: Page, server: Server):
    path = lesson_with(server.folder, "saved.ipynb", "open('ran.txt', 'w').close()")
    ran = server.folder / "ran.txt"
    ran.unlink(missing_ok=True)
    page.goto(server.address(path.name))
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.locator(".lm-Menu [data-command='docmanager:save']").click()
    page.goto(server.address(path.name))
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    expect(page.get_by_text("Course | Idle")).to_be_visible()
    assert not ran.exists()
    path.unlink()


def test_a_module_planted_beside_a_lesson_is_not_imported(page: Page, server: Server):
    planted = [
        server.folder / f"{name}.py" for name in ("casebook", "anywidget", "sitecustomize", "ipykernel_launcher")
    ]
    for path in planted:
        path.write_text(f"open({str(server.folder / 'ran.txt')!r}, 'w').close()\n")
    (server.folder / "ran.txt").unlink(missing_ok=True)
    try:
        copy = server.folder / "copied.ipynb"
        copy.write_text((server.folder / LESSON).read_text())
        page.goto(server.address(copy.name))
        ready(page)
        assert not (server.folder / "ran.txt").exists()
        copy.unlink()
    finally:
        for path in planted:
            path.unlink()


def test_other_peoples_notebooks_are_left_alone(page: Page, server: Server):
    notebook = json.loads((server.folder / LESSON).read_text())
    del notebook["metadata"]["casebook"]
    path = server.folder / "other.ipynb"
    path.write_text(json.dumps(notebook))
    page.goto(server.address(path.name))
    expect(page.locator(".jp-NotebookPanel .jp-CodeCell").first).to_be_attached()
    expect(page.get_by_text("Course | Idle")).to_be_visible()
    assert page.locator(".casebook-page, .casebook").count() == 0
    path.unlink()
