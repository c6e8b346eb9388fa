"""Finds and reads the compiled content that a notebook plays.

A lesson's content lies in ``content/<module>.json`` beside the notebook; a check's public items in
``items.json`` beside it. Both are plain data. Whatever is wrong with them is said in plain words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from casebook import records
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from casebook.story import Story

FORMAT_VERSION = 1
ITEMS_FILE = "items.json"
CONTENT_FOLDER = "content"
COURSE_FILE = "course.json"
REFRESHER_FILE = "refresher.json"
AIDS_FOLDER = "job-aids"


class ContentMissing(Exception):
    """The content asked for is not there or not readable; the message is for the trainee."""


@dataclass(frozen=True)
class Point:
    """A teaching point: its short name and what it says."""

    name: str
    text: str


@dataclass(frozen=True)
class Lesson:
    """What a module's lesson plays."""

    module: str
    title: str
    points: dict[str, Point] = field(default_factory=dict)
    practice: dict[str, Item] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    refresher: dict[str, Item] = field(default_factory=dict)
    """Items that only the refresher asks."""


@dataclass(frozen=True)
class Taught(Point):
    """A teaching point and the place that teaches it: the module, its lesson's page, the cell and its heading."""

    module: str
    title: str
    lesson: str
    cell: str
    heading: str


@dataclass(frozen=True)
class Question:
    """Something that the refresher may ask: an item, or a short scenario. ``seconds`` are what it mostly takes."""

    id: str
    module: str
    points: tuple[str, ...]
    seconds: float
    story: bool = False


@dataclass(frozen=True)
class Outline:
    """One module as the start page tells of it.

    ``lesson`` and ``check`` are paths from the start page; ``lesson`` is empty where there is none.
    """

    slug: str
    title: str
    minutes: int
    check_minutes: int
    lesson: str
    check: str
    steps: tuple[str, ...] = ()
    """The lesson's practice items and scenarios, in the order of its text."""
    items: tuple[str, ...] = ()
    """The check's questions, items or slots, in the order of its text."""
    slots: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The variants of each slot."""


@dataclass(frozen=True)
class Aid:
    """A job aid: a page to print. ``path`` is from the start page."""

    slug: str
    title: str
    about: str
    path: str


@dataclass(frozen=True)
class Change:
    """A change of what the course teaches: the day on which it came (as 2026-11-30), and what is other now."""

    on: str
    what: str


@dataclass(frozen=True)
class Check:
    """What a module's check shows: public parts of its items, in order; of a slot, those of all its variants."""

    module: str
    title: str
    items: dict[str, dict[str, Any]]

    @cached_property
    def slots(self) -> dict[str, tuple[str, ...]]:
        """The slots, in order, each with its variants."""
        found: dict[str, tuple[str, ...]] = {}
        for id, item in self.items.items():
            if "slot" in item:
                found[item["slot"]] = (*found.get(item["slot"], ()), id)
        return found

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """What is asked, in order: items that stand alone, and slots."""
        return tuple(dict.fromkeys(item.get("slot", id) for id, item in self.items.items()))


def lesson(module: str, folder: Path) -> Lesson:
    """The content of a module's lesson, from beside its notebook in ``folder``."""
    path = folder / CONTENT_FOLDER / f"{module}.json"
    return _lesson(module, path.name, _bytes(path))


@lru_cache(maxsize=4)
def _lesson(module: str, name: str, content: bytes) -> Lesson:
    # Every call of a notebook asks for its lesson: the same bytes are made into one only once.
    data = _data(name, content)
    try:
        return Lesson(
            module=module,
            title=records.load(str, data["title"], "title"),
            points={p["id"]: Point(_text(p["name"]), _text(p["text"])) for p in data["points"]},
            practice={item["id"]: _item(item) for item in data["practice"]},
            stories={s["id"]: records.load(Story, s, s["id"]) for s in data["stories"]},
            refresher={item["id"]: _item(item) for item in data["refresher"]},
        )
    except (KeyError, TypeError, AttributeError, records.NotShaped) as error:
        raise _damaged(f"{CONTENT_FOLDER}/{name}", error) from None


