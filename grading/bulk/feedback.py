"""``nbgrader generate_feedback`` for a whole class: from graded notebooks and the gradebook to the trainees' pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4.rwbase import rejoin_lines
from nbgrader.converters import GenerateFeedback
from traitlets.config import Config

from grading import attempts, bank, feedback, gradebook, graded_notebook, lateness, settings
from grading.attempts import Attempts, Key
from grading.bulk import Problem, aside, lock, pool
from grading.bulk.submitted import NBGRADERS_OWN, Submitted, found
from grading.gradebook import Submission


@dataclass
class Report:
    """What a run did: whose page is new or another, how many stood as they were, and what was wrong."""

    made: list[str] = field(default_factory=list)
    stood: int = 0
    problems: list[Problem] = field(default_factory=list)


def generate(
    config: Config,
    module: str,
    *,
    students: set[str] | None = None,
    processes: int | None = None,
    step: Callable[[int], object] = lambda _count: None,
) -> Report:
    """Makes the page of everybody whose check was graded; one that would say the same is left alone.

    ``step`` is told how many more are done. Raises :class:`Refused`, and ``OSError`` where files cannot be
    written for anybody.
    """
    report = Report()
    wanted = [one for one in found(config, module, "autograded") if students is None or one.student in students]
    where = settings.directory(config, module)
    permissions = int(str(GenerateFeedback(coursedir=where, config=config).permissions), 8)
    bank.course(), bank.points(), bank.items(module)  # read once, and not by every worker
    with aside.held(config, module, "feedback") as scratch:
        lateness.settle(config, module, students)
        work = partial(_pages, scratch, permissions)
        opened = attempts.read(Path(where.root))
        for done in pool.run(work, _with_grades(config, module, wanted, opened), pool.count(processes, len(wanted))):
            for one in done:
                problem = one.problem
                if one.is_new:
                    problem = aside.try_into_place(scratch / one.student, one.place, scratch, shared=where.groupshared)
                if problem:
                    report.problems.append(Problem(one.student, problem, graded=False))
                elif one.is_new:
                    report.made.append(one.student)
                else:
                    report.stood += 1
            step(len(done))
    report.problems.sort(key=lambda problem: problem.student)
    return report


@dataclass(frozen=True)
class _Wanted:
    """A page to be made: of what, from which rows, and where it goes; ``attempts`` where another one was opened."""

    graded: Submitted
    place: Path
    rows: Submission | None
    attempts: Attempts | None


@dataclass(frozen=True)
class _Done:
    student: str
    place: Path
    is_new: bool
    problem: str | None = None


def _with_grades(
    config: Config, module: str, wanted: Sequence[Submitted], opened: Mapping[Key, Attempts]
) -> Iterator[_Wanted]:
    """Each with its rows of the gradebook, which is asked for some at a time."""
    db_url = settings.directory(config).db_url
    for some in pool.some_at_a_time(wanted):
        rows = {row.student: row for row in gradebook.submissions(db_url, module, [one.student for one in some])}
        for one in some:
            place = settings.folder(config, "feedback", module, one.student)
            yield _Wanted(one, place, rows.get(one.student), opened.get((module, one.student)))


def _pages(scratch: Path, permissions: int, some: Sequence[_Wanted]) -> list[_Done]:
    return [_one(scratch, permissions, wanted) for wanted in some]


def _one(scratch: Path, permissions: int, wanted: _Wanted) -> _Done:
    student, files = wanted.graded.student, scratch / wanted.graded.student
    try:
        if wanted.rows is None:
            raise ValueError("the gradebook has no row for this submission; autograde it again")
        notebook = next(wanted.graded.folder.glob("*.ipynb"), None)
        if notebook is None:
            raise ValueError("there is no graded notebook; autograde it again")
        page = page_of(_read(notebook), wanted.rows, wanted.attempts).encode("utf-8")
        name = f"{notebook.stem}.html"
        if _says(wanted.place / name) == page and _stands(wanted):
            return _Done(student, wanted.place, is_new=False)
        files.mkdir()
        (files / name).write_bytes(page)
        for path in (wanted.graded.folder / own for own in NBGRADERS_OWN):
            if path.is_file():
                shutil.copyfile(path, files / path.name)
        for path in files.iterdir():
            path.chmod(permissions)
    except OSError as error:
        if error.errno in lock.NO_ROOM:
            raise
        return _Done(student, wanted.place, False, f"{error.filename or 'a file'}: {error.strerror or error}")
    except Exception as error:
        kind = "" if isinstance(error, ValueError) else f"no page could be made, {type(error).__name__}: "
        return _Done(student, wanted.place, False, f"{kind}{error}.")
    return _Done(student, wanted.place, is_new=True)


def page_of(notebook: NotebookNode, rows: Submission, of: Attempts | None = None) -> str:
    """The page of one submission, from its autograded notebook: what nbgrader's own steps make of the same rows.

    ``of`` are its trainee's attempts, where another one was opened.
    """
    grades = {grade.name: grade for grade in rows.grades}
    for cell in notebook.cells:
        asked = cell.metadata.get("nbgrader", {})
        if not (asked.get("grade") or asked.get("task")):
            continue
        grade = grades[asked["grade_id"]]
        asked |= {"score": grade.score, "points": grade.most}
        if asked.get("task"):
            asked["comment"] = rows.comments.get(grade.name)
        if graded_notebook.is_written(cell):
            cell.metadata.casebook["waits"] = grade.auto is None and grade.manual is None
    about = {
        "assignment": rows.module,
        "student": rows.student,
        "name": rows.name,
        "score": rows.score,
        "max_score": rows.most,
        "late_penalty": rows.penalty,
        **(of.on_page if of else {}),
    }
    return feedback.page(notebook, about)


def _stands(wanted: _Wanted) -> bool:
    """Whether the page is of this very submission: nbgrader returns it once for each."""
    return all(_says(wanted.place / own) == _says(wanted.graded.folder / own) for own in NBGRADERS_OWN)


def _read(path: Path) -> NotebookNode:
    """A notebook that grading wrote itself: it need not be looked over again."""
    return rejoin_lines(nbformat.from_dict(json.loads(path.read_text(encoding="utf-8"))))


def _says(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
