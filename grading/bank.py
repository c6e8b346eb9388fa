"""The item bank, the teaching points and the course's pass mark, as grading needs them.

The authors' check has looked at these files in full; what is read here is only shaped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from casebook import content, records
from casebook.content import ContentMissing, Point, Taught
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from grading import yaml12
from grading.refused import CheckRefused, Refused

ROOT = Path(os.environ.get("CASEBOOK_ROOT") or Path(__file__).resolve().parent.parent)
"""The course's root; ``CASEBOOK_ROOT`` names another course to grade than the one beside this package."""


@dataclass(frozen=True)
class CourseInfo:
    """The facts about the course that feedback and certificates use: titles by slug, and the share of points to pass.

    ``own_marks``: the passing shares of modules that don't use the course's.
    """

    title: str
    pass_mark: float
    titles: dict[str, str]
    own_marks: dict[str, float] = field(default_factory=dict)
    subtitle: str = ""
    contact_hours: float = 0
    finals: tuple[str, ...] = ()
    help: tuple[tuple[str, str], ...] = ()
    """Whom to turn to, and how: at the foot of the feedback page."""

    def pass_mark_of(self, module: str) -> float:
        """The share of points it takes to pass a module's check."""
        return self.own_marks.get(module, self.pass_mark)


def state(root: Path = ROOT) -> tuple[tuple[str, int, int], ...]:
    """A stamp that changes when the bank, the course's texts, or the checks change: everything grading depends on."""
    kept = [root / "course/points.yml", root / "course/course.yml"]
    found = [*kept, *root.glob("grading/bank/*.yml"), *root.glob("course/source/*/*.ipynb")]
    about = ((path, path.stat()) for path in sorted(found) if path.is_file())
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in about)


def forget() -> None:
    """Forgets what was read, so everything is read again. Otherwise it's kept as long as the program runs."""
    for read in (items, points, taught, course):
        read.cache_clear()


@cache
def items(module: str, root: Path = ROOT) -> dict[str, Item]:
    """The items of a module's check, keys and all, by identifier."""
    path = root / "grading/bank" / f"{module}.yml"
    with _told(path, CheckRefused):
        return {raw["id"]: records.load(KINDS[raw["kind"]].record, raw, raw["id"]) for raw in _yaml(path)["items"]}


@cache
def points(root: Path = ROOT) -> dict[str, Point]:
    """The teaching points, in the course's order."""
    path = root / "course/points.yml"
    with _told(path):
        return {raw["id"]: Point(raw["name"], raw["text"]) for raw in _yaml(path)["points"]}


@cache
def taught(root: Path = ROOT) -> dict[str, Taught]:
    """The places in lessons that teach each point; of a course whose lessons are not here, none."""
    try:
        return content.refresher(root / "course/modules")[0]
    except ContentMissing:
        return {}


@cache
def course(root: Path = ROOT) -> CourseInfo:
    """The course's title, pass marks and module titles."""
    path = root / "course/course.yml"
    with _told(path):
        data = _yaml(path)
        modules = [module for module in data["modules"] if module["ready"]]
        return CourseInfo(
            title=data["title"],
            pass_mark=data["pass_mark"],
            titles={m["slug"]: m["title"] for m in modules},
            own_marks={m["slug"]: m["pass_mark"] for m in modules if m.get("pass_mark") is not None},
            subtitle=data["subtitle"],
            contact_hours=data.get("contact_hours", 0),
            finals=tuple(m["slug"] for m in modules if m.get("part") == "final"),
            help=tuple((line["who"], line["how"]) for line in data.get("help", ())),
        )


def _yaml(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml12.load(path.read_text(encoding="utf-8"))
    return data


@contextmanager
def _told(path: Path, kind: type[Refused] = Refused) -> Iterator[None]:
    """Names the author's file that is wrong. The authors' own check says what is wrong with it, line by line."""
    try:
        yield
    except OSError as error:
        if kind is Refused:
            raise
        raise kind(f"{path} can't be read: {error.strerror or error}.") from error
    except Exception as error:
        words = " ".join(str(error).split())[:200]
        raise kind(
            f"{path} has a mistake in it ({words}). Run make update: it tells you which line, and what to write."
        ) from error
