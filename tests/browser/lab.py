"""What browser tests do in JupyterLab, in the words of whoever sits before it."""

from __future__ import annotations

import re
import time
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Locator, Page, expect

from casebook import engine
from casebook.prose import to_text
from casebook.story import Story

LESSON = "09-partner-violence.ipynb"
CHECK = "partner-violence/partner-violence-check.ipynb"
SCENARIO = "should-a-dialogue-be-offered"


OPEN_HERE = """async (path) => {
  const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentWindow");
  const bent = [WebSocket.prototype.send, get].some((one) => !/native code/.test(one));
  if (!window.jupyterapp || bent) return false;
  for (const one of [...window.jupyterapp.shell.widgets("main")]) one.dispose();
  // Its list of files looks again every few seconds, and complains of a folder that a test has taken away.
  await window.jupyterapp.commands.execute("filebrowser:go-to-path", { path: "/", dontShowBrowser: true });
  if (path) await window.jupyterapp.commands.execute("docmanager:open", { path });
  return true;
}"""
"""Closes what is open in JupyterLab, and opens a notebook; false where JupyterLab isn't, or a test bent it."""


def open_notebook(page: Page, address: str) -> Locator:
    """Opens a course notebook and waits until every panel in it can be used.

    In a page where a test has opened one before, it replaces that: starting JupyterLab takes several times as long.
    """
    about = urlsplit(address)
    here = page.url.startswith(f"{about.scheme}://{about.netloc}/lab")  # with nothing open, it ends there
    if here and page.evaluate(OPEN_HERE, unquote(about.path.partition("/lab/tree/")[2])):
        return ready(page)
    page.goto(address)
    return ready(page)


def ready(page: Page, holding: str = "*") -> Locator:
    """The notebook on show, once every panel in it can be used; ``holding``: what tells it from the one before it."""
    notebook = page.locator(".casebook-page:not(.lm-mod-hidden)").filter(has=page.locator(holding))
    expect(notebook).to_have_attribute("data-casebook-ready", re.compile(r"\d+"), timeout=60_000)
    # JupyterLab attaches cells bit by bit: the extension says how many it has run.
    expect(notebook.locator(".casebook")).to_have_count(int(notebook.get_attribute("data-casebook-ready") or 0))
    return notebook


def group(notebook: Locator, question: str) -> Locator:
    """The item or decision with this question, by its accessible name."""
    return notebook.get_by_role("group", name=question)


def saved(panel: Locator) -> Locator:
    """The word that an answer is on disk."""
    return panel.get_by_role("status").filter(has_text=re.compile(r"^Saved"))


def item_panel(notebook: Locator, question: str) -> Locator:
    """The whole panel of the item with this question."""
    return notebook.locator(".casebook-item").filter(has=notebook.page.get_by_role("group", name=question))


def story(notebook: Locator) -> Locator:
    """The panel of the scenario that these tests play."""
    return notebook.locator(f'[data-casebook-step="{SCENARIO}"] .casebook-story')


def take(notebook: Locator, choice: str) -> None:
    """Takes a decision of that scenario with the mouse."""
    decide(story(notebook), choice)


def decide(place: Locator, choice: str) -> None:
    """Takes a decision of the story in ``place`` with the mouse."""
    radio = place.get_by_role("radio", name=choice, exact=True)
    radio.check()
    place.get_by_role("button", name="This is what I do").click()
    expect(radio).to_have_count(0)


def play(place: Locator, story: Story, telling: int, path: tuple[str, ...]) -> None:
    """Begins the story in ``place`` and takes a path through it."""
    place.get_by_role("button", name="Begin", exact=True).click()
    for choice in texts(story, telling, path):
        decide(place, choice)


def texts(story: Story, telling: int, path: tuple[str, ...]) -> list[str]:
    """The words of the choices on a path, as they stand on the page."""
    state = engine.replay(story, telling, path)
    return [" ".join(to_text(step.choice.text).split()) for step in engine.steps(story, state)]


def step(notebook: Locator, id: str) -> Locator:
    """The whole panel of an item or a story."""
    return notebook.locator(f"[data-casebook-step='{id}']")


def cells(page: Page) -> list[str]:
    """What JupyterLab has of the notebook: each cell's type and source."""
    script = """() => {
      const panel = document.querySelector('.casebook-page:not(.lm-mod-hidden)');
      return [...panel.querySelectorAll('.jp-Notebook-cell')].map((cell) =>
        [...cell.classList].filter((name) => /Cell$/.test(name)).join() + ':' + cell.textContent.slice(0, 60));
    }"""
    found: list[str] = page.evaluate(script)
    return found


def tab_to(page: Page, target: Locator, most: int = 60) -> None:
    """Presses Tab until ``target`` has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"{most} times Tab never came to {target}")


def tree(part: Locator) -> str:
    """What a screen reader is told of a part of the page; a part that is drawn again while it is read says nothing."""
    end = time.monotonic() + 15
    while not (told := part.aria_snapshot()):
        assert time.monotonic() < end, "it says nothing"
        part.page.wait_for_timeout(100)
    return told


def unfolded(details: Locator) -> Locator:
    """A part of the page that can be folded, once it is open."""
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details


def too_wide(notebook: Locator, parts: str = ".casebook") -> list[str]:
    """The beginnings of the parts of a notebook that need sideways scrolling, once JupyterLab has laid it out."""
    end = time.monotonic() + 5  # it lays cells out bit by bit, and does not say when it is done
    while (found := _too_wide(notebook, parts)) and time.monotonic() < end:
        notebook.page.wait_for_timeout(200)
    return found


def _too_wide(notebook: Locator, parts: str) -> list[str]:
    found: list[str] = notebook.locator(parts).evaluate_all(
        """(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1)
                       .map((one) => one.textContent.slice(0, 60))"""
    )
    return found
