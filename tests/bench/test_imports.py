"""What is loaded, measured."""

from __future__ import annotations

import pytest

from bench import BenchFailed, imports


def test_what_grade_now_loads_is_a_share_of_what_nbgrader_loads():
    line = imports.measure(rounds=1)
    assert line.ratio > 0
    assert line.ours.endswith(" s")


def test_what_cannot_be_loaded_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(imports, "GRADE_NOW", "no_such_program")
    with pytest.raises(BenchFailed, match="no_such_program can't be imported"):
        imports.measure(rounds=1)
