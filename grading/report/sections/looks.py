"""What is worth a look in how answers were handed in: no verdict on anybody."""

from __future__ import annotations

from grading.report.blocks import Section, Words, table
from grading.report.whole import Report


def section(report: Report) -> Section:
    """The section."""
    title = "Worth a look"
    if not report.looks:
        return Section("looks", title, (Words("Nothing about how answers were handed in stands out."),))
    titles = {check.module: check.title for check in report.of.checks}
    rows = [
        (", ".join(sorted(report.shown[id] for id in one.students)), titles[one.module], one.what, one.perhaps)
        for one in report.looks
    ]
    return Section(
        "looks",
        title,
        (
            Words(
                "Something about how these answers were handed in stands out. Each case may have an innocent "
                "explanation, and none of them changed any scores. Ask the trainee before you conclude anything.",
                strong=True,
            ),
            table("How answers were handed in", ("Trainee", "Check", "What stands out", "Possible reason"), rows),
        ),
    )
