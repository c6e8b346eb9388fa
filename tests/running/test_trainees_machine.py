"""A trainee's machine for real: a copy of the repository without the keys, and an exchange that a class shares."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casebook.desk import Desk
from casebook.kinds.single import SingleItem
from grading import bank
from grading.nbgrader_steps import Steps
from running import exchange, releasing
from running.exchange import Exchange
from tests.grading import a_class
from tests.grading.machine import marks

ROOT = Path(__file__).resolve().parents[2]
CHECK = "community-advocates"
# The environment's own copy of the repository has grading/: on this machine it isn't there.
ONLY_THE_COPY = f"import sys\nsys.path[:] = [path for path in sys.path if path != {str(ROOT)!r}]\n"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Exchange:
    """The class's exchange: outside of every clone."""
    root = tmp_path_factory.mktemp("srv") / "exchange"
    root.mkdir()
    return Exchange(root, "victim-services")


@pytest.fixture(scope="module")
def instructor(shared: Exchange, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instructor's clone, from which one check is released."""
    root = a_class.course(tmp_path_factory.mktemp("instructor") / "course")
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Exchange.root = {str(shared.root)!r}\n")
    assert releasing.release(root, exchange.configured(root), [CHECK]) == [CHECK]
    return root


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trainee's machine: what a repository without ``grading/`` and ``course/source/`` holds."""
    root = tmp_path_factory.mktemp("trainee") / "course"
    left = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in ("casebook", "running", "course/modules"):
        shutil.copytree(ROOT / name, root / name, ignore=left)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "sitecustomize.py").write_text(ONLY_THE_COPY)
    return root


class Server:
    """The server that the trainee's ``make learn`` becomes."""

    def __init__(self, process: subprocess.Popen[bytes], home: Path) -> None:
        end = time.monotonic() + 120
        found = home / f"runtime/jpserver-{process.pid}.json"
        while not found.is_file() or not found.read_text().strip().endswith("}"):
            assert process.poll() is None, (home / "log").read_text()
            assert time.monotonic() < end, (home / "log").read_text()
            time.sleep(0.1)
        about = json.loads(found.read_text())
        self._url, self._token = about["url"], about["token"]

    def ask(self, path: str, method: str = "GET") -> Any:
        """What the start page asks of nbgrader's server side."""
        headers = {"Authorization": f"token {self._token}"}
        request = urllib.request.Request(f"{self._url}{path}", method=method, headers=headers)  # noqa: S310
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - it is on this machine
            return json.load(answer)


@pytest.fixture(scope="module")
def server(machine: Path, instructor: Path) -> Iterator[Server]:
    """``make learn CLASS=yes EXCHANGE=…`` on that machine, with no browser."""
    home = machine.parent / "home"
    home.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "USER") if name in os.environ}
    mine = {"HOME": str(home), "PYTHONPATH": str(machine), "JUPYTER_RUNTIME_DIR": str(home / "runtime")}
    words = ["--class", "--exchange", str(exchange.configured(instructor).root), "--folder", str(machine / "learn")]
    lab = ["--lab-args", "--no-browser --ServerApp.ip=127.0.0.1 --ServerApp.port=0"]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "running.learn", *words, *lab],
            cwd=machine,
            env=kept | mine,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Server(process, home)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def test_a_trainee_without_the_keys_fetches_answers_and_hands_in_and_is_graded(
    server: Server, machine: Path, instructor: Path
):
    assert not (machine / "grading").exists()
    assert not (machine / "course/source").exists()

    check = machine / "learn" / CHECK
    shutil.rmtree(check)  # laid out already; now as somebody gets it from the start page
    server.ask(f"assignments/fetch?course_id=victim-services&assignment_id={CHECK}", "POST")
    assert (check / f"{CHECK}-check.ipynb").is_file()

    known = [item for item in bank.items(CHECK).values() if isinstance(item, SingleItem)]
    for item in known:
        Desk(check).keep(CHECK, item.id, {"choice": min(item.right_ones())})
    handed = server.ask(f"assignments/submit?course_id=victim-services&assignment_id={CHECK}", "POST")
    assert handed["success"], handed

    steps = Steps(instructor, cache=instructor / "cache")
    steps.collect(CHECK)
    steps.autograde(CHECK)
    (got,) = marks(instructor, CHECK).values()
    assert len(known) > 3
    assert {name for name, mark in got.items() if mark} == {item.id for item in known}
