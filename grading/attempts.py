"""Which attempt at a check counts, of whom: the register of the attempts that an instructor opened.

The register (:data:`KEPT`) is only added to. A line says that another attempt was opened, and what the one before it
came to; what was graded of that one lies in :data:`ARCHIVE`. A second kind of line says that the gradebook's marks are
another attempt's now. Which attempt a submission belongs to, its answers say (:mod:`casebook.attempts`).
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias

from casebook import answers, records
from casebook import attempts as lines
from casebook.answers import Answer
from grading import submission, verdict
from grading.verdict import UnsafeChoice

KEPT = "grading/attempts.jsonl"
ARCHIVE = "grading/attempts"
"""Of each attempt that was kept, ``<check>/<trainee>/<number>``: the graded folder, and the feedback page."""
_OPENED, _GRADED = "opened", "graded"
Key: TypeAlias = tuple[str, str]
"""A check and a trainee."""
Standing = Literal["counts", "unopened", "earlier"]


@dataclass(frozen=True)
class Kept:
    """An attempt that was kept when attempt ``opens`` was opened: when (``at``) and by whom, and what it came to.

    ``handed_in`` is an ISO time in UTC, if it is known.
    """

    student: str
    number: int
    opens: int
    at: str
    by: str
    score: float
    most: float
    met: bool
    handed_in: str | None = None
    unsafe: tuple[UnsafeChoice, ...] = ()


@dataclass(frozen=True)
class Attempts:
    """A trainee's attempts at a check: those that were ``kept``, and the one whose marks the gradebook holds."""

    kept: tuple[Kept, ...]
    graded: int

    @property
    def awaited(self) -> int:
        """The attempt that was opened last."""
        return self.kept[-1].opens

    @property
    def is_open(self) -> bool:
        """Whether it isn't graded yet."""
        return self.graded != self.awaited

    @property
    def on_page(self) -> dict[str, int | None]:
        """What the feedback page says: which attempt it is of, and which one is open."""
        return {"attempt": self.graded, "opened": self.awaited if self.is_open else None}


def standing(number: int, awaited: int | None, graded: int | None) -> Standing:
    """Whether attempt ``number`` that somebody handed in counts. The one rule.

    ``awaited`` is the attempt that was opened last, if one was; ``graded`` the one whose answers were graded, if any
    were. Before anything is graded, whatever a trainee hands in is their first.
    """
    if awaited is None:
        return "unopened" if graded is not None and number > graded else "counts"
    if number == awaited:
        return "counts"
    return "unopened" if number > awaited else "earlier"


def why_not(number: int, of: Attempts | None, graded: int | None, key: Key) -> str:
    """What an instructor is told of a submission that doesn't count, and what to do; empty where it counts."""
    awaited = of.awaited if of else None
    found = standing(number, awaited, graded)
    if found == "counts":
        return ""
    check, student = key
    stands = "" if of and of.is_open else " The graded one still counts."
    if found == "unopened":
        open_one = f" Attempt {awaited} is open." if of and of.is_open else ""
        remedy = f"To grade it, open it: make attempt CHECK={check} STUDENT={shlex.quote(student)}."
        return f"These are answers to attempt {number}, which nobody opened.{open_one}{stands} {remedy}"
    begin = (
        "" if stands else f" Ask them to choose Begin attempt {awaited} at the end of the check, and then hand it in."
    )
    return f"These are answers to attempt {number}, handed in after attempt {awaited} was opened.{stands}{begin}"


def number(folder: Path, module: str) -> int:
    """Which attempt at a check the answers in ``folder`` belong to. Of a long file only its beginning is read."""
    return lines.told(submission.first(folder, module))


def read(root: Path) -> dict[Key, Attempts]:
    """Every check and trainee with another attempt than the first. Raises ``OSError``."""
    return _folded(answers.read(root / KEPT).answers)


def _folded(told: Iterable[Answer]) -> dict[Key, Attempts]:
    found: dict[Key, Attempts] = {}
    for one in told:
        key = (one.module, str(one.given.get("student")))
        if one.id == _OPENED and (kept := _kept(one)):
            before = found[key].kept if key in found else ()
            # A line on an attempt that was kept already only opens another number.
            found[key] = Attempts((*(each for each in before if each.number < kept.number), kept), kept.number)
        elif one.id == _GRADED and key in found and type(graded := one.given.get("number")) is int:
            found[key] = replace(found[key], graded=graded)
    return found


def _kept(told: Answer) -> Kept | None:
    given: dict[str, Any] = {**told.given, "at": told.at}
    try:
        kept = records.load(Kept, given, "attempt")
    except records.NotShaped:
        return None
    return kept if 1 <= kept.number < kept.opens else None


def add(root: Path, module: str, kept: Kept) -> None:
    """Keeps in the register that another attempt was opened. Raises ``OSError``."""
    given = {**records.dump(kept), "unsafe": verdict.to_data(kept.unsafe)}
    given.pop("at")
    _append(root, Answer(module, _OPENED, given, kept.at))


def is_another(of: Mapping[Key, Attempts], key: Key, number: int) -> bool:
    """Whether attempt ``number`` is another than the one whose marks the gradebook holds."""
    return key in of and of[key].graded != number


def note_graded(root: Path, key: Key, number: int, now: datetime) -> None:
    """Keeps in the register that the gradebook's marks are those of attempt ``number`` from now on. ``OSError``."""
    given = {"student": key[1], "number": number}
    _append(root, Answer(key[0], _GRADED, given, now.isoformat(timespec="seconds")))


def _append(root: Path, line: Answer) -> None:
    path = root / KEPT
    path.touch(mode=0o660)  # for nobody but the owner and a group of instructors
    answers.append(path, line)
