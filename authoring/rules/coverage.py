"""Each teaching point of a finished module is taught, practised, and settled by graded items, one of them applied."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import coverage
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule

_REMEDY = "Name it where it belongs, or write what's missing."


def check(course: Course) -> Iterator[Problem]:
    """Teaching points that a finished module leaves out, and modules that have none."""
    asked = course.about.standards
    rows = {row.point: row for row in coverage.table(course)}
    for module in course.modules:
        place = ("modules", module.number - 1, "points")
        if not module.entry.points and module.entry.part == "module":
            what = f"{module.slug} doesn't name any teaching points of its own."
            yield course.file.problem(place, what, "Add 'points: [...]' to its entry.")
        for point in module.entry.points:
            row = rows.get(point)
            for fault in _faults(row, asked.settled_by, asked.applied) if row else ():
                yield course.file.problem(place, f"{point} {fault}.", _REMEDY)


def _faults(row: coverage.Row, settled_by: int, applied: int) -> Iterator[str]:
    if not row.taught:
        yield "isn't taught in any lesson"
    if not row.practised:
        yield "isn't practiced in any scenario or practice item"
    if row.settled < settled_by:
        yield f"is settled by {row.settled} graded items, not by {settled_by}"
    elif row.applied < applied:
        yield "isn't settled by any graded item that applies it to a case"


RULE = Rule(
    code="coverage",
    why="A question needs a lesson and practice first, and a lesson needs a question.",
    check=check,
    example=Example(
        "course/content/tiny/lesson.md",
        "{teaches} ladder-asks ",
        "{teaches} ",
        "ladder-asks isn't taught in any lesson",
    ),
    of_whole=True,
)
