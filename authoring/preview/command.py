"""Begins a preview, opens the browser where there is one, and ends with Ctrl+C."""

from __future__ import annotations

import os
import signal
import sys
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from authoring import naming
from authoring.preview import subject
from authoring.preview.server import Server, place
from authoring.problems import Refused


def run(root: Path, module: str, item: str, scenario: str, *, opens: bool = True) -> int:
    """Serves until it is interrupted. Raises :class:`Refused` or :class:`BadContent` where there is nothing to show."""
    root = root.resolve()
    naming.module(root, module)
    if item and scenario:
        raise Refused("You named an item and a scenario.", "Write just one of ITEM= and SCENARIO=, or neither.")
    first = subject.item(root, module, item) if item else None
    first = subject.scenario(root, module, scenario) if scenario else first
    every = list(dict.fromkeys([*([first] if first else []), *subject.every(root, module)]))
    if not every:
        raise Refused(
            f"The module '{module}' doesn't have any items or scenarios yet.", "Begin one with make new-item."
        )
    # SIGINT too: whoever was begun in the background of a script would else ignore it.
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, _interrupt)
    with TemporaryDirectory(prefix="casebook-preview-") as folder, Server(every, Path(folder)) as server:
        address = server.address + (place(first) if first else "")
        print(f"The preview is at {address}\nSave your file, and the page updates. Press Ctrl+C here to end it.")
        sys.stdout.flush()
        if opens and _has_browser():
            webbrowser.open(address)
        try:
            server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            print("\nThe preview has ended. Nothing you answered in it is kept.")
    return 0


def _interrupt(*_signal: object) -> NoReturn:
    raise KeyboardInterrupt


def _has_browser() -> bool:
    """Whether a page can be opened in a window, and not in the terminal that this runs in."""
    return sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
