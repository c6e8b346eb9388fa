"""Results of checks that were graded on the trainee's own machine: kept like answers, only ever added to.

They lie in a folder beside the check's page that nbgrader never takes along. With each attempt goes a folder of its
own: its feedback page, and, once another attempt is begun, the answers that were given in it. So nothing is lost by
trying again. Which attempt it is follows from what lies there; nothing kept beside it could say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebook import answers, records
from casebook.answers import FILE_NAME, Answer

FOLDER = "self-graded"
"""Beside the check's page; nbgrader's configuration leaves it out of submissions."""
RESULTS = "results.jsonl"
PAGE = "feedback.html"
_ID = "result"
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
"""What an attempt's folder is called; "1 (copy)" is somebody's own."""


@dataclass(frozen=True)
class Score:
    """What one question earned. ``marks`` is ``None`` where only an instructor could give them.

    ``item`` is the item that was asked: of a slot, its variant; empty where nobody knows which. ``points`` are the
    teaching points that it is about, each with the share of them that was right.
    """

    id: str
    item: str
    most: float
    marks: float | None = None
    points: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Unsafe:
    """An unsafe choice: what was chosen, why it endangers somebody, and whether it keeps the check from being met.

    ``what`` and ``why`` are plain text; ``points`` are the teaching points to read again.
    """

    what: str
    why: str
    points: tuple[str, ...] = ()
    blocks: bool = False


@dataclass(frozen=True)
class Result:
    """A graded attempt (from 1): ``score`` of ``most`` marks; only an instructor could give the others (``waits``)."""

    module: str
    attempt: int
    at: str
    score: float
    most: float
    waits: float
    pass_mark: float
    met: bool
    scores: tuple[Score, ...] = ()
    unsafe: tuple[Unsafe, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether an unsafe choice keeps the check from being met, whatever the points."""
        return any(one.blocks for one in self.unsafe)

    @property
    def page(self) -> str:
        """The feedback page, from the check's own folder."""
        return f"{FOLDER}/{self.attempt}/{PAGE}"


def read(folder: Path) -> tuple[Result, ...]:
    """The results of the check in ``folder``, in order; lines that are none are passed over. ``OSError``."""
    book = answers.read(folder / FOLDER / RESULTS)
    shaped = (_result(answer) for answer in book.answers if answer.id == _ID)
    return tuple(one for one in shaped if one is not None)


def add(folder: Path, result: Result) -> None:
    """Keeps a result; once this returns it is on disk. ``OSError``."""
    given = records.dump(result)
    for name in ("module", "at"):
        given.pop(name)
    (folder / FOLDER).mkdir(exist_ok=True)
    answers.append(folder / FOLDER / RESULTS, Answer(result.module, _ID, given, result.at))


def attempt(folder: Path) -> int:
    """The number of the attempt that the answers in ``folder`` belong to: one more than the last that was put away."""
    return 1 + max((int(path.parent.name) for path in put_away(folder)), default=0)


def put_away(folder: Path) -> tuple[Path, ...]:
    """The answers of earlier attempts, in their order."""
    found = (path for path in (folder / FOLDER).glob(f"*/{FILE_NAME}") if _NUMBER.fullmatch(path.parent.name))
    return tuple(sorted(found, key=lambda path: int(path.parent.name)))


def standing(folder: Path) -> Result | None:
    """The result of the attempt that the answers in ``folder`` belong to, if it was graded."""
    number = attempt(folder)
    return next((one for one in reversed(read(folder)) if one.attempt == number), None)


def begin_again(folder: Path) -> None:
    """Puts the answers of a graded attempt away, so that the next begins with none.

    One step of the file system: whatever stops it, they lie in one place or the other. Does nothing where the attempt
    was not graded. ``OSError``.
    """
    now = standing(folder)
    if now is None:
        return
    away = folder / FOLDER / str(now.attempt) / FILE_NAME
    away.parent.mkdir(parents=True, exist_ok=True)
    if (folder / FILE_NAME).exists():
        (folder / FILE_NAME).replace(away)
    else:
        away.touch()  # nothing was answered, and that is over, too


def best(results: Sequence[Result]) -> Result | None:
    """The result that counts: the first that met the pass mark, or else the last."""
    return next((one for one in results if one.met), results[-1] if results else None)


def _result(answer: Answer) -> Result | None:
    given: dict[str, Any] = {**answer.given, "module": answer.module, "at": answer.at}
    try:
        result = records.load(Result, given, "result")
    except records.NotShaped:
        return None
    return result if _is_possible(result) else None


def _is_possible(result: Result) -> bool:
    """Whether its numbers can be those of a graded attempt: marks within those there are, and shares from 0 to 1."""
    shares = [share for one in result.scores for share in one.points.values()]
    marks = [(one.marks or 0.0, one.most) for one in result.scores]
    return (
        result.attempt > 0
        and result.waits >= 0
        and all(0 <= got <= most for got, most in [(result.score, result.most), *marks])
        and all(0 <= share <= 1 for share in [result.pass_mark, *shares])
    )
