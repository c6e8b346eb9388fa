"""Classes made by hand, for tests of exports: what the gradebook would hold, and what an exporter says of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grading.bank import CourseInfo
from grading.exports.base import Exporter, TheClass, Trainee
from grading.gradebook import Grade, Student, Submission

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
COURSE = CourseInfo("Ladders", 0.5, {"one": "Lending", "two": "Returning"}, subtitle="For all", contact_hours=1.5)
"""Two checks, each met with half of its marks."""


def grades(*marks: tuple[float, float], waits: bool = False) -> tuple[Grade, ...]:
    """Questions with what was got of what there is; with ``waits`` one of 2 marks more that nobody has looked at."""
    given = [Grade(f"q{n}", most, got, None, None, waits=False) for n, (got, most) in enumerate(marks)]
    return (*given, Grade("written", 2, None, None, None, waits=True)) if waits else tuple(given)


def handed_in(
    student: str, check: str, *marks: tuple[float, float], penalty: float = 0, waits: bool = False
) -> Submission:
    return Submission(student, check, AT, penalty, grades(*marks, waits=waits))


def trainee(id: str, *taken: Submission, first: str = "", last: str = "", email: str = "", lms: str = "") -> Trainee:
    return Trainee(Student(id, first, last, email), lms, {one.module: one for one in taken})


def the_class(*trainees: Trainee, course: CourseInfo = COURSE) -> TheClass:
    return TheClass(course, "ladders", tuple(course.titles), trainees)


def export(exporter: type[Exporter], given: TheClass, to: Path, **settings: Any) -> list[str]:
    """Has a class exported to ``to``; what was said."""
    made, said = exporter(**settings), _Said()
    made.log = logging.Logger("export", logging.INFO)
    made.log.addHandler(said)
    made.tell_of_class(given)
    made.write(given, to)
    return said.lines


class _Said(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def columns(rows: Iterable[dict[str, str]], name: str) -> list[str]:
    return [row[name] for row in rows]
