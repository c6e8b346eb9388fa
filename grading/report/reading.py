"""Reads a class: its gradebook, the answers that were handed in, the bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from traitlets.config import Config

from casebook.content import Point
from casebook.kinds.base import Item
from grading import attempts, bank, gradebook, graded, lateness, roster, settings, strangers, unanswered
from grading.attempts import Attempts
from grading.bulk import pool, submitted
from grading.gradebook import Student, Submission
from grading.refused import Refused
from grading.report import returned, sitting
from grading.report.sitting import Sitting
from grading.scoring import Scorer


@dataclass(frozen=True)
class Check:
    """A check: its name, its title, the share of marks that meets it, and its items, keys and all."""

    module: str
    title: str
    pass_mark: float
    items: Mapping[str, Item]


@dataclass(frozen=True)
class Class:
    """A class as it was read. ``submissions`` and ``sittings`` are by check and trainee.

    ``again`` are those who handed in anew what is not graded yet: their older marks are of other answers.
    ``unanswered`` sent no answers, and nobody has confirmed their 0: what is to be told of each. ``strangers`` handed
    something in, and are not on the class's list: they are no students of it, and in no figure. ``returned`` are those
    who handed in what was graded after feedback on the same check had been returned to them. ``ids_are_given`` says
    whether a server gave the trainees their ids, so that no machine knows them by another. ``attempts`` are those of
    trainees for whom another attempt was opened.
    """

    title: str
    students: tuple[Student, ...]
    checks: tuple[Check, ...]
    points: Mapping[str, Point]
    pass_mark: float
    submissions: Mapping[tuple[str, str], Submission] = field(default_factory=dict)
    sittings: Mapping[tuple[str, str], Sitting] = field(default_factory=dict)
    again: frozenset[tuple[str, str]] = frozenset()
    unanswered: Mapping[tuple[str, str], str] = field(default_factory=dict)
    strangers: tuple[Student, ...] = ()
    returned: frozenset[tuple[str, str]] = frozenset()
    ids_are_given: bool = False
    attempts: Mapping[tuple[str, str], Attempts] = field(default_factory=dict)


def read(root: Path, only: str = "", processes: int | None = None) -> Class:
    """The class whose course lies in ``root``, in every check or in one. Raises :class:`Refused`."""
    config = settings.load(root)
    db_url = str(config.CourseDirectory.db_url)
    gradebook.there(config)
    course = bank.course(root)
    if only and only not in course.titles:
        raise Refused(f"There's no check called '{only}'. The checks are: {', '.join(course.titles)}.")
    checks = tuple(
        Check(slug, title, course.pass_mark_of(slug), bank.items(slug, root))
        for slug, title in course.titles.items()
        if only in ("", slug)
    )
    lateness.settle(config, only)
    taken = {(one.module, one.student): one for one in graded.submissions(config, only or None)}
    folders = _folders(config, [check.module for check in checks], taken)
    again = frozenset(key for key, folder in folders.items() if key in taken and _since(taken[key], folder))
    empty = unanswered.open_ones(config, taken.values())
    known, handed_in = gradebook.students(db_url), [student for _, student in (*taken, *folders)]
    everybody = _everybody(known, handed_in)
    listed = strangers.on_list(roster.kept(root), known)
    others = strangers.among((one.id for one in everybody), listed)
    return Class(
        title=course.title,
        students=tuple(one for one in everybody if one.id not in others),
        checks=checks,
        points=bank.points(root),
        pass_mark=course.pass_mark,
        submissions=taken,
        sittings=_sittings(root, folders, processes),
        again=again,
        unanswered={key: one.words for key, one in empty.items() if key not in again},
        strangers=tuple(one for one in everybody if one.id in others and one.id in handed_in),
        returned=returned.before(config, folders),
        ids_are_given=returned.ids_are_given(config),
        attempts={key: of for key, of in attempts.read(root).items() if key in taken},
    )


def _folders(
    config: Config, modules: Iterable[str], taken: Mapping[tuple[str, str], Submission]
) -> dict[tuple[str, str], Path]:
    """Where the answers of each check and trainee lie. Where an attempt doesn't count, the graded one stands."""
    where = settings.directory(config)
    found: dict[tuple[str, str], Path] = {}
    for module in modules:
        counting, passed = submitted.looked_through(where, module)
        found |= {(module, one.student): one.folder for one in counting}
        of_others = (one.student for one in passed if one.attempt and (module, one.student) in taken)
        found |= {(module, id): settings.folder(config, "autograded", module, id) for id in of_others}
    return found


def _everybody(known: Sequence[Student], others: Iterable[str]) -> tuple[Student, ...]:
    """The class, and whoever handed something in and is not on its list."""
    listed = {student.id: student for student in known}
    added = {id: Student(id) for id in others if id not in listed}
    return tuple(sorted((*listed.values(), *added.values()), key=lambda student: student.id))


def _since(graded: Submission, folder: Path) -> bool:
    """Whether what lies in the folder was handed in at another time than what was graded."""
    at: datetime | None = submitted.handed_in(folder)
    return at is not None and graded.at is not None and at.replace(tzinfo=UTC) != graded.at


def _sittings(
    root: Path, folders: Mapping[tuple[str, str], Path], processes: int | None
) -> dict[tuple[str, str], Sitting]:
    pieces = [(root, module, student, folder) for (module, student), folder in folders.items()]
    done = pool.run(_read, pieces, pool.count(processes, len(pieces)))
    found = {(one.module, one.student): one for some in done for one in some}
    return {key: found[key] for key in folders}


def _read(pieces: Sequence[tuple[Path, str, str, Path]]) -> list[Sitting]:
    return [
        sitting.of(student, Scorer(module, folder, bank.items(module, root)))
        for root, module, student, folder in pieces
    ]
