"""A page is opened again while its kernel still runs: what is new on it is shown as everything else is."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from conftest import Server
from lab import LESSON, open_notebook, ready, step
from playwright.sync_api import Page, expect

from casebook.widgets.notice import NoticePanel
from casebook.widgets.runtime import shared_runtime

pytestmark = pytest.mark.one_page

CONTENT = "content/partner-violence.json"


@pytest.fixture
def lesson(served: Server) -> Path:
    """A copy of a lesson, with all that it plays, that is this test's alone."""
    folder = Path(mkdtemp(prefix="lesson-", dir=served.folder))
    shutil.copy(served.folder / LESSON, folder)
    shutil.copytree(served.folder / "content", folder / "content")
    return folder / LESSON


def update(lesson: Path, item: str) -> None:
    """A newer version of the course came, whose lesson has one more practice item, made like the first."""
    content_path = lesson.parent / CONTENT
    content = json.loads(content_path.read_text(encoding="utf-8"))
    first = content["practice"][0]
    content["practice"].append({**first, "id": item})
    content_path.write_text(json.dumps(content), encoding="utf-8")
    place(lesson, f'import casebook; casebook.practice("partner-violence", "{item}")')


def place(lesson: Path, call: str) -> None:
    """Puts a call before the lesson's last cell."""
    notebook: dict[str, Any] = json.loads(lesson.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "execution_count": None, "id": "new", "metadata": {}, "outputs": [], "source": call}
    notebook["cells"].insert(-1, cell)
    lesson.write_text(json.dumps(notebook), encoding="utf-8")


def test_a_question_that_an_update_added_is_shown_while_the_kernel_still_runs(page: Page, served: Server, lesson: Path):
    address = served.address(f"{lesson.parent.name}/{lesson.name}")
    open_notebook(page, address)
    update(lesson, "pv-p-new")
    notebook = open_notebook(page, address)
    expect(step(notebook, "pv-p-new").get_by_role("radio").first).to_be_visible()


def test_what_is_missing_is_said_each_time_the_page_is_opened(page: Page, served: Server, lesson: Path):
    place(lesson, 'import casebook; casebook.practice("partner-violence", "nope")')
    notebook = open_notebook(page, served.address(f"{lesson.parent.name}/{lesson.name}"))
    for _ in range(3):
        expect(step(notebook, "notice").get_by_text("nope")).to_be_visible()
        page.reload()
        notebook = ready(page)


def test_a_panel_that_comes_before_its_runtime_waits_for_it(page: Page):
    panel, runtime = NoticePanel(["It has come."]), shared_runtime()
    page.evaluate(
        LATE,
        {
            "stub": panel._esm,
            "panel": {"key": panel.key, "view": panel.view, "runtime": panel.runtime},
            "runtime": {"packed": base64.b64encode(runtime.packed).decode(), "version": runtime.version},
        },
    )
    expect(page.get_by_text("It has come.")).to_be_visible()


# A page whose widget manager has its models back only after it was asked for the runtime, as a busy kernel's has.
LATE = """async ({ stub, panel, runtime }) => {
  const model = (state) => ({ get: (name) => state[name], on() {}, off() {} });
  const packed = Uint8Array.from(atob(runtime.packed), (letter) => letter.charCodeAt(0));
  const manager = {
    restoredStatus: false,
    restored: { connect: (then) => setTimeout(() => { manager.restoredStatus = true; then(); }) },
    get_model: async () => {
      if (!manager.restoredStatus) throw new Error("widget model not found");
      return model({ ...runtime, packed });
    },
  };
  const code = await import(URL.createObjectURL(new Blob([stub], { type: "text/javascript" })));
  const shown = { ...model(panel), widget_manager: manager };
  await code.default.render({ model: shown, el: document.body });
}"""
