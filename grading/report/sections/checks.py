"""The scores of each check: who passed it, who did not, who has not handed in, what waits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from grading.report import plots, say
from grading.report.blocks import Block, Figure, Listing, Part, Section, Words, table
from grading.report.data import GRADED, MET, MISSING, NO_ANSWERS, NOT_MET, STATES, UNGRADED, WAITS
from grading.report.reading import Check
from grading.report.whole import Report

_HEADS = {
    MET: "Passed",
    NOT_MET: "Not passed",
    WAITS: "To grade by hand",
    UNGRADED: "Not graded yet",
    NO_ANSWERS: "No answers arrived",
    MISSING: "Not handed in",
}


def section(report: Report) -> Section:
    """The section."""
    if not report.of.students:
        return Section("checks", "The checks", (Words("Nobody is in the gradebook yet."),))
    parts = tuple(Part(check.title, tuple(_check(report, check))) for check in report.of.checks)
    return Section("checks", "The checks", (*_overview(report), *parts))


def _overview(report: Report) -> Iterator[Block]:
    rows = [
        (check.title, *(str(report.count(check.module, state)) for state in STATES), _mean(report, check))
        for check in report.of.checks
    ]
    heads = ("Check", *(_HEADS[state] for state in STATES), "Mean")
    yield table("Where trainees stand, and the mean score", heads, rows, "tnnnnnnn")
    yield Words(
        "To grade by hand: something is waiting for an instructor in formgrader, and counts as zero until "
        "it's graded. Not graded yet: handed in, or handed in again, since the last grading. No answers arrived: "
        "handed in without any answer to this check. The score is 0, but it isn't counted until you confirm it."
    )
    if report.of.unanswered:
        yield Part("Handed in without answers", (Listing(tuple(_unanswered(report))),))


def _unanswered(report: Report) -> Iterator[str]:
    titles = {check.module: check.title for check in report.of.checks}
    for (module, student), words in report.of.unanswered.items():
        if module in titles:
            # What is told names folders and commands, which have the trainee's id in them.
            told = "We didn't get any answers for this check." if report.without_names else words
            yield f"{report.shown[student]}, {titles[module]}: {told}"


def _mean(report: Report, check: Check) -> str:
    shares = _shares(report, check, MET, NOT_MET)
    return say.percent(sum(shares) / len(shares)) if shares else say.NOTHING


def _shares(report: Report, check: Check, *states: str) -> list[float]:
    checks = report.frames.checks
    rows = checks[(checks["module"] == check.module) & checks["state"].isin(states)]
    return [float(share) for share in rows["share"].dropna()]


def _check(report: Report, check: Check) -> Iterator[Block]:
    if not report.count(check.module, *GRADED, UNGRADED, NO_ANSWERS):
        yield Words("Nobody has handed it in.")
        return
    shares = _shares(report, check, MET, NOT_MET)
    if shares:
        yield from _scores(check, shares)
    else:
        yield Words("Nobody's score is final yet.")
    told = (
        (
            f"Didn't pass (passing takes {say.percent(check.pass_mark)} and nothing unsafe)",
            report.who(check.module, NOT_MET),
        ),
        ("For you to grade by hand", report.who(check.module, WAITS)),
        ("Not graded yet", report.who(check.module, UNGRADED)),
        ("No answers arrived", report.who(check.module, NO_ANSWERS)),
        ("Not handed in", report.who(check.module, MISSING)),
    )
    entries = tuple(f"{what} ({len(who):,}): {_named(report, who)}." for what, who in told if who)
    if entries:
        yield Listing(entries)


def _scores(check: Check, shares: list[float]) -> Iterator[Block]:
    counts, edges = plots.histogram(shares)
    steps = [f"{low:.0f}-{high - 1 if high < 100 else 100:.0f}%" for low, high in pairwise(edges)]
    met = sum(round(share, 4) >= check.pass_mark for share in shares)
    yield Figure(
        plots.scores(f"scores-{check.module}", shares, check.pass_mark),
        alt=f"Histogram of {say.counted(len(shares), 'trainee')} by score; the numbers are in the table.",
        caption=f"{say.of(met, len(shares))} reached the passing score of {say.percent(check.pass_mark)}.",
    )
    yield table("Trainees by score in percent", ("", *steps), [("Trainees", *map(str, counts))], "t" + "n" * 10)


def _named(report: Report, who: list[str]) -> str:
    everybody = len(who) == len(report.of.students) > 1
    return "everybody" if everybody else ", ".join(who)
