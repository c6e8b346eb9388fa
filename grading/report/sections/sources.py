"""Where the formulas are from."""

from __future__ import annotations

from grading.report.blocks import Section, table
from grading.report.sources import SOURCES
from grading.report.whole import Report


def section(_report: Report) -> Section:
    """The section."""
    rows = [(source.what, source.how, source.work) for source in SOURCES]
    return Section("sources", "Formulas and sources", (table("What's calculated, how, and the source", _HEADS, rows),))


_HEADS = ("What", "How", "Source")
