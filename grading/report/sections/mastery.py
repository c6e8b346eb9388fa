"""What the class doesn't understand yet: its teaching points, the weakest first."""

from __future__ import annotations

import math
from collections.abc import Iterator

from grading.report import mastery, plots, say
from grading.report.blocks import Block, Cell, Figure, Section, Table, Words, table
from grading.report.mastery import HAS, LEVELS, NOT_YET, PART
from grading.report.whole import Report

MOST_ONE_BY_ONE = 40
"""Trainees: for more, a map of everybody could not be read."""

_LOOKS = {HAS: "yes", PART: "part", NOT_YET: "not"}


def section(report: Report) -> Section:
    """The section."""
    if not report.points:
        return Section("points", "What the class doesn't understand yet", (Words("Nothing is graded yet."),))
    return Section("points", "What the class doesn't understand yet", tuple(_blocks(report)))


def _blocks(report: Report) -> Iterator[Block]:
    mark = say.percent(report.of.pass_mark)
    yield Words(
        f"Each teaching point, the weakest first. A trainee who scores {mark} or more on it has learned it. From 50% "
        "up, the trainee has partly learned it. Only a few questions ask about each one, so for one trainee this is a "
        "reason to talk, not a measurement. Scores an instructor gave by hand are included."
    )
    if report.of.students and len(report.of.students) > MOST_ONE_BY_ONE:
        yield _levels(report)
    yield _table(report)
    if len(report.of.students) <= MOST_ONE_BY_ONE:
        yield _map(report)


def _levels(report: Report) -> Figure:
    rows = [(say.short(report.point(one.point), 70), one.levels) for one in report.points]
    return Figure(
        plots.levels("points", rows),
        alt="A bar for each teaching point: the share of trainees who've learned it, partly learned it, or not yet. "
        "The numbers are in the table.",
        caption="The share of trainees at each level, the weakest teaching point first.",
    )


def _table(report: Report) -> Table:
    rows = [
        (
            report.point(one.point),
            say.percent(one.mean),
            *(say.of(one.levels[level], one.trainees) for level in LEVELS),
            f"{one.trainees:,}",
            f"{one.answers / one.trainees:.1f}",
        )
        for one in report.points
    ]
    heads = ("Teaching point", "Mean", "Learned", "Partly", "Not yet", "Trainees", "Questions each")
    return table("Teaching points, the weakest first", heads, rows, "tnnnnnn")


def _map(report: Report) -> Table:
    """The heat map: points down, trainees across; each cell says its number, its colour its level."""
    shares = mastery.by_trainee(report.frames.points)
    students = [id for id in report.students if id in shares.index]
    rows = [
        (report.point(one.point), *(_cell(float(shares.at[id, one.point]), report.of.pass_mark) for id in students))
        for one in report.points
    ]
    heads = ("Teaching point", *(report.shown[id] for id in students))
    caption = "Score on each teaching point in percent, by trainee (bold: not yet; italics: partly)"
    return table(caption, heads, rows, "t" + "n" * len(students))


def _cell(share: float, pass_mark: float) -> str | Cell:
    if math.isnan(share):
        return say.NOTHING
    return Cell(f"{100 * share:.0f}", _LOOKS[mastery.level(share, pass_mark)])
