"""What trainees are called in a report: by name, or by letters that tell nobody who they are."""

from __future__ import annotations

from collections.abc import Iterable
from random import SystemRandom

from grading.gradebook import Student


def shown(students: Iterable[Student], *, without_names: bool) -> dict[str, str]:
    """Each trainee's id to what the report calls them.

    Letters are drawn anew for each report: whoever knows the ids could work out any order that follows from them.
    """
    if without_names:
        ids = [student.id for student in students]
        SystemRandom().shuffle(ids)
        return {id: letters(n) for n, id in enumerate(ids)}
    listed = list(students)
    names = [student.name for student in listed]
    # Two of one name are told apart by their ids.
    return {s.id: s.name if names.count(s.name) == 1 else f"{s.name} ({s.id})" for s in listed}


def letters(number: int) -> str:
    """The letters of a number from 0: A, B, and so on to Z, then AA, AB."""
    before, last = divmod(number, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
