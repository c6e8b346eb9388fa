"""Grading by itself: collects, grades and returns feedback as submissions arrive.

Nothing is remembered between rounds but what need not be made again: what is to be done follows from what lies there.
So it may be stopped at any moment, begun anew, or run twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from grading import bank, gradebook, lateness, roster_ids, settings, strangers, unanswered
from grading.bulk import Problem, aside, autograde
from grading.bulk.feedback import generate
from grading.bulk.submitted import found, of_no_check, passed_over
from grading.gradebook import Submission
from grading.nbgrader_steps import Steps
from grading.plugins import returning
from grading.refused import Refused


@dataclass(frozen=True)
class Policy:
    """When pages are returned: from ``since`` on, or never; ``unmarked``: also where an instructor has yet to mark."""

    returns: bool = True
    since: datetime | None = None
    unmarked: bool = False

    def allows(self, submission: Submission, now: datetime) -> bool:
        """Whether the page of a graded submission may be returned now."""
        return self.returns and (self.since is None or now >= self.since) and (self.unmarked or not submission.waits)


@dataclass
class Round:
    """What one round did for one check; ``failed`` where a step, or a submission's grading or page, did not work."""

    check: str
    graded: int = 0
    pages: int = 0
    returned: int = 0
    unmarked: int = 0
    problems: list[str] = field(default_factory=list)
    failed: bool = False

    @property
    def did_something(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.graded or self.pages or self.returned or self.problems)


_NOT_RELEASED = (
    "No check in this course is released yet, so nobody can hand one in. Run: nbgrader generate_assignment <check>, "
    "then nbgrader release_assignment <check>"
)


class Watch:
    """Watches over some checks of the course whose ``nbgrader_config.py`` lies in ``root``."""

    def __init__(self, steps: Steps, checks: Iterable[str], policy: Policy) -> None:
        self._steps, self._policy, self.checks = steps, policy, tuple(checks)
        self._paged: dict[tuple[str, str], Submission] = {}
        self._told: set[tuple[str, str]] = set()
        self._bank = bank.state()

    def round(self, check: str, now: datetime) -> Round:
        """Collects, grades, makes pages and returns them, as far as there is anything new.

        Never raises for what another round may mend: that is among the problems, told once.
        """
        done = Round(check)
        self._read_anew()
        for step in (self._collect, self._grade, self._make_pages, self._return):
            try:
                step(done, now)
            except Refused as refused:
                self._tell(done, str(refused))
            except SQLAlchemyError as error:
                self._tell(done, f"The gradebook can't be read or written: {getattr(error, 'orig', None) or error}")
            except OSError as error:
                self._tell(done, f"{error.filename or 'A file'} can't be read or written: {error.strerror or error}.")
            except Exception as error:
                self._tell(done, f"Something went wrong; it will try again ({type(error).__name__}: {error}).")
            else:
                continue
            done.failed = True
        return done

    def _read_anew(self) -> None:
        """Forgets the bank and the checks where they were mended since the last round."""
        state = bank.state()
        if state != self._bank:
            self._bank = state
            bank.forget()
            autograde.forget()

    def _collect(self, done: Round, _now: datetime) -> None:
        where = settings.directory(self._steps.config)
        if not (Path(self._steps.config.Exchange.root) / where.course_id / "inbound").is_dir():
            self._tell(done, _NOT_RELEASED, about="every check")
            return
        # Two that collect into one folder would be in each other's way.
        with aside.held(self._steps.config, done.check):
            left = self._steps.collect(done.check)
        for words in left:
            self._tell(done, words)

    def _grade(self, done: Round, _now: datetime) -> None:
        if found(self._steps.config, done.check) or passed_over(self._steps.config, done.check):
            report = autograde.autograde(self._steps.config, done.check)
            done.graded = len(report.graded)
            self._tell_all(done, report.problems)
        for one in of_no_check(settings.directory(self._steps.config)):
            self._tell(done, f"{one.student}: {one.words} Not graded.", about="every check")
        self._tell_of_class(done)

    def _tell_of_class(self, done: Round) -> None:
        """Names whoever sent no answers, once for each time that they hand in, and whoever is on no list."""
        graded = self._graded(done.check) if gradebook.is_there(self._steps.config) else []
        for empty in unanswered.open_ones(self._steps.config, graded).values():
            self._tell(done, f"{empty.student}: {empty.words}", about=empty.mark)
        others = strangers.among([one.student for one in graded], strangers.read(self._steps.config))
        for id in others:
            self._tell(done, strangers.said([id]), about=done.check)

    def _make_pages(self, done: Round, _now: datetime) -> None:
        changed = {one.student: one for one in self._graded(done.check) if self._paged.get(_key(one)) != one}
        if changed:
            report = generate(self._steps.config, done.check, students=set(changed))
            done.pages = len(report.made)
            self._tell_all(done, report.problems)
            wrong = {problem.student for problem in report.problems}
            self._paged |= {_key(one): one for one in changed.values() if one.student not in wrong}

    def _return(self, done: Round, now: datetime) -> None:
        for one in self._graded(done.check):
            if not self._policy.allows(one, now):
                done.unmarked += one.waits
                continue
            page = self._page(one)
            if page is None or self._is_returned(page):
                continue
            left = self._steps.release_feedback(done.check, one.student)
            for words in left:
                self._tell(done, words)
            done.returned += not left

    def _graded(self, check: str) -> list[Submission]:
        """Whoever was graded; an odd id that an earlier version took in is left alone."""
        lateness.settle(self._steps.config, check)
        graded = gradebook.submissions(settings.directory(self._steps.config).db_url, check)
        return [one for one in graded if not roster_ids.fault(one.student)]

    def _page(self, one: Submission) -> Path | None:
        folder = settings.folder(self._steps.config, "feedback", one.module, one.student)
        return next(folder.glob("*.html"), None)

    def _is_returned(self, page: Path) -> bool:
        """Whether the exchange has this very page, under the name that nbgrader gives it."""
        config = self._steps.config
        feedback = Path(config.Exchange.root) / settings.directory(config).course_id / "feedback"
        known_by = returning.secret(page.parent)
        if known_by is None:
            return False
        try:
            there = feedback / returning.name_in_exchange(known_by, page)
            return bool(there.read_bytes() == page.read_bytes())
        except OSError:
            return False

    def _tell_all(self, done: Round, problems: Iterable[Problem]) -> None:
        for one in problems:
            self._tell(done, f"{one.student}: {one.words}" + ("" if one.graded else " Not graded."))
            done.failed |= not one.graded

    def _tell(self, done: Round, words: str, about: str = "") -> None:
        """Puts it among the problems, once for each check or for whatever else it is ``about``."""
        key = (about or done.check, words)
        if key not in self._told:
            self._told.add(key)
            done.problems.append(words)


def run(
    watch: Watch,
    stop: threading.Event,
    seconds: float,
    clock: Callable[[], datetime],
    say: Callable[[Round, datetime], None],
) -> None:
    """Rounds over all checks until ``stop``, with ``seconds`` of rest between them; each that did something is told."""
    while not stop.is_set():
        for check in watch.checks:
            if stop.is_set():
                return
            now = clock()
            done = watch.round(check, now)
            if done.did_something:
                say(done, now)
        stop.wait(seconds)


def _key(one: Submission) -> tuple[str, str]:
    return one.module, one.student
