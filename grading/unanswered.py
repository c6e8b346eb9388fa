"""Submissions without any answer to their check. They score 0, and that 0 is not final until an instructor confirms it.

Mostly the answers went astray: under another name, in a folder, or in another check's place. A confirmation
(``make confirm``) holds for one submission: if the trainee hands in again without answers, it takes a new one.
"""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from traitlets.config import Config

from casebook import answers, trainee
from casebook.answers import FILE_NAME, Answer
from grading import bank, looks_like, settings, submission
from grading.bulk.submitted import NBGRADERS_OWN
from grading.gradebook import Submission
from grading.looks_like import Lookalike
from grading.scoring import Scorer
from grading.set_aside import FOLDER as SET_ASIDE

KEPT = "grading/confirmed.jsonl"
_ID = "no-answers"
_MOST_NAMED = 5
"""Files that may be a submission's answers; a page full of them hides what else is told."""
Key: TypeAlias = tuple[str, str]
"""A check and a trainee."""
Settled: TypeAlias = tuple[str, str, str]
"""A check, a trainee, and the mark of what was handed in."""


@dataclass(frozen=True)
class Unanswered:
    """A submission without answers to its check; ``mark`` stands for what was handed in.

    ``lookalikes`` are the files that most likely hold its answers, and ``more`` counts the others.
    """

    module: str
    student: str
    mark: str
    lookalikes: tuple[str, ...] = ()
    more: int = 0

    @property
    def words(self) -> str:
        """What an instructor is told: what happened, and what to do."""
        return " ".join(
            (
                "We didn't get any answers for this check. It scores 0 for now.",
                *self._guesses(),
                f"Ask them to hand it in again, or confirm the 0: make confirm CHECK={self.module} "
                f"STUDENT={shlex.quote(self.student)}",
            )
        )

    def _guesses(self) -> Iterator[str]:
        if self.lookalikes:
            place = f"grading/submitted/{self.student}/{self.module}/{FILE_NAME}"
            more = f"; and {self.more} more {'file' if self.more == 1 else 'files'}" if self.more else ""
            yield f"The answers may be here: {'; '.join(self.lookalikes)}{more}."
            yield f"If so, rename or move it to {place} and run make autograde CHECK={self.module}."


def open_ones(config: Config, graded: Iterable[Submission]) -> dict[Key, Unanswered]:
    """Those of the ``graded`` submissions that have no answers, and whose 0 nobody has confirmed."""
    settled = confirmed(config)
    known = bank.course(_root(config)).titles
    found: dict[Key, Unanswered] = {}
    for one in (one for one in graded if one.module in known):
        folder = settings.folder(config, "autograded", one.module, one.student)
        # Whoever earned something by the course's own scoring answered something.
        if not any(grade.auto for grade in one.grades) and (
            is_so := of(config, one.module, one.student, folder, settled)
        ):
            found[one.module, one.student] = is_so
    return found


def of(
    config: Config, module: str, student: str, folder: Path, settled: set[Settled] | None = None
) -> Unanswered | None:
    """A trainee's submission in ``folder``, where it has no answers to its check and nobody has confirmed its 0."""
    root = _root(config)
    if not folder.is_dir() or not Scorer(module, folder, bank.items(module, root)).unanswered:
        return None
    mark = mark_of(folder)
    if (module, student, mark) in (confirmed(config) if settled is None else settled):
        return None
    found = (one for place in _places(config, module, student) for one in looks_like.found(place))
    likely, known = [one for one in found if _is_another(one)], bank.course(root).titles
    said = tuple(one.said(module, root, known) for one in likely[:_MOST_NAMED])
    return Unanswered(module, student, mark, said, len(likely) - len(said))


def mark_of(folder: Path) -> str:
    """What stands for a submission: another one as soon as it is handed in again, or its answers are others."""
    digest = hashlib.sha256()
    for name in (*NBGRADERS_OWN, FILE_NAME):
        data = submission.plain(folder / name)
        digest.update(f"{name} {'-' if data is None else len(data)}\n".encode() + (data or b""))
    return digest.hexdigest()[:32]


def confirm(config: Config, one: Unanswered, now: datetime) -> None:
    """Keeps that an instructor confirms a submission's 0. Raises ``OSError``."""
    given = {"student": one.student, "of": one.mark, "by": trainee.id()}
    answers.append(_kept(config), Answer(one.module, _ID, given, now.isoformat(timespec="seconds")))


def confirmed(config: Config) -> set[Settled]:
    """What was confirmed. Raises ``OSError``."""
    return {
        (one.module, str(one.given.get("student")), str(one.given.get("of")))
        for one in answers.read(_kept(config)).answers
        if one.id == _ID
    }


def _kept(config: Config) -> Path:
    return _root(config) / KEPT


def _root(config: Config) -> Path:
    return Path(settings.directory(config).root)


def _is_another(one: Lookalike) -> bool:
    """Whether it is more than an answers file in its place that holds nothing."""
    return bool(one.modules) or one.path.name != FILE_NAME


def _places(config: Config, module: str, student: str) -> Iterator[Path]:
    """Where a trainee's answers may lie: what was collected, what was set aside of it, what collecting left behind."""
    folder = settings.folder(config, "submitted", module, student)
    yield folder
    aside = folder.parents[1].with_name(SET_ASIDE) / student
    yield from (path for path in sorted(aside.glob("*")) if path.name.split(".")[0] == module)
    secret = submission.plain(folder / NBGRADERS_OWN[1])
    if secret and "root" in config.Exchange:
        inbound = Path(config.Exchange.root) / settings.directory(config).course_id / "inbound"
        for path in inbound.glob("*"):
            if path.name.startswith(f"{student}+{module}+") and submission.plain(path / NBGRADERS_OWN[1]) == secret:
                yield from (
                    Path(entry) for entry in sorted(path.glob("*")) if entry.is_dir() and not entry.is_symlink()
                )
