"""What the course does with each teaching point: where it is taught, practised and assessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from authoring.course import Course, Module
from authoring.markup import Words
from casebook.kinds.base import Item


@dataclass(frozen=True)
class Row:
    """One teaching point and its module.

    How many texts teach it, decisions and items practise it, graded items settle it, and how many of these apply it.
    """

    point: str
    module: str
    finished: bool
    taught: int
    practised: int
    settled: int
    applied: int


def table(course: Course) -> list[Row]:
    """A row for each teaching point, in their order."""
    owners = {point: entry for entry in course.about.modules for point in entry.points}
    taught = _count(p for m in course.modules for piece in m.lesson if isinstance(piece, Words) for p in piece.teaches)
    practised = _count(p for module in course.modules for p in _practised(module))
    # What the final asks has been settled before, or it would be asked there for the first time.
    graded = [item for module in course.modules if module.entry.part != "final" for item in module.bank.items]
    settled = _count(p for item in graded for p in set(item.points))
    applied = _count(p for item in graded if item.applied for p in set(item.points))
    rows = []
    for point in course.points:
        owner = owners.get(point)
        numbers = (counts.get(point, 0) for counts in (taught, practised, settled, applied))
        rows.append(Row(point, owner.slug if owner else "-", bool(owner and owner.ready), *numbers))
    return rows


def shown(course: Course) -> str:
    """The table as lines of text; an empty cell of a finished module is marked."""
    lines = [["Teaching point", "Module", "Taught", "Practised", "Settled", "Applied"]]
    for row in table(course):
        numbers = (row.taught, row.practised, row.settled, row.applied)
        cells = [str(number) if number else "MISSING" if row.finished else "." for number in numbers]
        lines.append([row.point, row.module if row.finished else f"({row.module})", *cells])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = [_line(line, widths) for line in lines]
    finished = [row for row in table(course) if row.finished]
    whole = sum(all((row.taught, row.practised, row.settled, row.applied)) for row in finished)
    return "\n".join([*text, "", f"{whole} of the {len(finished)} points of finished modules have no empty cell."])


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
