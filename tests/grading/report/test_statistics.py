"""The formulas: published examples, hand calculation, and what must hold of any marks. Never against themselves."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grading.report import statistics
from grading.report.statistics import Numbers
from tests.grading.report import lsat

LSAT = lsat.answers()
BY_HAND = np.array([[1.0, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]])

tables = st.tuples(st.integers(3, 12), st.integers(2, 6)).flatmap(
    lambda shape: st.lists(
        st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    ).map(np.array)
)
columns = st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=4, max_size=30).map(np.array)


def test_the_lsat_items_have_their_published_facilities():
    assert LSAT.shape == (1000, 5)
    assert LSAT.mean(axis=0) == pytest.approx([0.924, 0.709, 0.553, 0.763, 0.870])


def test_the_lsat_items_have_their_published_alpha():
    # As the R package ltm gives it in the example of cronbach.alpha(LSAT).
    assert statistics.alpha(LSAT) == pytest.approx(0.295, abs=0.0005)


def test_the_lsat_items_have_their_published_corrected_correlations():
    # As the R package ltm gives them in the example of descript(LSAT), under "Excluded".
    rest = [statistics.correlation(LSAT[:, n], LSAT.sum(axis=1) - LSAT[:, n]) for n in range(5)]
    assert rest == pytest.approx([0.1128, 0.1532, 0.1728, 0.1444, 0.1216], abs=0.0001)


def test_alpha_by_hand():
    # Variances 1/4, 1/3, 1/4 of the questions, 5/3 of the sums: 3/2 * (1 - (5/6) / (5/3)).
    assert statistics.alpha(BY_HAND) == pytest.approx(0.75)


def test_alpha_of_right_and_wrong_is_kr20():
    # KR-20 by its own formula, with p * q and the variance over n: 3/2 * (1 - (3/16 + 4/16 + 3/16) / (5/4)).
    assert statistics.alpha(BY_HAND) == pytest.approx(3 / 2 * (1 - (10 / 16) / (5 / 4)))


@pytest.mark.parametrize("marks", [np.zeros((0, 3)), np.ones((1, 3)), np.ones((9, 1)), np.ones((9, 4))])
def test_where_nobody_differs_there_is_no_alpha(marks: Numbers):
    assert statistics.alpha(marks) is None


@given(tables, st.randoms(use_true_random=False))
def test_alpha_knows_no_order_and_no_zero_point(marks: Numbers, chance: random.Random):
    found = statistics.alpha(marks)
    rows, questions = list(range(len(marks))), list(range(marks.shape[1]))
    chance.shuffle(rows)
    chance.shuffle(questions)
    other = statistics.alpha(marks[rows][:, questions] + 3.0)
    assert (found is None and other is None) or found == pytest.approx(other, abs=1e-9)
    assert found is None or found <= 1 + 1e-9


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=3, max_size=20), st.integers(2, 6))
def test_questions_that_all_say_the_same_have_an_alpha_of_one(column: list[float], questions: int):
    assume(len(set(column)) > 1)
    assert statistics.alpha(np.array([column] * questions).T) == pytest.approx(1)


def test_the_error_of_alpha_is_the_published_one():
    # ci.cronbach(.05, .85, 7, 89) of the R package statpsych: SE 0.02456518, 0.7971 to 0.8931 by Feldt's F.
    low, high = statistics.alpha_bounds(0.85, 89, 7)
    one_error = math.log((1 - low) / (1 - high)) / (2 * statistics.Z95) * (1 - 0.85)
    assert one_error == pytest.approx(0.02456518, abs=1e-8)
    assert (low, high) == pytest.approx((0.7971, 0.8931), abs=0.002)


def test_the_interval_of_a_correlation_by_hand():
    # atanh(0.5) = 0.5493, less and more 1.96 / 5.
    assert statistics.bounds(0.5, 28) == pytest.approx((math.tanh(0.5493 - 0.392), math.tanh(0.5493 + 0.392)), abs=1e-4)


def test_three_pairs_say_nothing_of_a_correlation():
    assert statistics.bounds(0.9, 3) == (-1.0, 1.0)


@given(columns, st.floats(0.1, 10), st.floats(-20, 20))
def test_a_correlation_knows_no_unit(pairs: Numbers, scale: float, shift: float):
    one, other = pairs[:, 0], pairs[:, 1]
    assume(np.ptp(one) > 0.01 and np.ptp(other) > 0.01)
    r = statistics.correlation(one, other)
    assert -1 <= r <= 1
    assert statistics.correlation(other, one) == pytest.approx(r, abs=1e-9)
    assert statistics.correlation(one * scale + shift, other) == pytest.approx(r, abs=1e-6)
    assert statistics.correlation(-one, other) == pytest.approx(-r, abs=1e-9)
    low, high = statistics.bounds(r, len(one))
    assert low <= r <= high


def test_the_outer_groups_by_hand():
    # Of ten, 27 percent are three: 1, 2, 3 and 8, 9, 10. Right had it 9 and 10: two of three less none of three.
    total = np.arange(1.0, 11)
    item = np.array([0.0, 0, 0, 0, 1, 1, 1, 0, 1, 1])
    assert statistics.discrimination_index(item, total) == pytest.approx(2 / 3)


@given(st.lists(st.integers(0, 8), max_size=40), st.randoms(use_true_random=False))
def test_the_outer_groups_know_no_order_and_share_nobody(totals: list[int], chance: random.Random):
    total = np.array(totals, dtype=float)
    order = list(range(len(total)))
    chance.shuffle(order)
    lower, upper = statistics.outer_groups(total)
    assert not (lower & upper).any()
    again_lower, again_upper = statistics.outer_groups(total[order])
    assert (lower[order] == again_lower).all()
    assert (upper[order] == again_upper).all()


def test_the_error_of_measurement_by_hand():
    assert statistics.error_of_measurement(10, 0.91) == pytest.approx(3)
    assert statistics.error_of_measurement(10, -0.2) is None


def test_wilsons_interval_by_hand():
    # Of none in ten the upper end is z^2 / (n + z^2).
    assert statistics.share_bounds(0, 10) == pytest.approx((0, 3.8414588 / 13.8414588))
    assert statistics.share_bounds(0, 0) == (0, 1)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_has_its_share_within(found: tuple[int, int]):
    low, high = statistics.share_bounds(*found)
    assert 0 <= low <= found[0] / found[1] + 1e-12
    assert found[0] / found[1] - 1e-12 <= high <= 1


@given(st.integers(2, 80), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_with_kr21_the_effective_length_is_the_number_of_questions(length: int, p: float, kr21: float):
    # What Livingston and Lewis require of it: KR-21 solved for the variance that gives this reliability.
    mean = p * length
    variance = mean * (length - mean) / (length - kr21 * (length - 1))
    assert statistics.effective_length(mean, math.sqrt(variance), kr21, length) == pytest.approx(length)


@pytest.mark.parametrize(("a", "b", "length", "pass_mark"), [(8, 3, 20, 0.8), (4, 2, 12, 0.8), (30, 8, 40, 0.7)])
def test_decision_consistency_is_what_two_parallel_checks_show(a: float, b: float, length: int, pass_mark: float):
    # Two hundred thousand people take two checks of a known beta-binomial model; the estimate sees the first alone.
    chance = np.random.default_rng(3)
    true = chance.beta(a, b, 200_000)
    first, second = chance.binomial(length, true), chance.binomial(length, true)
    passed = pass_mark * length - 1e-9
    alike = float(((first >= passed) == (second >= passed)).mean())
    mean, variance = float(first.mean()), float(first.var())
    kr21 = length / (length - 1) * (1 - mean * (length - mean) / (length * variance))
    found = statistics.consistency(mean, math.sqrt(variance), kr21, length, pass_mark)
    assert found.length == length
    assert found.agreement == pytest.approx(alike, abs=0.005)  # 5 standard errors of the comparison
    once = float((first >= passed).mean())
    by_chance = once**2 + (1 - once) ** 2
    assert found.kappa == pytest.approx((alike - by_chance) / (1 - by_chance), abs=0.015)


@given(st.floats(0.5, 19.5), st.floats(0.3, 6), st.floats(0.01, 0.99), st.floats(0, 1))
def test_a_consistency_is_a_share(mean: float, deviation: float, reliability: float, pass_mark: float):
    found = statistics.consistency(mean, deviation, reliability, 20, pass_mark)
    assert found is None or (0 <= found.agreement <= 1 and found.length >= 1)


def test_a_pass_mark_that_everybody_reaches_is_always_decided_alike():
    assert statistics.consistency(15, 3, 0.7, 20, 0).agreement == pytest.approx(1)


@pytest.mark.parametrize(("mean", "deviation", "reliability"), [(20, 0, 0.5), (0, 0, 0.5), (15, 3, -0.1), (15, 3, 1)])
def test_where_nothing_can_be_told_apart_there_is_no_consistency(mean: float, deviation: float, reliability: float):
    assert statistics.consistency(mean, deviation, reliability, 20, 0.8) is None
