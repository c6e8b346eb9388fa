"""From measured numbers to the table and to bench.json."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bench import measures
from bench.measures import MEASURES, Measure, Result

SPEED = Measure("speed", "Opening", "ms", 1.0)
SIZE = Measure("size", "Memory", "MB", 12, compared=False)


def result(ours: list[float], core: list[float], measure: Measure = SPEED) -> Result:
    (found,) = measures.results({measure.key: ours}, {measure.key: core}, [measure])
    return found


def report(*found: Result) -> dict[str, Any]:
    return measures.report(found, at="2026-01-05T09:00:00+00:00", rounds=3, machine={"cores": 2})


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_ratio_is_that_of_the_medians():
    found = result([50, 10, 90], [100, 1000, 10])
    assert (found.ours.median, found.core.median if found.core else None) == (50, 100)
    assert found.value == 0.5


def test_a_spread_is_the_middle_half():
    spread = measures.spread([1, 2, 3, 4, 100])
    assert (spread.low, spread.median, spread.high, spread.count) == (2, 3, 4, 5)


def test_what_is_not_compared_is_held_against_its_own_median():
    found = result([11, 12, 30], [], SIZE)
    assert (found.value, found.core, found.is_met) == (12, None, True)


@pytest.mark.parametrize(("ours", "is_met"), [([99, 99], True), ([100, 100], True), ([101, 101], False)])
def test_a_target_is_met_up_to_itself_and_no_further(ours: list[float], is_met: bool):
    assert result(ours, [100, 100]).is_met is is_met


def test_a_missed_target_is_called_missed():
    met, missed = result([50, 50], [100, 100]), result([13, 13], [], SIZE)
    _, _, *lines = measures.table([met, missed]).splitlines()
    assert [cells(line)[-1] for line in lines] == ["met", "missed"]
    assert [each["met"] for each in report(met, missed)["measures"]] == [True, False]


def test_the_table_shows_both_sides_the_ratio_and_the_target():
    _, rule, line, alone = measures.table(
        [result([8, 10, 14], [20, 20, 20]), result([1.6, 1.6], [], SIZE)]
    ).splitlines()
    assert cells(line) == ["Opening", "10 ms (9 to 12)", "20 ms", "0.50", "≤ 1", "met"]
    assert cells(alone) == ["Memory", "1.6 MB", "", "", "≤ 12 MB", "met"]
    assert len({len(line), len(alone)}) == 1
    assert set(rule) == {"|", "-", ":"}


def test_the_report_says_when_where_and_what():
    made = json.loads(json.dumps(report(result([10, 10], [20, 20]))))
    assert (made["at"], made["rounds"], made["machine"]) == ("2026-01-05T09:00:00+00:00", 3, {"cores": 2})
    (measure,) = made["measures"]
    assert (measure["key"], measure["value"], measure["most"], measure["met"]) == ("speed", 0.5, 1.0, True)
    assert measure["ours"] == {"median": 10, "low": 10, "high": 10, "count": 2}
    assert measure["core"]["median"] == 20


def test_a_measure_that_was_not_taken_is_an_error():
    with pytest.raises(KeyError):
        measures.results({}, {}, [SPEED])


def test_every_measure_has_a_key_of_its_own():
    assert len({measure.key for measure in MEASURES}) == len(MEASURES)
