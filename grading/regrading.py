"""Grading a class anew after its bank was mended, and telling whose score changed and why."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nbgrader import api
from sqlalchemy import select, update
from traitlets.config import Config

from casebook.answers import FILE_NAME
from grading import bank, graded, graded_notebook, lateness, settings, submission, verdict
from grading.bulk import Problem
from grading.bulk.autograde import autograde
from grading.bulk.submitted import found
from grading.database import connected
from grading.gradebook import Grade, Submission
from grading.refused import Refused

MENDED = "the right answer, or what it's worth, was changed"
ANSWERED = "a different answer was handed in"
WORTH = "it's worth {most:g} now, not {before:g}"


@dataclass(frozen=True)
class Change:
    """One question of one trainee that earns something else than before; ``reasons`` say why."""

    student: str
    question: str
    before: float
    after: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Turn:
    """A trainee who meets the pass mark now and did not before, or the other way round.

    ``before`` and ``after`` are marks, and how many there were.
    """

    student: str
    before: tuple[float, float]
    after: tuple[float, float]
    meets: bool


@dataclass(frozen=True)
class Regraded:
    """What came of it. ``first``: graded for the first time; ``look_again``: marks by hand that may not hold."""

    module: str
    count: int
    changes: tuple[Change, ...]
    turns: tuple[Turn, ...]
    first: tuple[str, ...]
    look_again: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...] = ()


def regrade(
    config: Config, module: str, *, processes: int | None = None, step: Callable[[int], object] = lambda _count: None
) -> Regraded:
    """Grades every submission of a check anew, by the bank and the source as they are now.

    Submissions stay as they are, and so do an instructor's marks and comments; marks by hand are not asked for anew
    where answer and worth are what they were. Raises :class:`Refused`.
    """
    db_url = settings.directory(config).db_url
    lateness.settle(config, module)
    before = _as_graded(config, module, graded.submissions(config, module))
    answered = _answered_anew(config, module)
    worth = _worth(config, module)
    report = autograde(
        config,
        module,
        force=True,
        processes=processes,
        keep=_settled(before, answered, worth),
        before=lambda: _set_worth(db_url, module, worth),
        step=step,
    )
    told = compared(before, graded.submissions(config, module), answered, bank.course())
    return Regraded(**{**vars(told), "module": module, "count": len(report.graded), "problems": tuple(report.problems)})


def compared(
    before: Iterable[Submission], after: Sequence[Submission], answered: set[str], info: bank.CourseInfo
) -> Regraded:
    """What two states of a class's gradebook differ in; ``answered``: who handed in other answers in between."""
    old = {one.student: one for one in before}
    known = [(old[one.student], one) for one in after if one.student in old]
    pairs = [(was, now, grade) for was, now in known for grade in _both(was, now)]
    turned = [(was, now, _is_met(info, now)) for was, now in known]
    return Regraded(
        module=after[0].module if after else "",
        count=len(after),
        changes=tuple(
            Change(now.student, new.name, first.score, new.score, _reasons(first, new, now.student in answered))
            for _, now, (first, new) in pairs
            if round(first.score, 4) != round(new.score, 4) or first.most != new.most
        ),
        turns=tuple(
            Turn(now.student, (was.score, was.most), (now.score, now.most), meets)
            for was, now, meets in turned
            if _is_met(info, was) != meets
        ),
        first=tuple(one.student for one in after if one.student not in old),
        look_again=tuple(
            (now.student, new.name)
            for _, now, (first, new) in pairs
            if new.manual is not None and (first.most != new.most or now.student in answered)
        ),
    )


def _is_met(info: bank.CourseInfo, one: Submission) -> bool:
    return verdict.is_met(info.pass_mark_of(one.module), one.score, one.most, one.unsafe)


def _both(was: Submission, now: Submission) -> list[tuple[Grade, Grade]]:
    old = {grade.name: grade for grade in was.grades}
    return [(old[grade.name], grade) for grade in now.grades if grade.name in old]


def _reasons(first: Grade, new: Grade, answered: bool) -> tuple[str, ...]:
    """Why a question earns something else: as far as the gradebook and the two answers files tell."""
    reasons = []
    if first.most != new.most:
        reasons.append(WORTH.format(most=new.most, before=first.most))
    if answered and first.auto != new.auto:
        reasons.append(ANSWERED)
    elif _share(first) != _share(new) and new.manual is None:
        reasons.append(MENDED)
    return tuple(reasons)


def _share(grade: Grade) -> float:
    return round((grade.auto or 0.0) / grade.most, 3) if grade.most else 0.0


def _answered_anew(config: Config, module: str) -> set[str]:
    """Whose answers are others than those that were graded."""
    graded = {one.student: one.folder for one in found(config, module, "autograded")}
    return {
        one.student
        for one in found(config, module)
        if one.student in graded and _text(one.folder / FILE_NAME) != _text(graded[one.student] / FILE_NAME)
    }


def _text(path: Path) -> bytes:
    return submission.plain(path) or b""


def _as_graded(config: Config, module: str, before: Iterable[Submission]) -> list[Submission]:
    """Submissions with what each question was worth when it was graded, which its graded notebook tells.

    The gradebook may know better by now: of a run that was stopped, or of nbgrader's ``generate_assignment``.
    """
    folders = {one.student: one.folder for one in found(config, module, "autograded")}
    return [_with_worth(one, folders.get(one.student)) for one in before]


def _with_worth(one: Submission, folder: Path | None) -> Submission:
    try:
        notebook = json.loads(next(folder.glob("*.ipynb")).read_bytes()) if folder else {"cells": []}
        asked = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
        worth = {cell["grade_id"]: float(cell["points"]) for cell in asked if "points" in cell}
    except (StopIteration, OSError, ValueError, KeyError, TypeError):
        return one  # the gradebook's word stands
    return replace(one, grades=tuple(replace(grade, most=worth.get(grade.name, grade.most)) for grade in one.grades))


def _worth(config: Config, module: str) -> dict[str, float]:
    """What each question of the source notebook is worth now."""
    where = settings.directory(config)
    source = Path(where.format_path(where.source_directory, ".", module))
    notebooks = list(source.glob("*.ipynb"))
    if len(notebooks) != 1:
        raise Refused(f"There's no check called {module} in {source}.")
    asked = [cell.metadata.get("nbgrader", {}) for cell in graded_notebook.blank(notebooks[0]).cells]
    return {one["grade_id"]: float(one["points"]) for one in asked if one.get("grade") or one.get("task")}


def _set_worth(db_url: str, module: str, worth: Mapping[str, float]) -> None:
    """Takes the questions' marks over into the gradebook, all or none; what each one is stays as it is."""
    of_check = (
        select(api.BaseCell.id, api.BaseCell.name)
        .join(api.Notebook, api.Notebook.id == api.BaseCell.notebook_id)
        .join(api.Assignment, api.Assignment.id == api.Notebook.assignment_id)
        .where(api.Assignment.name == module)
    )
    with connected(db_url) as connection:
        for key, name in connection.execute(of_check).all():
            for table in (api.GradeCell.__table__, api.TaskCell.__table__):
                if name in worth:
                    connection.execute(update(table).where(table.c.id == key).values(max_score=worth[name]))


def _settled(before: Iterable[Submission], answered: set[str], worth: Mapping[str, float]) -> dict[str, set[str]]:
    """By trainee, the questions marked by hand whose answer and worth are what they were."""
    settled: dict[str, set[str]] = defaultdict(set)
    for one in before:
        for grade in one.grades:
            if one.student not in answered and worth.get(grade.name) == grade.most:
                settled[one.student].add(grade.name)
    return settled
