"""The command, with what it measures given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import BenchFailed, __main__, classes, learner, measures, sitters
from bench.classes import Line
from bench.learner import Month
from bench.measures import MEASURES
from bench.sitters import Final, Group

GRADED = Line("Grading", "1 ms", "1,000 ms", 1000.0, 300, at_least=True)
LOADED = Line("Loading", "0.5 s", "2.0 s", 0.25, 0.5)
SAT = Final((Group("all", 500, 0.9, 1.0, 0.75, 0.25, 0.25),), 0.25, 0.9)
YEAR = (Month(1, 0.8, 0.7, 0.6, 0.75, 90.0, 10.0, 90.0),)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "bench.json"
    monkeypatch.setattr(__main__, "_WHERE", path)
    monkeypatch.setattr(__main__.learner, "months", lambda **_: list(YEAR))
    monkeypatch.setattr(__main__.classes, "measure", lambda _scratch: [GRADED])
    monkeypatch.setattr(__main__.imports, "measure", lambda: LOADED)
    monkeypatch.setattr(__main__.sitters, "measure", lambda: SAT)
    monkeypatch.setattr("sys.argv", ["bench", "--rounds", "4"])
    return path


def test_what_was_measured_is_printed_and_written(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    ours = {measure.key: [200.0, 200.0] for measure in MEASURES}
    found = measures.results(ours, {measure.key: [100.0, 100.0] for measure in MEASURES})
    monkeypatch.setattr(__main__, "measure", lambda _scratch, _rounds: (found, {"cores": 2}))
    assert __main__.main() == 0  # a missed target is told, and fails nothing
    said, made = capsys.readouterr().out, json.loads(written.read_text(encoding="utf-8"))
    assert measures.table(found) in said
    assert learner.table(YEAR) in said
    assert classes.table([GRADED, LOADED]) in said
    assert f"500 simulated trainees through the final:\n\n{sitters.table(SAT)}" in said
    assert [line["ratio"] for line in made["grading"]] == [1000.0, 0.25]
    assert made["final"]["wrongly"] == 0.25
    assert [month["refresher"] for month in made["learner"]] == [0.8]
    assert "missed" in said
    assert (made["rounds"], made["machine"]) == (4, {"cores": 2})
    assert [measure["key"] for measure in made["measures"]] == [measure.key for measure in MEASURES]


def test_what_could_not_be_measured_is_said_and_nothing_written(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def fails(_scratch: Path, _rounds: int) -> None:
        raise BenchFailed("There is no Chromium.")

    monkeypatch.setattr(__main__, "measure", fails)
    assert __main__.main() == 1
    assert capsys.readouterr().err == "The benchmark could not be run.\nThere is no Chromium.\n"
    assert not written.exists()
