"""What the course does with each teaching point: where it is taught, practised and assessed.

Counted for ``make coverage`` (:func:`shown`), and with headings and titles for the instructor's guide (:func:`page`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from authoring.course import Course, Module, ModuleEntry
from authoring.markup import Words
from casebook.kinds.base import Item

PAGE = Path("course/guide/coverage.md")
"""The table of the instructor's guide. It is generated; its neighbors in that folder are written by hand."""


@dataclass(frozen=True)
class Row:
    """One teaching point and its module.

    How many texts teach it, decisions and items practise it, graded items settle it, how many of these apply it, and
    how many slots of the final ask it once more.
    """

    point: str
    module: str
    finished: bool
    taught: int
    practised: int
    settled: int
    applied: int
    slots: int


def table(course: Course) -> list[Row]:
    """A row for each teaching point, in their order."""
    owners = {point: entry for entry in course.about.modules for point in entry.points}
    taught = _count(p for m in course.modules for piece in m.lesson if isinstance(piece, Words) for p in piece.teaches)
    practised = _count(p for module in course.modules for p in _practised(module))
    # What the final asks has been settled before, or it would be asked there for the first time.
    graded = [item for module in course.modules if module.entry.part != "final" for item in module.bank.items]
    settled = _count(p for item in graded for p in set(item.points))
    applied = _count(p for item in graded if item.applied for p in set(item.points))
    # The variants of a slot have the same points: one of them stands for all.
    asked = [variants[0] for module in course.modules for variants in module.slots().values()]
    slots = _count(p for item in asked for p in set(item.points))
    rows = []
    for point in course.points:
        owner = owners.get(point)
        numbers = (counts.get(point, 0) for counts in (taught, practised, settled, applied, slots))
        rows.append(Row(point, owner.slug if owner else "-", bool(owner and owner.ready), *numbers))
    return rows


def shown(course: Course) -> str:
    """The table as lines of text; an empty cell of a finished module is marked."""
    lines = [["Teaching point", "Module", "Taught", "Practiced", "Settled", "Applied", "Final"]]
    for row in table(course):
        numbers = (row.taught, row.practised, row.settled, row.applied)
        cells = [str(number) if number else "MISSING" if row.finished else "." for number in numbers]
        may_lack = not row.finished or course.points[row.point].look_up
        cells.append(str(row.slots) if row.slots else "." if may_lack else "MISSING")
        lines.append([row.point, row.module if row.finished else f"({row.module})", *cells])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = [_line(line, widths) for line in lines]
    finished = [row for row in table(course) if row.finished]
    whole = len(finished) - sum("MISSING" in line for line in lines)
    return "\n".join([*text, "", f"{whole} of the {len(finished)} points of finished modules have no empty cell."])


def page(course: Course) -> bytes:
    """The table as a page of the instructor's guide: per module its points, where and how often each is met."""
    rows = {row.point: row for row in table(course)}
    lines = [_ABOUT]
    waiting: list[str] = []
    for number, entry in enumerate(course.about.modules, start=1):
        points = [point for point in entry.points if point in course.points]
        if points and not entry.ready:
            waiting.append(f"- {entry.title}: {', '.join(f'`{point}`' for point in points)}")
        elif points:
            lines += [f"## {number}. {_cell(entry.title)}", "", *_of_module(course, entry, points, rows), ""]
    if waiting:
        lines += [
            "## Not released yet",
            "",
            "These modules, and everything they teach, practice, and ask, are left out above.",
            "",
        ]
        lines += [*waiting, ""]
    return "\n".join(lines).encode()


_ABOUT = """\
# Where each teaching point is taught, practiced, and tested

<!-- Made by make update from the texts and banks. Don't edit it: you'd lose your changes. -->

For each teaching point: the lesson headings that teach it, how many practice items and decisions there are on it, the
scenarios with a decision about it, how many graded items test it (in parentheses: how many apply it to a case), and how
many slots of the final test it again. If a heading is in a different module's lesson, that module's name follows it.
`make coverage` prints the counts.
"""


def _of_module(course: Course, entry: ModuleEntry, points: Sequence[str], rows: Mapping[str, Row]) -> Iterator[str]:
    yield "| Teaching point | Taught under | Practiced | Scenarios | Tested (applied) | Final |"
    yield "|---|---|---|---|---|---|"
    for point in points:
        row = rows[point]
        scenarios = "; ".join(_cell(title) for title in _scenarios(course, point)) or "none"
        taught = "; ".join(_headings(course, entry, point)) or "nowhere"
        counted = f"{row.practised} | {scenarios} | {row.settled} ({row.applied}) | {row.slots}"
        yield f"| {_cell(course.points[point].name)} (`{point}`) | {taught} | {counted} |"


def _headings(course: Course, entry: ModuleEntry, point: str) -> Iterator[str]:
    """The headings under which lessons teach ``point``, those of its own module first."""
    for module in sorted(course.modules, key=lambda each: each.entry != entry):
        for piece in module.lesson:
            if isinstance(piece, Words) and point in piece.teaches:
                heading = _cell(piece.source.splitlines()[0].lstrip("# "))
                yield heading if module.entry == entry else f"{heading} (*{_cell(module.entry.title)}*)"


def _scenarios(course: Course, point: str) -> Iterator[str]:
    """The titles of the scenarios with a decision about ``point``."""
    for module in course.modules:
        for story in (scenario.story for scenario in module.scenarios):
            if any(point in choice.points for scene in story.scenes.values() for choice in scene.choices):
                yield story.title


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Two columns of words to the left, numbers to the right."""
    placed = (c.rjust(w) if n > 1 else c.ljust(w) for n, (c, w) in enumerate(zip(cells, widths, strict=True)))
    return "  ".join(placed).rstrip()


def _practised(module: Module) -> Iterable[str]:
    for item in module.practice.items:
        yield from _of(item)
    for scenario in module.scenarios:
        for scene in scenario.story.scenes.values():
            for choice in scene.choices:
                yield from choice.points


def _of(item: Item) -> set[str]:
    """The points that an item is about, as a whole or in its parts."""
    return {*item.points, *(point for part in item.parts() for point in part.points)}


def _count(points: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for point in points:
        counts[point] = counts.get(point, 0) + 1
    return counts
