"""A class whose answers are handed in to the real course, and everything that its gradebook holds, to compare."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, islice
from pathlib import Path
from typing import Any

import yaml
from nbgrader import api
from nbgrader.api import Gradebook

from casebook.answers import FILE_NAME, Answer, append
from casebook.kinds.base import Item
from grading import bank, settings, yaml12
from grading.nbgrader_steps import Steps
from grading.scoring import score
from tests.grading.random_answers import lines

CHECK = "systems-advocates"
"""A check of the real course with a written answer, single choices and a choice of several."""


def question(kind: str) -> Item:
    """The first question of this kind in :data:`CHECK`."""
    return next(item for item in bank.items(CHECK).values() if item.kind == kind)


def options(id: str) -> tuple[str, str, str]:
    """Of a single choice in :data:`CHECK`: what is right, a wrong option that is safe, and another wrong one."""
    listed = bank.items(CHECK)[id].options  # type: ignore[attr-defined]
    safe = next(option.id for option in listed if not option.right and not option.unsafe)
    other = next(option.id for option in listed if not option.right and option.id != safe)
    return next(option.id for option in listed if option.right), safe, other


def seeds(*, writes: bool, number: int) -> list[int]:
    """Seeds of :func:`by_chance` for :data:`CHECK` whose answers have something written, or nothing."""
    written = question("written")

    def has(seed: int) -> bool:
        given = [one.given for one in by_chance(CHECK, seed) if one.id == written.id]
        return score(written, written.counting(given)).marks is None  # an instructor's to give

    return list(islice((seed for seed in count() if has(seed) == writes), number))


def key(path: Path, id: str, right: str, marks: Mapping[str, int] | None = None) -> None:
    """Makes another option right in the bank at ``path``; ``marks``: what some questions are worth from now on."""
    data = yaml12.load(path.read_text(encoding="utf-8"))
    item = next(item for item in data["items"] if item["id"] == id)
    for option in item["options"]:
        option.pop("right", None)
        if option["id"] == right:
            option["right"] = True
    for item in data["items"]:
        item["marks"] = (marks or {}).get(item["id"], item["marks"])
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


_LEFT = shutil.ignore_patterns("release", "submitted", "autograded", "feedback", "gradebook.db", "__pycache__")


def course(root: Path) -> Path:
    """The real course in the new folder ``root``, with nothing collected yet."""
    for name in ("course", "grading"):
        shutil.copytree(bank.ROOT / name, root / name, ignore=_LEFT)
    shutil.copy(bank.ROOT / "nbgrader_config.py", root)
    (root / "exchange").mkdir()
    return root


def steps(root: Path, *checks: str) -> Steps:
    """nbgrader's steps there, with the gradebook's rows of ``checks``."""
    made = Steps(root, cache=root / "cache")
    for check in checks:
        made.generate_assignment(check)
    return made


def submit(root: Path, student: str, check: str, given: Iterable[Answer], at: str = "2026-01-05 09:00:00 UTC") -> Path:
    """Lays a submission with these answers where collecting puts it."""
    folder = submitted(root, student, check)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / "course/source" / check / f"{check}-check.ipynb", folder)
    (folder / FILE_NAME).unlink(missing_ok=True)
    (folder / "timestamp.txt").write_text(at)
    keep(folder, given)
    return folder


def keep(folder: Path, given: Iterable[Answer]) -> None:
    """Writes answers as a trainee's page does."""
    for answer in given:
        append(folder / FILE_NAME, answer)


def by_chance(check: str, seed: int) -> Iterator[Answer]:
    """Answers to a check, the same for the same seed."""
    return lines(list(bank.items(check).values()), check, random.Random(seed))  # noqa: S311 - the same each time


def submitted(root: Path, student: str, check: str) -> Path:
    """Where a submission lies."""
    return root / "grading/submitted" / student / check


def notebooks(root: Path) -> dict[str, bytes]:
    """Every autograded notebook, by its path."""
    folder = root / "grading/autograded"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.glob("[!.]*/*/*.ipynb")}


def pages(root: Path) -> dict[str, bytes]:
    """Every feedback page, by its path."""
    folder = root / "grading/feedback"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.glob("[!.]*/*/*.html")}


def rows(root: Path) -> dict[str, list[Any]]:
    """Everything that the gradebook of a course holds of its class, without the keys that are drawn at random."""
    where = settings.directory(settings.load(root))
    with Gradebook(where.db_url, where.course_id) as book:
        submissions = book.db.query(api.SubmittedAssignment).all()
        return {
            "courses": sorted(course.id for course in book.db.query(api.Course)),
            "students": sorted(
                (one.id, one.first_name, one.last_name, one.email, one.lms_user_id) for one in book.students
            ),
            "submissions": sorted(_submission(one) for one in submissions),
            "grades": sorted(_grade(one) for one in book.db.query(api.Grade)),
            "comments": sorted(_comment(one) for one in book.db.query(api.Comment)),
        }


def _submission(one: api.SubmittedAssignment) -> tuple[str, ...]:
    notebooks = [(each.name, each.flagged, each.late_submission_penalty) for each in one.notebooks]
    return (
        one.student.id,
        one.assignment.name,
        str(one.timestamp),
        str(one.extension),
        repr(notebooks),
        f"{one.score:.9f}",  # no row: the database adds it up, in an order of its own
    )


def _grade(one: api.Grade) -> tuple[str, ...]:
    whose = (one.student.id, one.assignment.name, one.cell.name)
    marks = (one.auto_score, one.manual_score, one.extra_credit, one.max_score, one.needs_manual_grade)
    return (*whose, *(repr(each) for each in marks))


def _comment(one: api.Comment) -> tuple[str, ...]:
    return (one.student.id, one.assignment.name, one.cell.name, repr(one.auto_comment), repr(one.manual_comment))
