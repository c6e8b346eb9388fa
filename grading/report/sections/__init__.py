"""The sections of the report, one file each: a :class:`Report` in, a :class:`Section` out. ``ALL`` has their order."""

from __future__ import annotations

from collections.abc import Callable

from grading.report.blocks import Section
from grading.report.sections import (
    attempts,
    checks,
    decisions,
    holds,
    items,
    looks,
    mastery,
    needs,
    reliability,
    reviews,
    safety,
    sources,
)
from grading.report.whole import Report

ALL: tuple[Callable[[Report], Section], ...] = (
    holds.section,
    checks.section,
    mastery.section,
    safety.section,
    attempts.section,
    needs.section,
    items.section,
    decisions.section,
    reliability.section,
    looks.section,
    reviews.section,
    sources.section,
)