def check(module: str, folder: Path) -> Check:
    """The public items of a module's check, from beside its notebook in ``folder``."""
    data = _read(folder / ITEMS_FILE)
    try:
        if data["module"] != module:
            raise ContentMissing(f"The file {ITEMS_FILE} here belongs to a different check.")
        items = {item["id"]: item for item in data["items"]}
        for item in items.values():
            KINDS[item["kind"]].fields(item)
            _text(item.get("slot", ""))
        return Check(module, records.load(str, data["title"], "title"), items)
    except (KeyError, TypeError, AttributeError, records.NotShaped) as error:
        raise _damaged(ITEMS_FILE, error) from None


def is_check(folder: Path) -> bool:
    """Whether ``folder`` is a check's, and not the lessons'."""
    return (folder / ITEMS_FILE).is_file()


def outlines(folder: Path) -> tuple[Outline, ...]:
    """Every module of the course, in its order, from beside the start page in ``folder``."""
    data = _read(folder / CONTENT_FOLDER / COURSE_FILE)
    try:
        return tuple(records.load(Outline, raw, "module") for raw in data["modules"])
    except (KeyError, TypeError, records.NotShaped) as error:
        raise _damaged(CONTENT_FOLDER + "/" + COURSE_FILE, error) from None


def aids(folder: Path) -> tuple[Aid, ...]:
    """Every job aid, in the course's order, from beside the start page in ``folder``."""
    data = _read(folder / CONTENT_FOLDER / COURSE_FILE)
    try:
        return tuple(records.load(Aid, raw, "job aid") for raw in data["aids"])
    except (KeyError, TypeError, records.NotShaped) as error:
        raise _damaged(CONTENT_FOLDER + "/" + COURSE_FILE, error) from None


def changes(folder: Path) -> tuple[Change, ...]:
    """What changed in what the course teaches, from beside the start page in ``folder``."""
    data = _read(folder / CONTENT_FOLDER / COURSE_FILE)
    try:
        return tuple(records.load(Change, raw, "change") for raw in data["changes"])
    except (KeyError, TypeError, records.NotShaped) as error:
        raise _damaged(CONTENT_FOLDER + "/" + COURSE_FILE, error) from None


def refresher(folder: Path) -> tuple[dict[str, Taught], tuple[Question, ...]]:
    """The course's teaching points, in its order, and what can be asked about them; from beside the pages."""
    data = _read(folder / CONTENT_FOLDER / REFRESHER_FILE)
    try:
        points = {raw["id"]: _taught(raw) for raw in data["points"]}
        return points, tuple(records.load(Question, raw, "question") for raw in data["questions"])
    except (KeyError, TypeError, AttributeError, records.NotShaped) as error:
        raise _damaged(CONTENT_FOLDER + "/" + REFRESHER_FILE, error) from None


def _taught(raw: dict[str, Any]) -> Taught:
    return records.load(Taught, {name: value for name, value in raw.items() if name != "id"}, "teaching point")


def _text(data: object) -> str:
    return records.load(str, data, "words")


def _item(data: dict[str, Any]) -> Item:
    return records.load(KINDS[data["kind"]].record, data, str(data.get("id")))


def _read(path: Path) -> dict[str, Any]:
    return _data(path.name, _bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ContentMissing(
            f"The file {path.name} belongs next to this notebook and isn't there. "
            "Open the notebook from your course folder, or set the course up again."
        ) from None
    except OSError as error:
        raise _damaged(path.name, error) from None


def _data(name: str, content: bytes) -> dict[str, Any]:
    try:
        data = records.decoded(content)
    except records.NotShaped as error:
        raise _damaged(name, error) from None
    if not isinstance(data, dict) or data.get("format_version") != FORMAT_VERSION:
        raise ContentMissing(f"The file {name} is from a different version of the course. Set the course up again.")
    return data


def _damaged(name: str, error: Exception) -> ContentMissing:
    return ContentMissing(
        f"The file {name} can't be read ({error}). Set the course up again; your answers stay as they are."
    )
