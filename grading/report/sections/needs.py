"""Who needs help with what."""

from __future__ import annotations

from grading.report import say
from grading.report.blocks import Section, Words, table
from grading.report.data import MET
from grading.report.whole import Report

MOST = 5
"""Points told of each trainee."""


def section(report: Report) -> Section:
    """The section."""
    title = "Who needs help with what"
    if not report.needs:
        return Section("help", title, (Words("Nobody is below passing on any teaching point so far."),))
    met = _met(report)
    rows = [
        (report.shown[id], str(met.get(id, 0)), str(len(report.needs[id])), _told(report, report.needs[id]))
        for id in report.students
        if id in report.needs
    ]
    return Section(
        "help",
        title,
        (
            Words(
                f"Each trainee's teaching points below {say.percent(report.of.pass_mark)}: the weakest first, and at "
                f"most {MOST}. Anybody not listed is at or above that on everything they were asked about."
            ),
            table(
                "Trainees below passing on a teaching point",
                ("Trainee", "Checks passed", "Teaching points", "Weakest"),
                rows,
                "tnnt",
            ),
        ),
    )


def _met(report: Report) -> dict[str, int]:
    """How many checks each trainee met."""
    checks = report.frames.checks
    return {str(id): int(n) for id, n in checks[checks["state"] == MET].groupby("student").size().items()}


def _told(report: Report, below: list[tuple[str, float]]) -> str:
    told = "; ".join(f"{report.point(point)} ({say.percent(share)})" for point, share in below[:MOST])
    return told + ("; …" if len(below) > MOST else "")
