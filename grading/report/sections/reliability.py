"""How far you can trust the scores."""

from __future__ import annotations

from grading.report import say
from grading.report.blocks import Block, Section, Words, table
from grading.report.items import FEWEST
from grading.report.reliability import CheckFigures
from grading.report.whole import Report

_ALPHA = (
    "Alpha runs from 0 to 1. It shows how closely another check like this one would repeat this ranking of trainees. "
    "It depends on scores being different. If nearly everybody masters the material, they're close together, so "
    "alpha is low even though the check works. It's also lower with few questions, and checks are short. Don't use "
    "it to compare checks."
)
_ERROR = (
    "The error is in points: in another check like this, somebody's score would usually land within that many "
    "points, up or down. Anyone closer than that to the passing score may have passed, or not passed, by chance."
)
_TWICE = (
    'The column that matters most is "Same decision": of a hundred trainees, how many would pass or fail a second '
    "check just as they did this one. Kappa is the same figure with luck taken out: 0 means no better than chance, and "
    "1 means the same result every time. Both are estimates from one sitting. They assume mistakes are equally likely "
    "in every question, and they're rough with fewer than a hundred trainees."
)


def section(report: Report) -> Section:
    """The section."""
    title = "How far you can trust the scores"
    if not report.handed_in:
        return Section("reliability", title, (Words("Nothing is graded yet."),))
    found = [(check.title, report.reliability[check.module]) for check in report.handed_in]
    rows = [(title, *_figures(one)) for title, one in found]
    heads = ("Check", "Trainees", "Questions", "Mean", "SD", "Alpha", "95% interval", "Error", "Same decision", "Kappa")
    notes = [Words(f"{title}: {words}") for title, one in found if (words := _note(one))]
    caption = f"Reliability of each check (needs at least {FEWEST} trainees)"
    told: list[Block] = [Words(_ALPHA), Words(_ERROR), Words(_TWICE)]
    blocks = (*told, table(caption, heads, rows, "tnnnnnnnnn"), *notes)
    return Section("reliability", title, blocks)


def _figures(one: CheckFigures) -> tuple[str, ...]:
    too_few = f"too few (n = {one.trainees})" if one.trainees < FEWEST else ""
    twice = one.consistency
    return (
        f"{one.trainees:,}",
        str(one.questions),
        f"{say.number(one.mean, 1)} of {say.marks(one.most)}" if one.mean is not None else say.NOTHING,
        say.number(one.deviation, 1),
        too_few or say.number(one.alpha),
        say.between(one.interval),
        say.number(one.error, 1),
        too_few or say.percent(twice.agreement if twice else None),
        say.number(twice.kappa if twice else None),
    )


def _note(one: CheckFigures) -> str:
    words = [one.why] if one.why else []
    if one.left_out:
        words.append(
            f"Left out, because they're still ungraded for most trainees: {say.counted(one.left_out, 'question')}."
        )
    if one.kr20:
        words.append("Every question in this check is scored right or wrong, so alpha here is KR-20.")
    if one.alpha is not None and one.alpha < 0:
        words.append("An alpha below 0 means its questions don't go together at all. Check their keys.")
    return " ".join(words)
