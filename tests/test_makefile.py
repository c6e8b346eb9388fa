from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = {"python": "-m authoring check", "ruff": "check .", "mypy": ""}


def check(tmp_path: Path, failing: str = "") -> tuple[int, str]:
    """``make check`` with tools that only say what they are asked, of which one may fail: its exit code and words."""
    tools = tmp_path / "venv/bin"
    tools.mkdir(parents=True)
    for name in PARTS:
        code = f'echo "{name} $*"; case "{name} $*" in "{failing}"*) exit {int(bool(failing))};; esac'
        (tools / name).write_text(f"#!/bin/sh\n{code}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    (tmp_path / "venv/.synced").touch()
    command = ["make", "--no-print-directory", "check", f"VENV={tmp_path / 'venv'}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_check_says_what_each_part_says_with_the_types_last(tmp_path: Path):
    code, said = check(tmp_path)
    assert code == 0
    assert said.splitlines() == ["python -m authoring check", "ruff check .", "ruff format --check .", "mypy "]


@pytest.mark.parametrize("failing", ["python", "ruff check", "ruff format", "mypy"])
def test_check_fails_where_any_part_fails_and_runs_the_others(tmp_path: Path, failing: str):
    code, said = check(tmp_path, failing)
    assert code != 0
    assert len(said.splitlines()) == 4
