"""kill -9 at any moment, and the same command again: nothing tells that it ever happened."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from grading import bank
from tests.grading import a_class

CHECK = "first-contact"
CLASS = 60
MOMENTS = 8


class Runner:
    """What runs grading for the test, and kills it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        command = [sys.executable, "-m", "tests.grading.bulk.killed", str(root), CHECK]
        self.process = subprocess.Popen(
            command, cwd=bank.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(
        self, what: str = "autograde", *, force: bool = False, after: float | None = None, moves: int | None = None
    ) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"run": what, "force": force, "after": after, "moves": moves}) + "\n")
        self.process.stdin.flush()
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said

    def found(self) -> tuple[Any, ...]:
        return a_class.rows(self.root), a_class.notebooks(self.root), a_class.pages(self.root)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    root = a_class.course(tmp_path_factory.mktemp("killed") / "course")
    a_class.steps(root, CHECK)
    for seed in range(CLASS):
        a_class.submit(root, f"t{seed:03}", CHECK, a_class.by_chance(CHECK, seed))
    shutil.copy(root / "grading/gradebook.db", root / "empty.db")
    runner = Runner(root)
    yield runner
    runner.process.communicate(timeout=30)  # its input ends, and so does it


def afresh(root: Path) -> None:
    """Nothing is graded."""
    shutil.rmtree(root / "grading/autograded", ignore_errors=True)
    shutil.rmtree(root / "grading/feedback", ignore_errors=True)
    shutil.copy(root / "empty.db", root / "grading/gradebook.db")


@pytest.fixture(scope="module")
def undisturbed(runner: Runner) -> tuple[float, tuple[Any, ...]]:
    """How long it takes, and what comes of it."""
    afresh(runner.root)
    said = runner.run()
    assert said["ended"] == 0
    return said["seconds"], runner.found()


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_autograding_killed_at_any_moment_and_run_again(runner: Runner, undisturbed: tuple[float, Any], moment: int):
    seconds, wanted = undisturbed
    afresh(runner.root)
    chance = random.Random(moment)  # noqa: S311 - a moment, the same share of a run each time
    if over_an_old_one := moment % 4 == 0:
        assert runner.run()["ended"] == 0
    killed = runner.run(force=over_an_old_one, after=seconds * chance.uniform(0.05, 1.0))
    assert runner.run(force=over_an_old_one)["ended"] == 0
    assert runner.found() == wanted
    assert psutil.wait_procs(_living(killed["workers"]), timeout=20)[1] == []


def test_making_pages_killed_and_run_again(runner: Runner):
    afresh(runner.root)
    runner.run()
    seconds = runner.run("feedback")["seconds"]
    wanted = runner.found()
    assert len(wanted[-1]) == CLASS
    for share in (0.2, 0.5, 0.8):
        shutil.rmtree(runner.root / "grading/feedback")
        runner.run("feedback", after=seconds * share)
        assert runner.run("feedback")["ended"] == 0
        assert runner.found() == wanted


def test_what_a_killed_run_left_aside_is_taken_away(runner: Runner, undisturbed: tuple[float, Any]):
    seconds, _ = undisturbed
    afresh(runner.root)
    killed = runner.run(after=seconds * 0.6)
    psutil.wait_procs(_living(killed["workers"]), timeout=20)
    assert runner.run()["ended"] == 0
    assert [path.name for path in (runner.root / "grading/.bulk-scratch").iterdir()] == ["lock"]


@pytest.mark.parametrize("move", [1, 2, 23, CLASS])
def test_killed_between_two_trainees_folders_and_run_again(
    runner: Runner, undisturbed: tuple[float, tuple[Any, ...]], move: int
):
    afresh(runner.root)
    assert runner.run(moves=move)["ended"] == -signal.SIGKILL
    assert len(a_class.notebooks(runner.root)) == move - 1
    assert runner.run()["ended"] == 0
    assert runner.found() == undisturbed[1]


@pytest.mark.parametrize("move", [1, 2, 23, 24])
def test_graded_anew_and_killed_while_a_folder_takes_anothers_place_and_run_again(
    runner: Runner, undisturbed: tuple[float, tuple[Any, ...]], move: int
):
    afresh(runner.root)
    runner.run()
    assert runner.run(force=True, moves=move)["ended"] == -signal.SIGKILL
    between = 1 - move % 2  # the old one is away, and the new one is not there yet
    assert len(a_class.notebooks(runner.root)) == CLASS - between
    assert runner.run()["ended"] == 0
    assert runner.found() == undisturbed[1]


def _living(pids: list[int]) -> list[psutil.Process]:
    return [psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)]
