"""How each question did, and which to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from grading.report import flags, keys, plots, say
from grading.report.blocks import Block, Figure, Listing, Part, Section, Table, Words, table
from grading.report.items import FEWEST, Chosen, ItemFigures
from grading.report.reading import Check
from grading.report.whole import Report

_READING = (
    "Percent correct is the mean score on a question: 90% is easy. Discrimination compares trainees who did well on "
    "the rest of the check with those who didn't. It runs from -1 to 1. Below 0.20 is poor, and below 0 means the "
    "weaker trainees did better. In a check that nearly everybody masters, low values aren't a problem. Outer is the "
    "mean of the best 27% minus that of the weakest 27%. None of this says how important a question is."
)
_TIME = (
    "Time is the median number of minutes between an answer and the one before it. It doesn't show who was thinking, "
    "who took a phone call (gaps of 15 minutes or more are left out), or who looked something up. The first "
    "question somebody answers has no time, and going back to a question adds to its time."
)


def section(report: Report) -> Section:
    """The section."""
    title = "How the questions did"
    if not report.handed_in:
        return Section("questions", title, (Words("Nothing is graded yet."),))
    parts = [Part(check.title, tuple(_check(report, check))) for check in report.handed_in]
    return Section("questions", title, (Words(_READING), Words(_TIME), _to_look_at(report), *parts))


def _to_look_at(report: Report) -> Block:
    if not report.flagged:
        few = [check.title for check in report.handed_in if not any(one.enough for one in report.items[check.module])]
        more = f" Fewer than {FEWEST} of these are graded, so it's too early to say: {', '.join(few)}." if few else ""
        return Words(f"No question stands out.{more}")
    rows = [(one.item.id, check.title, " ".join(flag.words for flag in why)) for check, one, why in report.flagged]
    return table("Questions to look at: a reason to read them again, not a verdict", ("Question", "Check", "Why"), rows)


def _check(report: Report, check: Check) -> Iterator[Block]:
    found = report.items[check.module]
    if not found:
        yield Words("There aren't any answers to its questions.")
        return
    numbers = {one.item.id: n for n, one in enumerate(found, start=1)}
    plotted = [
        (numbers[one.item.id], one.facility, one.discrimination)
        for one in found
        if one.facility is not None and one.discrimination is not None
    ]
    if plotted:
        yield Figure(
            plots.questions(f"questions-{check.module}", plotted),
            alt="A chart of the questions by percent correct and discrimination. The figures are in the table.",
            caption="Questions by percent correct and discrimination. Anything below the dashed line is poor.",
        )
    yield _overview(found, numbers)
    for one in found:
        if one.chosen:
            yield Part(f"{numbers[one.item.id]}. {one.item.id}", tuple(_item(one)))


def _overview(found: Sequence[ItemFigures], numbers: dict[str, int]) -> Table:
    rows = [(f"{numbers[one.item.id]}. {one.item.id}", *_figures(one)) for one in found]
    heads = ("Question", "Answers", "Percent correct", "Discrimination", "95% interval", "Outer", "Blank", "Time")
    few = "" if all(one.enough for one in found) else f"; with fewer than {FEWEST} answers, discrimination isn't shown"
    return table(f"Questions{few}", heads, rows, "tnnnnnnn")


def _figures(one: ItemFigures) -> tuple[str, ...]:
    why = "" if one.enough else f"too few (n = {one.asked})"
    return (
        f"{one.asked:,}",
        say.percent(one.facility),
        why or say.number(one.discrimination),
        say.between(one.interval),
        say.number(one.outer),
        f"{one.blank:,}",
        f"{say.time(one.seconds)}" + (f" ({one.timed})" if 0 < one.timed < FEWEST else ""),
    )


def _item(one: ItemFigures) -> Iterator[Block]:
    yield Words(say.short(keys.question(one.item), 300))
    why = flags.flags(one)
    if why:
        yield Listing(tuple(flag.words for flag in why))
    instead = flags.instead(one)
    if instead:
        yield Words(f"Most common wrong choice: {flags.named(instead)}, {say.of(instead.count, one.asked)}.")
    yield _options(one) if not one.chosen[0].choice.row else _rows(one)


def _options(one: ItemFigures) -> Table:
    rows = [
        (
            f"{each.choice.option}. {each.choice.text}",
            "key" if each.choice.key else "",
            say.of(each.count, one.asked),
            say.percent(each.upper),
            say.percent(each.lower),
            say.number(each.correlation),
        )
        for each in one.chosen
    ]
    heads = ("Option", "Key", "Chosen", "Of the best 27%", "Of the weakest 27%", "Correlation")
    few = "" if one.enough else f" (n = {one.asked}: too few for the last three columns)"
    return table(f"How many chose each option{few}", heads, rows, "ttnnnn")


def _rows(one: ItemFigures) -> Table:
    """What was put where: a row for each part, a column for each choice."""
    parts = [(row, list(group)) for row, group in groupby(one.chosen, key=lambda each: each.choice.row)]
    heads = ("Part", *(each.choice.text for each in parts[0][1]))
    rows = [(row, *(_put(each, one.asked) for each in group)) for row, group in parts]
    return table("What was put where", heads, rows, "t" + "n" * (len(heads) - 1))


def _put(each: Chosen, asked: int) -> str:
    return say.of(each.count, asked) + (" key" if each.choice.key else "")
