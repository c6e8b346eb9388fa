"""A class as pandas frames: one row for each thing that happened. Pure.

Whatever is not graded yet, was handed in again since, or came without answers, is in :attr:`Frames.checks` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from grading import verdict
from grading.gradebook import Grade, Submission
from grading.report.reading import Check, Class
from grading.report.sitting import Asked, Sitting

MET, NOT_MET, WAITS, UNGRADED = "passed", "not passed", "to grade by hand", "not graded yet"
MISSING = "not handed in"
NO_ANSWERS = "no answers"
STATES = (MET, NOT_MET, WAITS, UNGRADED, NO_ANSWERS, MISSING)
GRADED = (MET, NOT_MET, WAITS)

Row = dict[str, Any]
_COLUMNS = {
    "checks": ("student", "module", "state", "score", "most", "share"),
    "asked": ("student", "module", "question", "item", "answered", "score", "most", "share", "waits", "seconds"),
    "chosen": ("student", "module", "item", "field", "option"),
    "points": ("student", "module", "question", "point", "share"),
    "unsafe": ("student", "module", "item", "what", "blocks"),
    "taken": ("student", "module", "item", "story", "scene", "choice", "to"),
}


@dataclass(frozen=True)
class Frames:
    """``checks`` holds each trainee's state in each check; the others what was graded.

    ``asked`` each question with its marks (``share`` is missing while it waits to be marked); ``chosen`` what was
    chosen in each field; ``points`` what each answer shows of a teaching point; ``taken`` decisions in stories;
    ``unsafe`` what was chosen that would endanger somebody, in words, and whether it keeps the check from being met.
    """

    checks: pd.DataFrame
    asked: pd.DataFrame
    chosen: pd.DataFrame
    points: pd.DataFrame
    unsafe: pd.DataFrame
    taken: pd.DataFrame


def frames(of: Class) -> Frames:
    """The frames of a class, by the class's order of checks and trainees."""
    rows: dict[str, list[Row]] = {name: [] for name in _COLUMNS}
    for check in of.checks:
        for student in of.students:
            key = (check.module, student.id)
            submission, sitting = of.submissions.get(key), of.sittings.get(key)
            state = NO_ANSWERS if key in of.unanswered else _state(check, submission, sitting, key in of.again)
            who = {"student": student.id, "module": check.module}
            rows["checks"].append({**who, "state": state, **_marks(submission if state in GRADED else None)})
            if state in GRADED and submission is not None and sitting is not None:
                for name, row in _of_sitting(submission, sitting):
                    rows[name].append({**who, **row})
    return Frames(**{name: pd.DataFrame(rows[name], columns=list(columns)) for name, columns in _COLUMNS.items()})


def _state(check: Check, submission: Submission | None, sitting: Sitting | None, again: bool) -> str:
    if submission is None or again:
        return UNGRADED if sitting or again else MISSING
    if submission.waits:
        return WAITS
    return MET if verdict.is_met(check.pass_mark, submission.score, submission.most, submission.unsafe) else NOT_MET


def _marks(submission: Submission | None) -> Row:
    if submission is None:
        return {"score": float("nan"), "most": float("nan"), "share": float("nan")}
    share = submission.score / submission.most if submission.most else float("nan")
    return {"score": submission.score, "most": submission.most, "share": share}


def _of_sitting(submission: Submission, sitting: Sitting) -> Iterator[tuple[str, Row]]:
    for one in submission.unsafe:
        yield "unsafe", {"item": one.item, "what": one.said, "blocks": one.blocks}
    grades = {grade.name: grade for grade in submission.grades}
    for asked in sitting.asked:
        grade = grades.get(asked.question)
        if grade is None:
            continue  # the question came into the bank after this check was graded
        yield "asked", _asked(asked, grade)
        for point, share in _shown(asked, grade).items():
            yield "points", {"question": asked.question, "point": point, "share": share}
        if asked.item:
            yield from (("chosen", {"item": asked.item, "field": f, "option": o}) for f, o in asked.chosen)
            for story, scene, choice, to in asked.taken:
                yield "taken", {"item": asked.item, "story": story, "scene": scene, "choice": choice, "to": to}


def _asked(asked: Asked, grade: Grade) -> Row:
    return {
        "question": asked.question,
        "item": asked.item,
        "answered": asked.answered,
        "score": float("nan") if grade.waits else grade.score,
        "most": grade.most,
        "share": _share(grade),
        "waits": grade.waits,
        "seconds": float("nan") if asked.seconds is None else asked.seconds,
    }


def _shown(asked: Asked, grade: Grade) -> dict[str, float]:
    """What an answer shows of each point. What an instructor marked, counts as marked for every point of it."""
    if grade.waits:
        return {}
    if grade.manual is not None and grade.most:
        return dict.fromkeys(asked.about, _share(grade))
    return dict(asked.points)


def _share(grade: Grade) -> float:
    """From 0 to 1, whatever was added or taken off; missing while it waits, and where there is nothing to earn."""
    if grade.waits or not grade.most:
        return float("nan")
    return min(1.0, max(0.0, grade.score / grade.most))
