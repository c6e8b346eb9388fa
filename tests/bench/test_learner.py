"""The simulated learner: the model by hand, and what a year comes to."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import exp, log
from statistics import fmean

import pytest

from bench import learner
from bench.learner import DAY, LEARNING_DAYS, MONTH, MONTHS, POINTS, QUESTION, Learner, Month, Refresher


@pytest.fixture(scope="module")
def months() -> list[Month]:
    return learner.months([1])  # the whole of it is printed by the benchmark


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a simulation, and the same each time


def new() -> Learner:
    return Learner(chance(1))


def recall_of(*traces: tuple[float, float]) -> float:
    """By the formula of the paper: of traces with their ages and decays."""
    activation = log(sum(age**-decay for age, decay in traces))
    return 1 / (1 + exp((-0.704 - activation) / 0.255))


def test_what_was_never_met_is_not_remembered():
    assert new().recall(0) == 0.0


def test_a_trace_fades_by_its_age_and_between_sessions_more_slowly():
    one = new()
    one.encounter(0, 10)
    one.wait(10 + 4000)
    assert one.recall(0) == pytest.approx(recall_of((4000 * 0.025, 0.177)))
    one.encounter(1, 60)
    assert one.recall(0) == pytest.approx(recall_of((4000 * 0.025 + 60, 0.177)))


def test_a_trace_fades_the_faster_the_more_active_the_point_was():
    one = new()
    one.encounter(0, 10)
    one.wait(10 + 4000)
    before = 100**-0.177
    one.encounter(0, 20)
    one.wait(30 + 4000 + 8000)
    assert one.recall(0) == pytest.approx(recall_of((320, 0.177), (200, 0.177 + 0.217 * before)))


def test_spaced_encounters_last_longer_than_massed_ones():
    massed, spaced = new(), new()
    for n in range(4):
        massed.encounter(0, 50)
        spaced.encounter(0, 50)
        spaced.wait((n + 1) * 7 * DAY)
    for one in (massed, spaced):
        one.wait(120 * DAY)
    assert spaced.recall(0) > massed.recall(0)


def test_answers_are_right_as_often_as_the_point_is_remembered():
    one = new()
    for _ in range(3):
        one.encounter(0, 50)
    one.wait(10 * DAY)
    recall, draws = one.recall(0), chance(2)
    right = [Learner(draws, one.clock, one.now, {}, {0: list(one._traces[0])}).answer(0, 50) for _ in range(4000)]
    assert fmean(right) == pytest.approx(recall, abs=0.03)


def test_every_point_is_learned_once_on_the_first_days():
    told: list[tuple[int, int]] = []
    learner.year(1, lambda _learner, _day: 0.0, lambda point, day, _right: told.append((point, day)))
    assert sorted(point for point, _ in told) == list(range(POINTS))
    assert {day for _, day in told} == set(range(LEARNING_DAYS))
    assert all(learner.is_learned(point, day) for point, day in told)
    assert not any(learner.is_learned(point, day - 1) for point, day in told)


def test_the_same_seed_gives_the_same_figures_and_another_others():
    assert learner.months([3]) == learner.months([3])
    assert learner.months([3]) != learner.months([4])


def test_a_quiz_is_held_once_a_month_and_goes_round_the_points():
    asked: list[int] = []

    class Asked(Learner):
        def answer(self, point: int, seconds: float) -> bool:
            asked.append(point)
            return super().answer(point, seconds)

    session, one = learner.quiz([30 * QUESTION + 1] * MONTHS), Asked(chance(1))
    seconds = [session(one, day) for day in range(MONTHS * MONTH)]
    assert [day for day, took in enumerate(seconds) if took] == [LEARNING_DAYS, *range(MONTH, MONTHS * MONTH, MONTH)]
    assert asked == [n % POINTS for n in range(30 * MONTHS)]


def test_the_other_ways_have_as_many_minutes_in_every_month():
    refresher = Refresher()
    ours = learner.year(1, refresher.session, refresher.answered)
    quiz = learner.year(1, learner.quiz(ours.monthly))
    assert quiz.monthly == pytest.approx(ours.monthly)
    for seconds in (learner.REREAD, QUESTION):
        reread = learner.year(1, learner.rereading(ours.monthly, 1, seconds))
        assert reread.monthly == pytest.approx(ours.monthly, abs=seconds)


def test_the_refresher_never_takes_more_than_a_days_minutes(months: Sequence[Month]):
    assert all(0 < month.load <= Refresher().settings.minutes for month in months)


def test_the_table_has_a_line_for_each_month(months: Sequence[Month]):
    names, rule, *lines = learner.table(months).splitlines()
    assert len(lines) == MONTHS
    assert {len(line) for line in (rule, *lines)} == {len(names)}
    (line,) = learner.table([Month(3, 0.8, 0.75, 0.7, 0.81, 92.6, 9.2, 250.0)]).splitlines()[2:]
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert cells == ["3", "80.0%", "75.0%", "70.0%", "81.0%", "93", "9 of 10", "250"]
