"""How far the marks can be trusted."""

from __future__ import annotations

from grading.report import say
from grading.report.blocks import Block, Section, Words, table
from grading.report.items import FEWEST
from grading.report.reliability import CheckFigures
from grading.report.whole import Report

_ALPHA = (
    "Alpha says how alike trainees would stand to each other in another check of the same kind, from 0 "
    "to 1. It lives on "
    "differences: where nearly everybody masters the matter there are few, and alpha is low though the check does what "
    "it should. It also falls with few questions, and a check is short. Do not compare checks by it."
)
_ERROR = (
    "The error is in marks: somebody's marks in another such check would mostly lie within it, on either side. Whoever "
    "is nearer to the pass mark than that may have met it, or missed it, by chance."
)
_TWICE = (
    "Same decision is what a check that is met or not met is for: of a hundred trainees, how many would "
    "be told the same "
    "by a second check like it. Kappa is the same without what chance alone would do (0 is chance, 1 is "
    "always). Both are "
    "estimates from one sitting. They take mistakes as equally likely in all questions, and are rough "
    "below a hundred trainees."
)


def section(report: Report) -> Section:
    """The section."""
    title = "How far the marks can be trusted"
    if not report.handed_in:
        return Section("reliability", title, (Words("Nothing is graded yet."),))
    found = [(check.title, report.reliability[check.module]) for check in report.handed_in]
    rows = [(title, *_figures(one)) for title, one in found]
    heads = ("Check", "Trainees", "Questions", "Mean", "SD", "Alpha", "95% interval", "Error", "Same decision", "Kappa")
    notes = [Words(f"{title}: {words}") for title, one in found if (words := _note(one))]
    caption = f"Reliability of each check; nothing is said of fewer than {FEWEST} trainees"
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
        words.append(f"Left out, since they wait to be marked for most: {say.counted(one.left_out, 'question')}.")
    if one.kr20:
        words.append("Everything in it is right or wrong: its alpha is KR-20.")
    if one.alpha is not None and one.alpha < 0:
        words.append("An alpha below 0 means that its questions do not go together at all: look at their keys.")
    return " ".join(words)
