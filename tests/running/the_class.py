"""The demonstration as its user runs it, for tests: one command, in a folder and a home of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from grading.bank import ROOT
from tests.grading.machine import Machine


@dataclass(frozen=True)
class TheClass:
    """What is there after the demonstration: its folder, the user's home, and what it printed."""

    folder: Path
    home: Path
    ran: subprocess.CompletedProcess[str]

    @property
    def course(self) -> Path:
        return self.folder / "instructor"


DEMO = ("python", "-m", "running.demo")


def play(folder: Path, home: Path, root: Path = ROOT, command: Sequence[str] = DEMO) -> TheClass:
    """Runs the demonstration of the course in ``root`` in ``folder``."""
    home.mkdir()
    machine = Machine(root, home, home)
    ran = machine.run(*command, "--folder", str(folder), seconds=300)
    if ran.returncode:
        pytest.fail(f"The demonstration did not run:\n{ran.stdout}{ran.stderr}")
    return TheClass(folder, home, ran)
