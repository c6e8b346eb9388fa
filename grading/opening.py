"""Opens another attempt at a check, for one trainee or for whoever didn't pass it. What was graded is kept first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from traitlets.config import Config

from casebook import trainee
from casebook.attempts import LARGEST
from grading import attempts, bank, files, gradebook, graded, lateness, settings, submission, unanswered, verdict
from grading.attempts import ARCHIVE, Attempts, Kept
from grading.bulk import aside, submitted
from grading.gradebook import Submission
from grading.refused import Refused

_STEPS = ("autograded", "feedback")
_ASIDE = ".new"
"""An archive is made under this name, which no check has, and then moved into place in one step."""
MET = "already passed this check, so there's nothing to gain."


@dataclass
class Report:
    """What came of it: the attempts that were opened, and who was left out, by id, with the reason."""

    opened: list[Kept] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


def open_attempts(
    config: Config,
    module: str,
    student: str | None,
    now: Callable[[], datetime],
    step: Callable[[int], object] = lambda _count: None,
) -> Report:
    """Opens another attempt at a check for a trainee, or for everybody who didn't pass it.

    ``step`` is told of each trainee that was seen to. Raises :class:`Refused` where it can't be opened for the one who
    is named, and ``OSError``. Whatever stops it, each trainee has another attempt with all that belongs to it, or none;
    run it again.
    """
    gradebook.there(config)
    report = Report()
    with aside.held(config, module):
        lateness.settle(config, module)
        check = _Check(config, module)
        for one in [student] if student else sorted(check.students):
            if why := check.why_not(one):
                report.left[one] = why
            else:
                report.opened.append(check.open(one, now()))
            step(1)
    if student and report.left:
        raise Refused(f"No other attempt was opened. {student} {report.left[student]}")
    return report


class _Check:
    """A check as it is graded now, while nobody else grades."""

    def __init__(self, config: Config, module: str) -> None:
        self._config, self._module = config, module
        self._root = Path(settings.directory(config).root)
        self._pass_mark = bank.course(self._root).pass_mark_of(module)
        self._graded = {one.student: one for one in graded.submissions(config, module)}
        self._opened = attempts.read(self._root)
        self._empty = unanswered.open_ones(config, self._graded.values())
        taken, passed = submitted.looked_through(settings.directory(config), module)
        self._taken = {one.student: one.folder for one in taken}
        self._waiting = {one.student: one.attempt for one in passed if one.attempt}

    @property
    def students(self) -> set[str]:
        """Whoever handed something in."""
        return {*self._graded, *self._taken}

    def why_not(self, student: str) -> str:
        """Why no other attempt can be opened for a trainee, as the end of a sentence; empty where one can."""
        one, folder = self._graded.get(student), self._folder("autograded", student)
        autograde = f"Run make autograde CHECK={self._module} first."
        if one is None and student not in self._taken:
            return "didn't hand anything in."
        if one is None or not (folder / submitted.notebook(self._module)).is_file():
            return f"isn't graded yet. {autograde}"
        if student in self._taken and not submitted.is_same(self._taken[student], folder):
            return f"handed it in again, and that isn't graded yet. {autograde}"
        if (self._module, student) in self._empty and student not in self._waiting:
            return "sent no answers, but can hand it in again without another attempt."
        if one.waits:
            return "is still waiting for you to grade it (formgrader, Manual Grading)."
        if self._is_met(one):
            return MET
        return self._why_not_another(student)

    def _why_not_another(self, student: str) -> str:
        of, following = self._of(student), self._following(student)
        if of and of.is_open and following == of.awaited:
            return f"already has attempt {of.awaited} open, and none of it is graded yet."
        if following > LARGEST:
            return f"has had {LARGEST} attempts. That's the limit."
        return ""

    def open(self, student: str, now: datetime) -> Kept:
        """Keeps what was graded, and then that another attempt is open."""
        one, at = self._graded[student], self._graded[student].at
        kept = Kept(
            student=student,
            number=self._number(student),
            opens=self._following(student),
            at=now.isoformat(timespec="seconds"),
            by=trainee.id(),
            score=one.score,
            most=one.most,
            met=self._is_met(one),
            handed_in=at.isoformat() if at else None,
            unsafe=one.unsafe,
        )
        of = self._of(student)
        if not (of and of.is_open):  # then it's kept, and what is handed in only has a later number
            self._archive(kept)
        attempts.add(self._root, self._module, kept)
        return kept

    def _following(self, student: str) -> int:
        """The attempt to be opened: the next one, or a later one that the trainee began and handed in already."""
        number, of = self._number(student), self._of(student)
        return max(number + 1, of.awaited if of else 0, self._waiting.get(student, 0))

    def _number(self, student: str) -> int:
        """The attempt that is graded."""
        of = self._of(student)
        return of.graded if of else attempts.number(self._folder("autograded", student), self._module)

    def _of(self, student: str) -> Attempts | None:
        return self._opened.get((self._module, student))

    def _is_met(self, one: Submission) -> bool:
        return verdict.is_met(self._pass_mark, one.score, one.most, one.unsafe)

    def _folder(self, step: str, student: str) -> Path:
        return settings.folder(self._config, step, self._module, student)

    def _archive(self, kept: Kept) -> None:
        """Copies what was graded, and its page, aside and then into place. Nothing that is kept already is touched.

        What lies there without a line in the register was left by a run that was stopped.
        """
        home = self._root / ARCHIVE
        place = home / self._module / kept.student / str(kept.number)
        new = home / _ASIDE
        for path in (home, new, *reversed(place.parents[:2]), place):
            _refuse_link(path)
        shutil.rmtree(new, ignore_errors=True)
        for step in _STEPS:
            _copy(self._folder(step, kept.student), new / step)
        for path in (home, new):
            path.chmod(path.stat().st_mode & 0o7770)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            shutil.rmtree(place)
        new.rename(place)


def _refuse_link(path: Path) -> None:
    if path.is_symlink():
        raise Refused(
            f"{path} is a link, and earlier attempts have to be in plain folders. Move it somewhere else, and run "
            "this again."
        )


def _copy(folder: Path, to: Path) -> None:
    """The plain files of a folder; no link is followed."""
    to.mkdir(parents=True)
    for path in sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else ():
        data = submission.plain(path)
        if data is not None:
            files.write(to / path.name, data)
