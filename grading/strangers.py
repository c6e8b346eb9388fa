"""Trainees who handed something in and are on no list of the class. They are named, and count in no percentage.

The list is what ``make roster`` brought in, and whoever the gradebook knows by a name or an address: of everybody else
who hands in, autograding adds the id alone. Where nobody is on a list there is none, and everybody counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from traitlets.config import Config

from grading import gradebook, roster, settings
from grading.gradebook import Student


def on_list(kept: Collection[str], known: Iterable[Student]) -> frozenset[str]:
    """The ids on the class's list: of ``grading/roster.csv`` (``kept``), and of whom the gradebook knows."""
    return frozenset(kept) | {one.id for one in known if one.first_name or one.last_name or one.email}


def among(ids: Iterable[str], listed: Collection[str]) -> list[str]:
    """Who of ``ids`` is not on the list, in order; nobody where there is no list."""
    return sorted(set(ids) - set(listed)) if listed else []


def read(config: Config) -> frozenset[str]:
    """The ids on the list of a course's class. Raises as :func:`grading.roster.kept` does."""
    where = settings.directory(config)
    known = gradebook.students(where.db_url) if gradebook.is_there(config) else []
    return on_list(roster.kept(Path(where.root)), known)


def said(ids: Collection[str]) -> str:
    """What instructors are told of them."""
    return (
        f"Not on the class list: {', '.join(ids)}. They don't count in percentages. If they're in the class, put "
        "them on the list, and run make roster FILE=… again."
    )
