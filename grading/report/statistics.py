"""The formulas of the report, each with its source (the works are listed in :mod:`grading.report.sources`). Pure.

Marks come as arrays: a row for each trainee, a column for each question. Where a number does not exist (nobody, one
trainee, no spread) it is ``None``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]

Z95 = 1.959963984540054
Z90_ONE_SIDED = 1.2815515655446004
Z995_ONE_SIDED = 2.5758293035489004
OUTER = 0.27
_NO_SPREAD = 1e-12


def correlation(one: Numbers, other: Numbers) -> float | None:
    """Pearson's correlation; with right or wrong as 1 and 0, the point-biserial (Crocker & Algina 1986, ch. 14)."""
    if len(one) < 2 or float(np.ptp(one)) < _NO_SPREAD or float(np.ptp(other)) < _NO_SPREAD:
        return None
    x, y = one - one.mean(), other - other.mean()
    return float(np.clip((x @ y) / math.sqrt(float(x @ x) * float(y @ y)), -1.0, 1.0))


def bounds(r: float, n: int, z: float = Z95) -> tuple[float, float]:
    """The interval around a correlation of ``n`` pairs, by Fisher's z (Fisher 1921); of three, all there is."""
    if n <= 3:
        return -1.0, 1.0
    if abs(r) >= 1:
        return r, r
    middle, half = math.atanh(r), z / math.sqrt(n - 3)
    return math.tanh(middle - half), math.tanh(middle + half)


def outer_groups(total: Numbers, share: float = OUTER) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who belongs to the lower and to the upper 27 percent (Kelley 1939).

    Whoever ties with the last of a group belongs to it, so that no order of names decides; where the two would
    overlap, there are none.
    """
    none = np.zeros(len(total), dtype=bool)
    size = round(share * len(total))
    if size < 1:
        return none, none
    ranked = np.sort(total)
    low, high = ranked[size - 1], ranked[-size]
    return (none, none) if low >= high else (total <= low, total >= high)


def discrimination_index(item: Numbers, total: Numbers) -> float | None:
    """Mean of the upper 27 percent less mean of the lower (Kelley 1939)."""
    lower, upper = outer_groups(total)
    return float(item[upper].mean() - item[lower].mean()) if lower.any() else None


def alpha(marks: Numbers) -> float | None:
    """Coefficient alpha (Cronbach 1951); where everything is right or wrong it is KR-20 (Kuder & Richardson 1937).

    ``k / (k - 1) * (1 - sum of the questions' variances / variance of the sums)``.
    """
    trainees, questions = marks.shape
    if trainees < 2 or questions < 2:
        return None
    total = float(marks.sum(axis=1).var(ddof=1))
    if total < _NO_SPREAD:
        return None
    apart = float(marks.var(axis=0, ddof=1).sum())
    return float(questions / (questions - 1) * (1 - apart / total))


def alpha_bounds(found: float, trainees: int, questions: int, z: float = Z95) -> tuple[float, float] | None:
    """The 95 percent interval of alpha: ``ln(1 - alpha)`` is about normal (Bonett 2002)."""
    if trainees <= 2 or questions < 2 or found >= 1:
        return None
    half = z * math.sqrt(2 * questions / ((questions - 1) * (trainees - 2)))
    middle = math.log(1 - found) - math.log(trainees / (trainees - 1))
    return 1 - math.exp(middle + half), 1 - math.exp(middle - half)


def error_of_measurement(deviation: float, reliability: float) -> float | None:
    """The standard error of measurement, ``s * sqrt(1 - r)``, in marks (Harvill 1991)."""
    return deviation * math.sqrt(1 - reliability) if 0 <= reliability <= 1 else None


def share_bounds(found: int, of: int, z: float = Z95) -> tuple[float, float]:
    """The interval around a share, by Wilson's score (Wilson 1927)."""
    if of == 0:
        return 0.0, 1.0
    p, zz = found / of, z * z
    middle, spread = p + zz / (2 * of), z * math.sqrt(p * (1 - p) / of + zz / (4 * of * of))
    return max(0.0, (middle - spread) / (1 + zz / of)), min(1.0, (middle + spread) / (1 + zz / of))


@dataclass(frozen=True)
class Consistency:
    """How alike two parallel checks would decide: the share of trainees for whom both say the same, and kappa.

    ``length`` is the effective length: so many right-or-wrong questions would be as precise.
    """

    agreement: float
    kappa: float | None
    length: int


def effective_length(mean: float, deviation: float, reliability: float, most: float) -> float:
    """So many equal, independent right-or-wrong questions would be as precise (Livingston & Lewis 1995)."""
    spread = deviation**2
    return (mean * (most - mean) - reliability * spread) / (spread * (1 - reliability))


def consistency(mean: float, deviation: float, reliability: float, most: float, pass_mark: float) -> Consistency | None:
    """Decision consistency after Livingston & Lewis (1995), from one administration.

    True shares are taken as Beta with the mean and variance found (of the marks' variance, the reliable part), marks as
    binomial over the effective length. Livingston and Lewis fit four parameters; with two the sums are closed (the
    beta-binomial of Huynh 1976), and do not break down in small classes. ``None`` where alpha is 0 or less, where
    nobody differs, or where no Beta has that variance.
    """
    p = mean / most if most else 0.0
    true_variance = reliability * deviation**2 / most**2 if most else 0.0
    if not 0 < p < 1 or not 0 < reliability < 1 or not 0 < true_variance < p * (1 - p):
        return None
    strength = p * (1 - p) / true_variance - 1
    length = max(1, round(effective_length(mean, deviation, reliability, most)))
    least = math.ceil(round(pass_mark * length, 9))
    return _of_beta(p * strength, (1 - p) * strength, length, least)


def _of_beta(a: float, b: float, length: int, least: int) -> Consistency:
    """Both of two binomial numbers of ``length`` with one Beta(a, b) chance reach ``least``, or neither does."""
    log_choose = [_log_choose(length, x) for x in range(length + 1)]
    once = [math.exp(log_choose[x] + _log_beta(a + x, b + length - x) - _log_beta(a, b)) for x in range(length + 1)]
    # Of two numbers only the sum matters to the chance, so each sum is reckoned once.
    by_sum = [_log_beta(a + s, b + 2 * length - s) - _log_beta(a, b) for s in range(2 * length + 1)]
    reaching = range(least, length + 1)
    both = sum(math.exp(log_choose[x] + log_choose[y] + by_sum[x + y]) for x in reaching for y in reaching)
    one = sum(once[least:])
    agreement = min(1.0, max(0.0, 1 - 2 * (one - both)))
    by_chance = one**2 + (1 - one) ** 2
    kappa = (agreement - by_chance) / (1 - by_chance) if by_chance < 1 - _NO_SPREAD else None
    return Consistency(agreement, kappa, length)


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
