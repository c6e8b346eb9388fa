"""``nbgrader autograde`` for a whole class: from what was collected to notebooks and the gradebook's rows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from nbgrader.converters import Autograde
from traitlets.config import Config

from casebook import answers
from casebook.attempts import number as attempt_of
from grading import attempts, bank, set_aside, settings
from grading.bulk import Problem, aside, lock, pool
from grading.bulk.rows import Graded, Rows
from grading.bulk.submitted import NBGRADERS_OWN, Submitted, found, handed_in, passed_over
from grading.bulk.texts import Blank
from grading.refused import CheckRefused
from grading.scoring import Scorer


@dataclass
class Report:
    """The outcome of a run: who was graded, whose notebook was graded already, and what went wrong."""

    graded: list[str] = field(default_factory=list)
    stood: int = 0
    problems: list[Problem] = field(default_factory=list)


def autograde(
    config: Config,
    module: str,
    *,
    force: bool = False,
    students: set[str] | None = None,
    processes: int | None = None,
    keep: Mapping[str, set[str]] | None = None,
    before: Callable[[], object] = lambda: None,
    step: Callable[[int], object] = lambda _count: None,
) -> Report:
    """Grades what was collected of a check: what is new, or with ``force`` everything.

    ``step`` is told how many more are done; ``before`` is done before the first, where nobody else grades meanwhile.
    ``keep``: see :meth:`Rows.save`. Raises :class:`Refused` (:class:`CheckRefused` where others can be graded), and
    ``OSError`` where files cannot be written for anybody; whatever stops it, the next run goes on.
    """
    job = _job(config, module)
    passed = passed_over(config, module, students)
    report = Report(problems=[Problem(one.student, one.words, graded=False) for one in passed])
    with aside.held(config, module) as scratch:
        rows, opened = Rows(config, module), _Opened(config, module)
        wanted = _wanted(config, module, force, students, report, rows.students())
        _check(rows, job)
        before()
        for done in pool.run(partial(_grade, job, scratch), wanted, pool.count(processes, len(wanted))):
            _save(rows, opened, [one.graded for one in done if one.graded], keep)
            for one in done:
                problem, graded = one.problem, one.graded is not None
                if graded and (wrong := aside.try_into_place(one.files, one.place, scratch, shared=job.shared)):
                    problem, graded = wrong, False
                if graded:
                    report.graded.append(one.student)
                if problem:
                    report.problems.append(Problem(one.student, problem, graded=graded))
            step(len(done))
    report.problems.sort(key=lambda problem: problem.student)
    return report


class _Opened:
    """The attempts at a check that were opened: one run at a time changes that."""

    def __init__(self, config: Config, module: str) -> None:
        self._root, self._module = Path(settings.directory(config).root), module
        self._of = attempts.read(self._root)

    def first_of(self, graded: Sequence[Graded]) -> list[Graded]:
        """Those that are of another attempt than the one whose marks the gradebook holds."""
        return [one for one in graded if attempts.is_another(self._of, (self._module, one.student), one.attempt)]

    def note(self, graded: Sequence[Graded]) -> None:
        """Keeps that the gradebook has their marks now."""
        for one in graded:
            attempts.note_graded(self._root, (self._module, one.student), one.attempt, datetime.now(UTC))


def _save(rows: Rows, opened: _Opened, graded: Sequence[Graded], keep: Mapping[str, set[str]] | None) -> None:
    """Writes the rows of some submissions; what an instructor marked by hand in an earlier attempt goes."""
    anew = opened.first_of(graded)
    rows.save(graded, keep=keep, anew=[one.student for one in anew])
    opened.note(anew)


@dataclass(frozen=True)
class _Job:
    """Everything a worker needs to know about the check."""

    module: str
    notebook: Path
    supplied: tuple[Path, ...]
    permissions: int
    shared: bool


@dataclass(frozen=True)
class _Done:
    student: str
    place: Path
    files: Path
    graded: Graded | None
    problem: str | None


def _job(config: Config, module: str) -> _Job:
    where = settings.directory(config, module)
    source = Path(where.format_path(where.source_directory, ".", module))
    notebooks = sorted(source.glob("*.ipynb"))
    if len(notebooks) != 1:
        raise CheckRefused(f"There's no check called {module} in {source}.")
    as_nbgrader = Autograde(coursedir=where, config=config)
    left_out = {notebooks[0].name, *as_nbgrader.exclude_overwriting.get(module, ())}
    supplied = tuple(path for path in sorted(source.iterdir()) if path.is_file() and path.name not in left_out)
    return _Job(module, notebooks[0], supplied, int(str(as_nbgrader.permissions), 8), where.groupshared)


def _wanted(
    config: Config, module: str, force: bool, students: set[str] | None, report: Report, known: set[str]
) -> Sequence[tuple[Submitted, Path]]:
    """The submissions to be graded, each with the folder of its autograded notebook; ``known``: with rows already."""
    wanted = []
    for one in found(config, module):
        if students is not None and one.student not in students:
            continue
        place = settings.folder(config, "autograded", module, one.student)
        if force or one.student not in known or _is_new(one, place):
            wanted.append((one, place))
        else:
            report.stood += 1
    return wanted


def _is_new(one: Submitted, place: Path) -> bool:
    """Never graded, or handed in at another time than what was graded; a wrong clock can make that an earlier one.

    Also one that was graded without a time, once there is one: nobody knows which submission that was. And one in
    which an instructor has put other answers since.
    """
    if not place.exists() or _size(one.folder / answers.FILE_NAME) != _size(place / answers.FILE_NAME):
        return True
    before, now = handed_in(place), handed_in(one.folder)
    return now is not None and now != before


def _size(path: Path) -> int | None:
    return path.lstat().st_size if os.path.lexists(path) else None


def _check(rows: Rows, job: _Job) -> None:
    """The gradebook and the source ask the same questions, or nothing is graded.

    Where the system can fork, workers start with the bank and whatever this read already in memory.
    """
    bank.points()
    cells = (cell.metadata.nbgrader for cell in _blank(job.notebook).notebook.cells if _is_asked(cell.metadata))
    asked = {cell.grade_id: float(cell.get("points", 0)) for cell in cells}
    worth = {item.slot or item.id: float(item.marks or 0) for item in bank.items(job.module).values()}
    stale = {name for name, points in asked.items() if worth.get(name, 0) != points} | (worth.keys() - asked)
    if stale:
        raise CheckRefused(
            f"The {job.module} bank has changed since its check was made ({', '.join(sorted(stale))}). "
            "Nothing in this check was graded. Run make update first."
        )
    if asked.keys() != rows.names:
        raise CheckRefused(
            f"The gradebook's questions for {job.module} don't match those in {job.notebook.name} "
            f"({', '.join(sorted(asked.keys() ^ rows.names))}). Run: nbgrader generate_assignment {job.module} --force"
        )


def _is_asked(metadata: Mapping[str, Mapping[str, object]]) -> bool:
    nbgrader = metadata.get("nbgrader", {})
    return bool(nbgrader.get("grade") or nbgrader.get("task"))


def _grade(job: _Job, scratch: Path, some: Sequence[tuple[Submitted, Path]]) -> list[_Done]:
    return [_one(job, scratch / one.student, one, place) for one, place in some]


def _one(job: _Job, files: Path, one: Submitted, place: Path) -> _Done:
    """Grades one submission and makes its files in ``files``. If it fails, the run goes on with the others."""
    try:
        files.mkdir()
        told = set_aside.made_sound(one.folder)
        scorer = Scorer(job.module, one.folder)
        _write(files / job.notebook.name, _blank(job.notebook).graded(scorer).encode("utf-8"))
        for path in (*job.supplied, *_given(one.folder)):
            shutil.copyfile(path, files / path.name)
        for path in files.iterdir():
            path.chmod(job.permissions)
        attempt = attempt_of(scorer.book, job.module)
        graded = Graded(one.student, handed_in(one.folder), scorer.marks(), attempt)
    except OSError as error:
        if error.errno in lock.NO_ROOM:
            raise
        return _Done(one.student, place, files, None, f"{error.filename or 'a file'}: {error.strerror or error}.")
    except Exception as error:
        return _Done(one.student, place, files, None, f"it couldn't be graded ({type(error).__name__}: {error}).")
    if scorer.trouble:
        told.append(scorer.trouble)
    return _Done(one.student, place, files, graded, " ".join(told) or None)


def _given(folder: Path) -> Iterator[Path]:
    """The facts about a submission that are saved with its grades."""
    names = (answers.FILE_NAME, *NBGRADERS_OWN)
    return (folder / name for name in names if (folder / name).is_file())


def forget() -> None:
    """Reads checks again from now on: during a long run, somebody may have fixed one."""
    _blank.cache_clear()


@cache
def _blank(source: Path) -> Blank:
    return Blank(source)


def _write(path: Path, data: bytes) -> None:
    # nbgrader's writer ends a text with one line end; nbformat's ends with none.
    path.write_bytes(data if data.endswith(b"\n") else data + b"\n")
