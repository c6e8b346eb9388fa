"""What the report holds, how to keep it, and what in it comes first."""

from __future__ import annotations

from collections.abc import Iterator

from grading.report import say
from grading.report.blocks import Block, Listing, Section, Words
from grading.report.data import NO_ANSWERS, UNGRADED, WAITS
from grading.report.items import FEWEST
from grading.report.whole import Report

_FIRST = 5


def section(report: Report) -> Section:
    """The first section."""
    return Section(
        "holds",
        "What this is",
        (Words(_holds(report), strong=True), *_first(report), *_strangers(report), *_troubles(report)),
    )


def _holds(report: Report) -> str:
    whose = say.counted(len(report.of.students), "trainee")
    checks = say.counted(len(report.handed_in), "check")
    keys = "It also has the answer keys, so don't let any trainee see it."
    if report.without_names:
        return (
            f"This page has the results of {whose} in {checks}, with letters instead of names. The same person may "
            "have a different letter in another report. People who know the class well may still guess who's who. "
            + keys
        )
    return (
        f"This page has the names and results of {whose} in {checks}. Treat it like a personnel file: show it only to "
        "people who need it for their work, and delete it when the class is over. To pass it around, make it without "
        "names (make report NAMES=no). " + keys
    )


def _first(report: Report) -> Iterator[Block]:
    if not report.of.students:
        yield Words(
            "Nobody is in the gradebook yet, so there's nothing to report. Collect and autograde a check first."
        )
        return
    if not report.handed_in:
        yield Words("Nothing is graded yet, so there's nothing to say about the class. Run: make autograde")
        return
    entries = []
    if report.unsafe:
        entries.append(f"{say.counted(len(report.unsafe), 'trainee')} chose something unsafe. See the list below.")
    weak = [one for one in report.points[:_FIRST] if one.mean < report.of.pass_mark]
    if weak:
        told = "; ".join(f"{report.point(one.point)} ({say.percent(one.mean)})" for one in weak)
        entries.append(f"Least understood: {told}.")
    entries.append(
        f"{len(report.needs):,} of {say.counted(len(report.of.students), 'trainee')} "
        f"{'is' if len(report.needs) == 1 else 'are'} below passing on at least one teaching point."
    )
    looked = ", ".join(f"{one.item.id} ({check.title})" for check, one, _ in report.flagged)
    judged = any(one.asked >= FEWEST for listed in report.items.values() for one in listed)
    entries.append(
        f"Questions to look at: {looked}."
        if looked
        else "No question stands out."
        if judged
        else f"It's too early to say which questions are bad: none has {FEWEST} answers."
    )
    waits = sum(report.count(check.module, WAITS) for check in report.of.checks)
    ungraded = sum(report.count(check.module, UNGRADED) for check in report.of.checks)
    if waits:
        entries.append(
            f"{say.counted(waits, 'submission')} waiting for you to grade in formgrader. Until then, "
            "not everything is final."
        )
    if ungraded:
        entries.append(f"{say.counted(ungraded, 'submission')} handed in and not graded. Run make autograde first.")
    empty = sum(report.count(check.module, NO_ANSWERS) for check in report.of.checks)
    if empty:
        entries.append(f"{say.counted(empty, 'submission')} came without answers. The checks section says what to do.")
    if report.looks:
        entries.append("There's something unusual about how some answers were handed in: see Worth a look.")
    yield Listing(tuple(entries))


def _strangers(report: Report) -> Iterator[Block]:
    if not report.of.strangers:
        return
    yield Words("Not on the class list, and not included in any figure:")
    titles = {check.module: check.title for check in report.of.checks}
    entries = []
    for student in report.of.strangers:
        keys = {*report.of.submissions, *report.of.sittings}
        took = [title for module, title in titles.items() if (module, student.id) in keys]
        entries.append(f"{report.shown[student.id]}: {', '.join(took)}.")
    yield Listing(tuple(entries))


def _troubles(report: Report) -> Iterator[Block]:
    told = []
    for (module, student), sitting in report.of.sittings.items():
        if sitting.trouble:
            told.append(f"{report.shown[student]}, {module}: {sitting.trouble}")
    for module, student in report.of.submissions:
        known = any(check.module == module for check in report.of.checks)
        if known and (module, student) not in report.of.sittings:
            told.append(
                f"{report.shown[student]}, {module}: the answers are gone. The score still counts in “The "
                "checks,” but it isn't in any other figure."
            )
    if told:
        yield Words("Some answers couldn't be read in full:")
        yield Listing(tuple(told))
