"""What content must keep to, beyond its form: one rule a file, each found here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from authoring.course import Course
from authoring.problems import Problem
from authoring.rules import conditions, identifiers, inferences, placing, points, prose, roads, scores, verdicts, walks

Rule = Callable[[Course], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    identifiers.check,
    points.check,
    placing.check,
    prose.check,
    inferences.check,
    conditions.check,
    roads.check,
    walks.check,
    verdicts.check,
    scores.check,
)


def problems(course: Course, but: Collection[Rule] = ()) -> list[Problem]:
    """Everything in ``course`` that breaks a rule, in the order of files and lines; ``but`` are rules left out."""
    return sorted({problem for rule in RULES if rule not in but for problem in rule(course)})
