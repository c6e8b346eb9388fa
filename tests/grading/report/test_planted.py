"""A class of two hundred whose abilities and misconceptions are known: the report finds what was planted.

Six classes (seeds), four real checks of eight questions each, twelve of them bad. A wrong key and a giveaway must
always be found, and of wrong keys nine in ten must be called that, and not only unrelated to ability. Of questions
unrelated to ability one in ten may be missed: their discrimination is a number drawn by chance around 0 with a
standard error of 0.07, and whoever found them all would call sound questions bad. Of sound ones one in twenty may be
called bad, since checks of eight questions tell little about each. With twenty sound questions a class, that leaves
about a third of the classes (0.95 ** 20) with the planted questions flagged and no others.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grading.report import flags
from grading.report.whole import Report
from tests.grading.report import planting
from tests.grading.report.simulated import Model, handed_in

SEEDS = range(6)
PLANTED = planting.planted()
MISSED, CALLED_BAD = 0.10, 0.05


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    checks = planting.checks()
    return [
        Report(handed_in(Model(planting.CLASS, seed, PLANTED), checks, tmp_path_factory.mktemp(f"class{seed}")))
        for seed in SEEDS
    ]


def codes(report: Report) -> dict[str, list[str]]:
    return {one.item.id: [flag.code for flag in why] for _, one, why in report.flagged}


def found(classes: list[Report], ids: object) -> Iterator[list[str]]:
    """The flags of some questions in every class."""
    for report in classes:
        flagged = codes(report)
        yield from (flagged.get(id, []) for id in sorted(ids))


def test_every_wrong_key_is_found_and_nine_times_in_ten_the_right_option_is_named(classes: list[Report]):
    flagged = list(found(classes, PLANTED.wrong_key))
    assert len(flagged) == 24
    assert all(flagged)
    assert sum(each != ["key"] for each in flagged) <= MISSED * len(flagged)
    for report in classes:
        told = {one.item.id: why[0] for _, one, why in report.flagged}
        for id, truth in PLANTED.wrong_key.items():
            assert told[id].code != "key" or f"choose option {truth} more often" in told[id].words


def test_every_giveaway_is_found(classes: list[Report]):
    assert all(flagged == ["giveaway"] for flagged in found(classes, PLANTED.giveaway))


def test_what_is_unrelated_to_ability_is_found_nine_times_in_ten(classes: list[Report]):
    flagged = list(found(classes, PLANTED.unrelated))
    assert len(flagged) == 24
    assert sum(not each for each in flagged) <= MISSED * len(flagged)


def test_hardly_any_sound_question_is_called_bad(classes: list[Report]):
    bad = {*PLANTED.wrong_key, *PLANTED.giveaway, *PLANTED.unrelated}
    sound = [one.item.id for check in classes[0].of.checks for one in classes[0].items[check.module]]
    sound = [id for id in sound if id not in bad]
    called = [each for each in found(classes, sound) if each]
    assert len(called) <= CALLED_BAD * len(sound) * len(classes)


def test_a_third_of_the_classes_have_exactly_the_planted_questions_flagged(classes: list[Report]):
    bad = {*PLANTED.wrong_key, *PLANTED.giveaway, *PLANTED.unrelated}
    assert sum(codes(report).keys() == bad for report in classes) >= len(classes) / 3


def test_the_weakest_points_are_the_planted_ones(classes: list[Report]):
    for report in classes:
        assert {one.point for one in report.points[: len(planting.WEAK)]} == planting.WEAK


def test_a_planted_misconception_is_what_was_chosen_most_of_what_is_wrong(classes: list[Report]):
    for report in classes:
        figures = {one.item.id: one for items in report.items.values() for one in items}
        for id, believed in PLANTED.believed.items():
            assert flags.instead(figures[id]).choice.option == believed


def test_who_is_strong_has_better_marks(classes: list[Report]):
    """The simulation is what it says: the marks go with the abilities that were drawn."""
    model = Model(planting.CLASS, SEEDS[0], PLANTED)
    ability = {trainee.id: trainee.ability for trainee in model.trainees}
    marks = classes[0].frames.checks.groupby("student")["share"].mean()
    assert marks.corr(marks.index.to_series().map(ability)) > 0.85


def test_a_class_of_nineteen_has_nothing_said_of_its_questions(tmp_path: Path):
    report = Report(handed_in(Model(19, 1, PLANTED), planting.checks()[:1], tmp_path))
    assert report.flagged == []
    assert all(one.discrimination is None and one.outer is None for one in report.items[planting.MODULES[0]])
    assert report.reliability[planting.MODULES[0]].alpha is None
