"""The works that the report's formulas and bounds are from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """What a formula is for, in words; the formula; and where it is from."""

    what: str
    how: str
    work: str


SOURCES = (
    Source(
        "Percent correct",
        "The share of a question's points that trainees earned, averaged over everyone who had the question. A blank "
        "is 0.",
        "Crocker, L., & Algina, J. (1986). Introduction to classical and modern test theory. Holt, Rinehart and "
        "Winston. Chapter 14, on item analysis.",
    ),
    Source(
        "Discrimination",
        "How closely the score on one question tracks the score on the rest of the check (their correlation). It's "
        "corrected: the rest doesn't include the question itself. If answers are only right or wrong, it's the "
        "point-biserial correlation.",
        "Henrysson, S. (1963). Correction of item-total correlations in item analysis. Psychometrika, 28(2), 211-218.",
    ),
    Source(
        "Its interval",
        "Fisher's z: atanh(r) ± 1.96 / √(n - 3).",
        "Fisher, R. A. (1921). On the “probable error” of a coefficient of correlation deduced from a small sample. "
        "Metron, 1, 3-32.",
    ),
    Source(
        "Upper and lower 27%",
        "The 27 percent who scored highest on the rest of the check, and the 27 percent who scored lowest. Ties with "
        "the last one are included.",
        "Kelley, T. L. (1939). The selection of upper and lower groups for the validation of test items. Journal of "
        "Educational Psychology, 30(1), 17-24.",
    ),
    Source(
        "Poor discrimination",
        "Below 0.20. A question is flagged only if chance is unlikely to explain it: the upper end of a one-sided 90 "
        "percent interval is below that, too.",
        "Ebel, R. L., & Frisbie, D. A. (1991). Essentials of educational measurement (5th ed.). Prentice Hall. "
        "Page 232.",
    ),
    Source(
        "Alpha",
        "k / (k - 1) · (1 - sum of the questions' variances / variance of the sums), of k questions.",
        "Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika, 16(3), 297-334.",
    ),
    Source(
        "KR-20",
        "What alpha becomes when everything is right or wrong.",
        "Kuder, G. F., & Richardson, M. W. (1937). The theory of the estimation of test reliability. Psychometrika, "
        "2(3), 151-160. Formula 20.",
    ),
    Source(
        "The interval of alpha",
        "ln(1 - alpha) - ln(n / (n - 1)) ± 1.96 · √(2k / ((k - 1)(n - 2))).",
        "Bonett, D. G. (2002). Sample size requirements for testing and estimating coefficient alpha. Journal of "
        "Educational and Behavioral Statistics, 27(4), 335-340.",
    ),
    Source(
        "Standard error of measurement",
        "The standard deviation of the scores times √(1 - alpha).",
        "Harvill, L. M. (1991). Standard error of measurement. Educational Measurement: Issues and Practice, 10(2), "
        "33-41.",
    ),
    Source(
        "Same decision twice",
        "How many trainees would get the same result, passed or not passed, from two parallel checks; kappa leaves out "
        "chance. The effective length is calculated their way. We model true scores with a two-parameter Beta; they "
        "used four.",
        "Livingston, S. A., & Lewis, C. (1995). Estimating the consistency and accuracy of classifications based on "
        "test scores. Journal of Educational Measurement, 32(2), 179-197.",
    ),
    Source(
        "Its sums",
        "The beta-binomial model of two administrations.",
        "Huynh, H. (1976). On the reliability of decisions in domain-referenced testing. Journal of Educational "
        "Measurement, 13(4), 253-264.",
    ),
    Source(
        "Why alpha may be low in a check that works",
        "If nearly everybody masters the material, scores differ little, and a reliability that "
        "depends on differences drops.",
        "Popham, W. J., & Husek, T. R. (1969). Implications of criterion-referenced measurement. Journal of "
        "Educational Measurement, 6(1), 1-9.",
    ),
    Source(
        "The interval of a share",
        "Wilson's score interval.",
        "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the "
        "American Statistical Association, 22(158), 209-212.",
    ),
)
