from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring import __main__ as command
from tests.authoring.author import CHECK, LESSON, Author

Run = Callable[[str], tuple[int, str, str]]

NOTEBOOK = Path("course/modules/02-tiny.ipynb")


@pytest.fixture
def run(author: Author, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the author's course: its exit code, and what it says and complains of."""

    def running(name: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["authoring", name, "--root", str(author.root)])
        code = command.main()
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


def test_a_good_course_is_well(run: Run):
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert "up to date" in out


def test_a_slip_is_said_with_file_and_line(run: Run, author: Author):
    author.writes(CHECK, "tiny-owner", "tiny-ower")
    for name in ("check", "update"):
        code, out, err = run(name)
        assert (code, out) == (1, "")
        assert f"{author.root / CHECK}:3: There is no item called 'tiny-ower'." in err
        assert err.endswith("2 problems\n")


def test_drift_is_said(run: Run, author: Author):
    author.writes(LESSON, "Ask the owner.", "Ask them.")
    code, _, err = run("check")
    assert code == 1
    assert str(NOTEBOOK) in err
    assert "make update" in err


def test_updating_says_what_has_changed(run: Run, author: Author):
    author.writes(LESSON, "Ask the owner.", "Ask them.")
    assert run("update") == (0, f"{NOTEBOOK}\n1 files changed\n", "")
    assert run("update") == (0, "0 files changed\n", "")
    assert run("check")[0] == 0


def test_another_command_is_refused(run: Run):
    with pytest.raises(SystemExit) as refused:
        run("nonsense")
    assert refused.value.code == 2
