"""What the numbers depend on: the machine, its disk, and the versions."""

from __future__ import annotations

import os
import platform
import shutil
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import BrowserType

from bench import BenchFailed
from casebook.answers import Answer, append

_PACKAGES = ("jupyterlab", "ipywidgets", "anywidget", "ipykernel")


def about(folder: Path, chromium: str) -> dict[str, Any]:
    """Cores, versions, and what an answer that is forced to disk costs by itself in ``folder``."""
    versions = {name: version(name) for name in _PACKAGES}
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "disk_ms": round(disk(folder), 3),
        "versions": {"python": platform.python_version(), **versions, "chromium": chromium},
    }


def disk(folder: Path, times: int = 50) -> float:
    """Milliseconds to append an answer and have it on disk, the median; near 0 where the disk is only memory."""
    path = folder / "disk.jsonl"
    answer = Answer("bench", "disk", {"choice": "a"}, "2026-01-01T00:00:00.000+00:00")
    took = []
    for _ in range(times):
        start = time.perf_counter()
        append(path, answer)
        took.append((time.perf_counter() - start) * 1000)
    path.unlink()
    return median(took)


def chromium(browsers: BrowserType) -> str:
    """Where Chromium is: the machine's, else Playwright's own. Raises :class:`BenchFailed` without either."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    path = found or browsers.executable_path
    if not Path(path).is_file():
        raise BenchFailed(
            "There is no Chromium to measure in: install it ('apt-get install chromium', or "
            "'.venv/bin/python -m playwright install chromium'), then run 'make bench' again."
        )
    return path
