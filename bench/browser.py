"""The rounds in a real browser: opening a notebook, and clicking in it.

Both sides go the same way. JupyterLab stands open and idle, as on the start page; then the notebook is opened by the
command that a click on its link gives, with a kernel that is not there yet, and the time runs until every item can be
used: its button and controls on the page, enabled and laid out. The clicks that follow prove that they are alive, the
last item's too. All times are taken inside the page; the driver's own are in none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page, WebSocket

from bench.items import COUNT
from bench.pages import CORE, OURS
from bench.server import Server
from bench.wire import Tally, says_idle

CLICKED = (*range(0, COUNT, 4), COUNT - 1)
"""The items that each round clicks in: across the page, and the last one."""


@dataclass(frozen=True)
class Side:
    """A notebook, and where on its page an item, its button and its feedback are.

    ``runs_itself`` where an extension runs the cells; else they are run as soon as the kernel is there.
    """

    name: str
    path: str
    item: str
    button: str
    feedback: str
    runs_itself: bool
    saved: str | None = None


SIDES = (
    Side("ours", OURS, ".casebook-item", ".casebook-main", ".casebook-feedback", True, "[role=status]"),
    Side("core", CORE, ".bench-item", ".widget-button", ":scope > .widget-html:last-child", False),
)

# As the course's extension waits before it runs the cells, so is the core side made to wait, and for no more.
_OPEN = """async ({ path, item, button, count, runsItself, patience }) => {
  const { commands } = window.jupyterapp;
  const from = performance.now();
  const panel = await commands.execute("docmanager:open", { path });
  const answered = (async () => {
    await panel.context.ready;
    await panel.sessionContext.ready;
    await panel.sessionContext.session?.kernel?.info;
    if (!runsItself) commands.execute("notebook:run-all-cells");
    return performance.now();
  })();
  const laidOut = (element) => element && !element.disabled && element.checkVisibility();
  const usable = (each) => laidOut(each.querySelector(button)) && [...each.querySelectorAll("input")].some(laidOut);
  const ready = () => {
    const items = [...panel.node.querySelectorAll(item)];
    return items.length === count && items.every(usable);
  };
  while (!ready()) {
    if (performance.now() - from > patience) throw new Error(`${path} could not be used in time`);
    await new Promise(requestAnimationFrame);
  }
  const end = performance.now();
  return { open: end - from, run: end - (await answered) };
}"""

# The clock runs from the click itself (as the browser dates it) to the change of the page.
_WATCH = """(item, { target, place, words, patience }) => {
  const [clicked, said] = [item.querySelector(target), item.querySelector(place)];
  const isSaid = () => said.textContent.trim().startsWith(words) && said.textContent.trim() !== "";
  globalThis.benchTook = new Promise((resolve, reject) => {
    let from;
    setTimeout(() => reject(new Error(`a click was not answered: ${said.textContent}`)), patience);
    clicked.addEventListener("click", (event) => (from ??= event.timeStamp), { capture: true, once: true });
    new MutationObserver(() => {
      if (from !== undefined && isSaid()) resolve(performance.now() - from);
    }).observe(said, { childList: true, subtree: true, characterData: true });
  });
  globalThis.benchTook.catch(() => undefined); // whoever waits for it hears of it
}"""

_PATIENCE = 60_000  # ms; what takes longer is broken, not slow
_PRESS = 80  # ms that a finger holds the button down: what the page does at the press is over when it is let go

# Whoever clicks has read the item first: it has long been scrolled to, and drawn.
_SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


class Line:
    """The kernel's websocket as a page opens it, and what has gone over it."""

    def __init__(self, page: Page) -> None:
        self.tally = Tally()
        self.sockets: list[WebSocket] = []
        page.on("websocket", self._opened)

    def _opened(self, socket: WebSocket) -> None:
        if "/api/kernels/" in socket.url:
            self.sockets.append(socket)
            socket.on("framesent", self.tally.add)
            socket.on("framereceived", self.tally.add)

    @contextmanager
    def until_idle(self) -> Iterator[None]:
        """Waits after what is done within until the kernel has said that it is done with it."""
        with self.sockets[-1].expect_event("framereceived", says_idle):
            yield


def play(context: BrowserContext, server: Server, side: Side) -> dict[str, list[float]]:
    """One round of ``side`` on a new page with a new kernel: each measure's samples."""
    page = context.new_page()
    try:
        page.goto(f"{server.url}lab?token={server.token}&reset")
        page.wait_for_function("() => window.jupyterapp?.restored")
        page.evaluate("() => window.jupyterapp.restored")
        line = Line(page)
        took: dict[str, float] = page.evaluate(_OPEN, _opening(side))
        counted = {"bytes": line.tally.bytes / 1000, "comms": float(line.tally.comms), **took}
        return {**{key: [value] for key, value in counted.items()}, **_click_through(page, line, side)}
    finally:
        page.close()
        stop_kernels(context, server)


def stop_kernels(context: BrowserContext, server: Server) -> None:
    """Each round begins without a kernel; the next must not share the machine with the last one's."""
    asked = {"Authorization": f"token {server.token}"}
    for session in context.request.get(f"{server.url}api/sessions", headers=asked).json():
        context.request.delete(f"{server.url}api/sessions/{session['id']}", headers=asked)


def _opening(side: Side) -> dict[str, object]:
    about = {"path": side.path, "item": side.item, "button": side.button}
    return {**about, "count": COUNT, "runsItself": side.runs_itself, "patience": _PATIENCE}


def _click_through(page: Page, line: Line, side: Side) -> dict[str, list[float]]:
    clicks, checks = [], []
    for item in map(page.locator(side.item).nth, CLICKED):
        item.scroll_into_view_if_needed()
        page.evaluate(_SETTLED)
        with line.until_idle():  # the first option is not taken as chosen until the kernel has heard of it
            if side.saved:
                clicks.append(_timed(item, "input", side.saved, "Saved"))
            else:
                item.locator("input").first.click(delay=_PRESS)
        with line.until_idle():
            checks.append(_timed(item, side.button, side.feedback, ""))
    # With core controls a click on an option saves nothing and shows nothing: its feedback is what stands against ours.
    return {"click": clicks or checks, "check": checks}


def _timed(item: Locator, target: str, place: str, words: str) -> float:
    """Milliseconds from a click on ``target`` until ``place`` begins with ``words``; with any, where they are empty."""
    item.evaluate(_WATCH, {"target": target, "place": place, "words": words, "patience": _PATIENCE})
    item.locator(target).first.click(delay=_PRESS)
    took: float = item.page.evaluate("() => globalThis.benchTook")
    return took
