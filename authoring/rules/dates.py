"""What the course says of its own time is so: contact hours that its minutes bear out, and days that there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Contact hours that are none, or more than all minutes; changes on days that are none, or out of order."""
    about, file = course.about, course.file
    minutes = sum(entry.minutes + entry.check_minutes for entry in about.modules if entry.ready)
    if not 0 < about.contact_hours <= minutes / 60:
        what = f"course.yml says the course takes {about.contact_hours:g} contact hours."
        yield file.problem(
            ("contact_hours",), what, f"Its modules and checks take {minutes / 60:.2g} hours. Don't claim more."
        )
    days = [_day(change.on) for change in about.changes]
    for n, (change, day) in enumerate(zip(about.changes, days, strict=True)):
        before = days[n - 1] if n else None
        if day is None:
            yield file.problem(("changes", n, "on"), f"'{change.on}' isn't a date.", "Write it like 2026-11-30.")
        elif before and day < before:
            what = "This change comes after a later one."
            yield file.problem(("changes", n, "on"), what, "Put changes in order, the newest last.")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


RULE = Rule(
    code="dates",
    why="A certificate counts its hours, and people who come back read what changed since they were here.",
    check=check,
    example=Example(
        "course/course.yml", "contact_hours: 0.05", "contact_hours: 8", "says the course takes 8 contact hours"
    ),
    of_whole=True,
)
