"""Simulated trainees through the real final."""

from __future__ import annotations

import pytest

from bench import sitters


def test_whoever_knows_everything_and_never_slips_meets_the_final():
    final = sitters.measure(abilities={"all": 1.0}, each=10, slip=0)
    assert (final.groups[0].met, final.groups[0].marks, final.wrongly) == (1.0, pytest.approx(1.0), 0.0)


def test_whoever_guesses_does_not():
    final = sitters.measure(abilities={"nothing": 0.0}, each=60)
    assert final.groups[0].met == 0.0
    assert 0.2 < final.groups[0].marks < 0.5


def test_the_verdict_mostly_is_what_it_ought_to_be_and_the_same_seed_gives_the_same():
    final = sitters.measure(each=40)
    assert final == sitters.measure(each=40)
    assert final.trainees == 160
    assert final.alpha is not None
    assert final.alpha > 0.8
    assert final.wrongly < 0.2
    assert [group.met for group in final.groups] == sorted((group.met for group in final.groups), reverse=True)


def test_the_table_has_a_line_for_each_ability_and_the_whole():
    final = sitters.Final((sitters.Group("all", 4, 0.9, 1.0, 0.75, 0.25, 0.25),), 0.05, None)
    head, line, _, said, _ = sitters.table(final).splitlines()
    assert head.split()[-1] == "wrong"
    assert line.split() == ["all", "4", "90%", "100%", "75%", "25%", "25%"]
    assert said == "Reliability (Cronbach's alpha): -. Wrong verdicts: 5.0%."


def test_a_final_that_errs_more_often_than_it_may_says_why():
    knows = sitters.Group("knows it", 125, 0.98, 1.0, 0.88, 0.12, 0.12)
    nearly = sitters.Group("nearly all", 125, 0.89, 0.44, 0.67, 0.25, 0.30)
    said = sitters.table(sitters.Final((knows, nearly), 0.12, 0.9)).splitlines()[-1]
    assert "'nearly all' (30%): 44% of them should pass" in said
    assert "'knows it', an unsafe choice stops 12%" in said
    assert "More than" not in sitters.table(sitters.Final((knows, nearly), 0.08, 0.9))
