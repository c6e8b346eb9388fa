"""Who took a check again: what each attempt came to, and where the present one stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from grading.attempts import Attempts, Kept
from grading.report import say
from grading.report.blocks import Cell, Section, Words, table
from grading.report.data import GRADED, MET, NOT_MET, UNGRADED, WAITS
from grading.report.reading import Check
from grading.report.whole import Report

_HEADS = ("Trainee", "Check", "Attempt", "Handed in", "Result", "Unsafe choices")
_LOOKS = {MET: "yes", NOT_MET: "not", WAITS: "part"}


def section(report: Report) -> Section:
    """The section."""
    title = "Attempts"
    of_class = [
        (id, check, report.of.attempts[check.module, id])
        for id in report.students
        for check in report.of.checks
        if (check.module, id) in report.of.attempts
    ]
    if not of_class:
        return Section("attempts", title, (Words("Nobody's been given another attempt."),))
    rows = [row for id, check, of in of_class for row in _rows(report, id, check, of)]
    met = sum(_state(report, id, check) == MET for id, check, _ in of_class)
    words = (
        f"Another attempt was opened {say.counted(len(of_class), 'time')}; {met:,} passed. Everything else in this "
        "report, and every export, uses the last graded attempt."
    )
    return Section("attempts", title, (Words(words), table("Each attempt and its result", _HEADS, rows, "ttn")))


def _rows(report: Report, id: str, check: Check, of: Attempts) -> Iterator[tuple[str | Cell, ...]]:
    who = (report.shown[id], check.title)
    for kept in of.kept:
        yield (*who, str(kept.number), _day(kept.handed_in), _came_to(kept), _unsafe(one.said for one in kept.unsafe))
    yield (*who, str(of.awaited), *_present(report, id, check, of))


def _came_to(kept: Kept) -> Cell:
    state = MET if kept.met else NOT_MET
    return Cell(f"{say.marks(kept.score)} of {say.marks(kept.most)}, {state}", _LOOKS[state])


def _present(report: Report, id: str, check: Check, of: Attempts) -> tuple[str | Cell, ...]:
    """The attempt that was opened last: when it was handed in, and where it stands."""
    state, submission = _state(report, id, check), report.of.submissions[check.module, id]
    if state == UNGRADED:
        return (say.NOTHING, "handed in, not graded yet", "")
    if of.is_open or state not in GRADED:
        return (say.NOTHING, f"open since {_day(of.kept[-1].at)}", "")
    came_to = f"{say.marks(submission.score)} of {say.marks(submission.most)}, {state}"
    unsafe = _unsafe(one.said for one in submission.unsafe)
    return (_day(submission.at.isoformat() if submission.at else None), Cell(came_to, _LOOKS[state]), unsafe)


def _state(report: Report, id: str, check: Check) -> str:
    checks = report.frames.checks
    found = checks[(checks["student"] == id) & (checks["module"] == check.module)]["state"]
    return str(found.iloc[0])


def _unsafe(said: Iterator[str]) -> str:
    return "; ".join(said) or say.NOTHING


def _day(at: str | None) -> str:
    """A day in UTC, as its number; a dash where it isn't known."""
    try:
        return f"{datetime.fromisoformat(at or ''):%Y-%m-%d}"
    except ValueError:
        return say.NOTHING
