"""What no expert has reviewed yet."""

from __future__ import annotations

from casebook import reviews
from grading.report import say
from grading.report.blocks import Section, Words, table
from grading.report.whole import Report


def section(report: Report) -> Section:
    """The section."""
    found = [(check, reviews.of(check.items.values())) for check in report.of.checks]
    waiting = sum(len(one.waiting) for _, one in found)
    title = "What no expert has reviewed"
    if not waiting:
        return Section("reviews", title, (Words("Every question has been reviewed."),))
    rows = [
        (
            check.title,
            str(one.items),
            str(len(one.waiting)),
            ", ".join(one.waiting) if len(one.waiting) < one.items else "all",
        )
        for check, one in found
        if one.waiting
    ]
    words = (
        f"{say.counted(waiting, 'question')} of {sum(one.items for _, one in found):,} have keys that only their "
        "author has checked. Start with the ones that are also questions to look at. course/guide/review.md says how."
    )
    heads = ("Check", "Questions", "Not reviewed", "Which")
    return Section("reviews", title, (Words(words), table("Not reviewed yet", heads, rows, "tnnt")))
