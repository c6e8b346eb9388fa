"""Where an agency's proxy forbids things: questions work without "blob:", and what can't be drawn can still be read."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import faults
from conftest import ROOT, Server, start, stop
from lab import open_notebook, step
from playwright.sync_api import ConsoleMessage, Page, expect

from casebook.answers import FILE_NAME
from casebook.desk import Desk
from casebook.widgets.notice import NoticePanel
from casebook.widgets.runtime import UNDRAWN
from tests import kinds_course
from tests.kinds_course import SLUG

# As strict as JupyterLab can bear: it makes functions of text (unsafe-eval), and so needs no less.
POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data:"
CHECK = f"{SLUG}/{SLUG}-check.ipynb"


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab whose every page comes with that Content-Security-Policy."""
    base = tmp_path_factory.mktemp("strict")
    root, folder, home = kinds_course.make(base / "course"), base / "learn", base / "home"
    home.mkdir()
    command = [sys.executable, "-m", "running.learn", "--root", str(root), "--folder", str(folder)]
    settings = f"--ServerApp.tornado_settings={{'headers': {{'Content-Security-Policy': \"{POLICY}\"}}}}"
    server = start(command, ROOT, folder, home, f"--ServerApp.port=0 {shlex.quote(settings)}")
    try:
        yield server
    finally:
        stop(server)


@pytest.fixture
def answers(strict: Server) -> Path:
    """The answers file of the check, with nothing in it yet."""
    path = strict.folder / SLUG / FILE_NAME
    path.unlink(missing_ok=True)
    return path


def test_no_question_needs_a_blob(page: Page, strict: Server, answers: Path):
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if _is_refusal(message) else None)
    notebook = open_notebook(page, strict.address(CHECK))
    single = step(notebook, "kinds-single")
    single.locator("input[value='b']").check()
    expect(single.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    assert json.loads(answers.read_text())["given"] == {"choice": "b"}
    assert [one for one in refused if "blob:" in one] == []


def _is_refusal(message: ConsoleMessage) -> bool:
    return message.type == "error" and "Content Security Policy" in message.text


# The element that an option is drawn in can't be made: an exception while a question is drawn.
NO_OPTIONS = """
  const real = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (value === "casebook-option" && window.broken !== false) throw new Error("no options here");
    return real.call(this, name, value);
  };
"""
# The runtime's code can't be made a function, nor be imported.
NO_FUNCTIONS = """
  const real = window.Function;
  window.Function = new Proxy(real, {
    construct(made, words) {
      if (String(words.at(-1)).includes("const made = {};")) throw new EvalError("no functions here");
      return Reflect.construct(made, words);
    },
  });
"""


# JupyterLab's own part fails: jQuery, which its widgets need, can't be loaded.
NO_JQUERY = """
  const real = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name === "type" && value === "radio") throw new Error("no jQuery here");
    return real.call(this, name, value);
  };
"""


@pytest.mark.parametrize(
    "broken", [NO_OPTIONS, NO_FUNCTIONS, NO_JQUERY], ids=["drawing fails", "the script is blocked", "widgets fail"]
)
def test_what_cannot_be_drawn_is_shown_in_its_static_form_with_one_sentence(
    page: Page, strict: Server, answers: Path, broken: str
):
    Desk(answers.parent).keep(SLUG, "kinds-single", {"choice": "b"})
    page.add_init_script(broken)
    page.goto(strict.address(CHECK))
    question = page.locator(".casebook-undrawn").filter(has=page.get_by_role("radio")).first
    expect(question.get_by_text(UNDRAWN)).to_have_count(1)
    expect(question.locator("label").first).to_be_visible()
    expect(question.locator("input:checked")).to_have_count(1)
    expect(question.get_by_text("(your answer)")).to_be_visible()
    assert faults(page) == []


def test_a_question_is_drawn_as_soon_as_it_can_be(page: Page, strict: Server, answers: Path):
    page.add_init_script(NO_OPTIONS)
    page.goto(strict.address(CHECK))
    expect(page.locator(".casebook-undrawn").first).to_be_visible()
    page.evaluate("window.broken = false; document.dispatchEvent(new CustomEvent('casebook:anew'))")
    expect(step(page.locator(".casebook-page"), "kinds-single").get_by_role("group")).to_be_visible()
    expect(page.locator(".casebook-undrawn")).to_have_count(0)
    assert not answers.exists()


def test_a_panel_whose_runtime_is_missing_says_so(page: Page):
    panel = NoticePanel(["unseen"])
    said = page.evaluate(WITHOUT_RUNTIME, {"stub": panel._esm, "runtime": panel.runtime})
    assert said == UNDRAWN


WITHOUT_RUNTIME = """async ({ stub, runtime }) => {
  const { default: widget } = await import(URL.createObjectURL(new Blob([stub], { type: "text/javascript" })));
  const el = document.createElement("div");
  const manager = { get_model: async () => { throw new Error("no such model"); } };
  await widget.render({ el, model: { get: () => runtime, widget_manager: manager } });
  return el.textContent;
}"""


def test_where_our_extension_is_missing_anywidget_shows_the_questions(page: Page, kinds_served: Server, folder: Path):
    page.route("**/extensions/casebook/**", lambda route: route.abort())
    page.goto(kinds_served.address(f"{folder.name}/{CHECK.split('/')[1]}"))
    expect(page.get_by_text("Course | Idle")).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    single = page.locator("[data-casebook-step='kinds-single']")
    single.locator("input[value='b']").check()
    expect(single.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    assert json.loads((folder / FILE_NAME).read_text())["given"] == {"choice": "b"}
