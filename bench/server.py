"""JupyterLab as ``make learn`` starts it, on a free port of this machine alone, for as long as it is measured."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import BenchFailed
from bench.pages import ROOT

_PATIENCE = 120  # seconds
# The page's own script opens notebooks by JupyterLab's commands, so it needs the application at hand.
_FLAGS = "--no-browser --ServerApp.ip=127.0.0.1 --ServerApp.port=0 --LabApp.expose_app_in_browser=True"


@dataclass(frozen=True)
class Server:
    """A running JupyterLab: its address, its token, the folder it serves."""

    url: str
    token: str
    folder: Path


@contextmanager
def serve(course: Path, folder: Path, home: Path) -> Iterator[Server]:
    """The course in ``course`` laid out in ``folder`` and served; ``home`` is for what is kept beside it.

    Raises :class:`BenchFailed` where it does not start.
    """
    command = [sys.executable, "-m", "running.learn", "--root", str(course), "--folder", str(folder)]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--lab-args", _FLAGS],
            cwd=ROOT,
            env=_environment(home),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            about = _wait(process, home)
            yield Server(about["url"], about["token"], folder)
        finally:
            _stop(process)


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the user's own settings or workspaces."""
    kept = {name: os.environ[name] for name in ("PATH", "SSL_CERT_FILE", "LANG") if name in os.environ}
    return {**kept, "HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime"), "TMPDIR": str(home)}


def _wait(process: subprocess.Popen[bytes], home: Path) -> dict[str, Any]:
    path = home / "runtime" / f"jpserver-{process.pid}.json"
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(FileNotFoundError, ValueError):  # not there yet, or being written
            about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return about
        time.sleep(0.1)
    said = (home / "server.log").read_text(encoding="utf-8", errors="replace")[-2000:]
    raise BenchFailed(f"JupyterLab did not start. What it said last:\n{said}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    # Its own session: the kernels it started go with it.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
