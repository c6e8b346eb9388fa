"""Who chose what would endanger somebody, whatever their score."""

from __future__ import annotations

from grading.report import say
from grading.report.blocks import Section, Words, table
from grading.report.data import MET, NOT_MET
from grading.report.whole import Report


def section(report: Report) -> Section:
    """The section."""
    title = "Who chose something unsafe"
    unsafe = report.frames.unsafe
    if unsafe.empty:
        return Section("safety", title, (Words("Nobody, in what's graded so far."),))
    states = report.frames.checks.set_index(["student", "module"])["state"].to_dict()
    titles = {check.module: check.title for check in report.of.checks}
    place = {id: number for number, id in enumerate(report.students)}
    chosen = sorted(unsafe.itertuples(index=False), key=lambda one: place[one.student])
    rows = [
        (report.shown[one.student], titles[one.module], _state(states[one.student, one.module], one.blocks), one.what)
        for one in chosen
    ]
    return Section(
        "safety",
        title,
        (
            Words(
                f"{say.counted(len(report.unsafe), 'trainee')} chose something that would put somebody in danger. If "
                "the guide itself says it's unsafe, or an expert has confirmed it, they didn't pass that check, no "
                "matter how many points they have. Talk with each of them before they decide something like this on "
                "the job.",
                strong=True,
            ),
            Words(
                "Then open another attempt for anyone who didn't pass the check: make attempt CHECK=… "
                "STUDENT=…. The attempt shown here is kept."
            ),
            table("Each unsafe choice, as graded", ("Trainee", "Check", "Result", "What they chose"), rows),
        ),
    )


def _state(state: str, blocks: bool) -> str:
    if state == NOT_MET and blocks:
        return "not passed because of this"
    return state if state in (MET, NOT_MET) else "not final"
