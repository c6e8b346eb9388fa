from __future__ import annotations

from pathlib import Path

import pytest

from casebook import attempts, slots
from casebook.answers import Answer
from casebook.kinds.simulation import SimulationItem
from grading import bank
from grading.report import sitting
from grading.scoring import Scorer
from tests.grading import a_class

CHECKS = tuple(bank.course().titles)
AT = "2026-01-05T09:00:00+00:00"


@pytest.mark.parametrize("check", CHECKS)
def test_whatever_was_answered_it_can_be_told_of(check: str, tmp_path: Path):
    for seed in range(12):
        folder = tmp_path / str(seed)
        folder.mkdir()
        a_class.keep(folder, a_class.by_chance(check, seed))
        told = sitting.of("ada", Scorer(check, folder))
        assert len(told.asked) == len({item.slot or item.id for item in bank.items(check).values()})


def test_a_story_that_was_begun_and_no_more_has_no_decisions(tmp_path: Path):
    item = next(item for item in bank.items("caseload").values() if isinstance(item, SimulationItem))
    given = {"case": item.stories[0].story.id, "path": [], "ended": None}
    a_class.keep(tmp_path, [Answer("caseload", item.id, given, AT)])
    asked = sitting.of("ada", Scorer("caseload", tmp_path)).asked[0]
    assert (asked.answered, asked.taken) == (False, ())


def test_another_attempts_first_line_is_no_answer_and_its_variants_are_drawn_for_it(tmp_path: Path):
    items = bank.items("final")
    variants: dict[str, tuple[str, ...]] = {}
    for id, item in items.items():
        variants[str(item.slot)] = (*variants.get(str(item.slot), ()), id)
    drawn = [slots.draw("ada", slot, each, attempt=2) for slot, each in variants.items()]
    a_class.keep(tmp_path, [attempts.marker("final", 2, AT), *(Answer("final", id, {}, AT) for id in drawn)])
    told = sitting.of("ada", Scorer("final", tmp_path))
    assert told.traces.not_drawn == ()
    assert told.asked[0].seconds is None  # nothing came before the first answer
    assert {asked.item for asked in told.asked} == set(drawn)
    first = [slots.draw("ada", slot, each) for slot, each in variants.items()]
    (tmp_path / "first").mkdir()
    a_class.keep(tmp_path / "first", [attempts.marker("final", 2, AT), *(Answer("final", id, {}, AT) for id in first)])
    assert len(sitting.of("ada", Scorer("final", tmp_path / "first")).traces.not_drawn) == len(variants)
