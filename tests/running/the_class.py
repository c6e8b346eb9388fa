"""The demonstration as its user runs it, for tests: one command, in a folder and a home of its own."""

from __future__ import annotations

import subprocess
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


def play(folder: Path, home: Path) -> TheClass:
    """Runs the demonstration in ``folder``."""
    home.mkdir()
    machine = Machine(ROOT, home, home)
    ran = machine.run("python", "-m", "running.demo", "--folder", str(folder))
    if ran.returncode:
        pytest.fail(f"The demonstration did not run:\n{ran.stdout}{ran.stderr}")
    return TheClass(folder, home, ran)
