"""A trainee at a check of every kind, who remembers each answer that the page called saved."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from lab import item_panel, open_notebook, ready
from playwright.sync_api import Locator, Page, expect

from casebook.kinds import KINDS
from casebook.prose import to_text

if TYPE_CHECKING:
    from conftest import Server

SLOW = 60_000  # ms: a server, or a kernel and all its panels, is started anew


@dataclass
class Trainee:
    """Who sits before ``page``; the answers of the check are kept in ``folder``."""

    page: Page
    address: str
    folder: Path
    acknowledged: list[tuple[str, Any]] = field(default_factory=list)

    def opens(self) -> Trainee:
        """Opens the check and waits until every panel in it can be used."""
        # JupyterLab's own words about servers and kernels: read, and closed.
        self.page.add_locator_handler(self._dialogs, _close, no_wait_after=True)
        open_notebook(self.page, self.address)
        return self

    def leaves(self) -> None:
        """Leaves the page to the next test."""
        self.page.remove_locator_handler(self._dialogs)

    def reloads(self) -> None:
        """Reloads the page."""
        self.page.reload()
        self._ready()

    def gives(self, kind: str, value: str, timeout: float = 15_000) -> None:
        """Gives an answer, waits for "Saved", and remembers it."""
        self.tries(kind, value)
        self.hears_saved(kind, value, timeout)

    def tries(self, kind: str, value: str) -> None:
        """Gives an answer and waits for nothing."""
        place = self.panel(kind)
        if kind == "written":
            place.get_by_role("textbox").fill(value)
        else:
            place.locator(f"input[value='{value}']").check()

    def hears_saved(self, kind: str, value: str, timeout: float = SLOW) -> None:
        """Waits until the page says that an answer is saved, which it then is."""
        expect(self.panel(kind).locator(".casebook-status")).to_contain_text("Saved", timeout=timeout)
        self.acknowledged.append((f"kinds-{kind}", _given(kind, value)))
        assert self.acknowledged[-1] in self.kept()

    def hears_not_saved(self, kind: str, value: str, words: str = "") -> None:
        """Waits until the page says that an answer is NOT saved; it is not, and still stands on the page."""
        status = self.panel(kind).get_by_role("status")
        expect(status).to_have_text(re.compile(f"^NOT saved.*{re.escape(words)}"), timeout=10_000)
        assert (f"kinds-{kind}", _given(kind, value)) not in self.kept()
        self.sees(kind, value)

    def tries_again(self, kind: str) -> None:
        """Presses the button beside "NOT saved"."""
        self.panel(kind).get_by_role("button", name="Try again").click()

    def sees(self, kind: str, value: str) -> None:
        """An answer stands on the page."""
        place = self.panel(kind)
        if kind == "written":
            expect(place.get_by_role("textbox")).to_have_value(value)
        else:
            expect(place.locator(f"input[value='{value}']")).to_be_checked()

    def finds_everything(self) -> None:
        """Opens the check anew: each answer that was called saved is in the file, and the last ones on the page."""
        self.page.goto(self.address)
        self._ready()
        kept = iter(self.kept())
        assert all(one in kept for one in self.acknowledged), "an acknowledged answer is missing, or out of order"
        for item, given in dict(self.acknowledged).items():
            kind = item.removeprefix("kinds-")
            for value in _values(given):
                self.sees(kind, value)
            expect(self.panel(kind).locator(".casebook-status")).to_contain_text("Saved")

    def kept(self) -> list[tuple[str, Any]]:
        """The whole lines of the answers file: item and answer."""
        return kept(self.folder)

    def panel(self, kind: str) -> Locator:
        """The panel of the kind's item."""
        shown = self.page.locator(".casebook-page:not(.lm-mod-hidden)")
        return item_panel(shown, to_text(KINDS[kind].examples()[0].stem))

    def _ready(self) -> None:
        ready(self.page)

    @property
    def _dialogs(self) -> Locator:
        return self.page.locator(".jp-Dialog")


def kept(folder: Path) -> list[tuple[str, Any]]:
    """The whole lines of the answers file in ``folder``: item and answer."""
    path = folder / "answers.jsonl"
    found = []
    for line in path.read_bytes().splitlines() if path.exists() else []:
        try:
            record = json.loads(line)
        except ValueError:
            continue  # a torn line
        found.append((record["id"], record["given"]))
    return found


def comes_to_keep(page: Page, folder: Path, answer: tuple[str, Any]) -> None:
    """Waits until an answer is in the file, whatever the page says."""
    end = time.monotonic() + 15
    while answer not in kept(folder):
        assert time.monotonic() < end, "it was never kept"
        page.wait_for_timeout(100)


def kernel(server: Server, folder: Path) -> psutil.Process:
    """The process of the kernel that works in ``folder``."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    (found,) = [one for one in children if "ipykernel_launcher" in one.cmdline() and one.cwd() == str(folder)]
    return found


def _close(dialog: Locator) -> None:
    dialog.last.locator(".jp-Dialog-button").last.click()


def _given(kind: str, value: str) -> Any:
    return {"single": {"choice": value}, "several": {"choices": [value]}, "written": {"text": value}}[kind]


def _values(given: dict[str, Any]) -> list[str]:
    return [one for value in given.values() for one in (value if isinstance(value, list) else [value])]
