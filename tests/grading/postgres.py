"""A real PostgreSQL of one test: Debian's, reached by a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_USER = "postgres"
"""Made by Debian's package. The server refuses to run as root."""


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty database. Skips where PostgreSQL is not installed; under CI that is a failure."""
    tools = _tools()
    base = Path(tempfile.mkdtemp(prefix="casebook-pg-"))  # short: a socket's path has about a hundred characters
    try:
        if os.geteuid() == 0:
            shutil.chown(base, _USER)
        data = base / "data"
        _run(tools, "initdb", "-D", str(data), "-U", _USER, "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{base}' -c fsync=off"
        _run(tools, "pg_ctl", "-D", str(data), "-w", "-l", str(base / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://{_USER}@/{_USER}?host={base}"
        finally:
            _run(tools, "pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _tools() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    if found:
        return found[-1].parent
    words = "PostgreSQL is not installed (Debian: apt-get install postgresql)."
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)


def _run(tools: Path, name: str, *words: str) -> None:
    as_user = ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--init-groups"] if os.geteuid() == 0 else []
    ran = subprocess.run(
        [*as_user, str(tools / name), *words],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
