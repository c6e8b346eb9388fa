"""What all exports share: the class as the gradebook holds it, what is left out and why, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader import api
from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from traitlets import Bool

from grading import bank, gradebook, graded, lateness, roster, settings, strangers, unanswered, verdict
from grading.bank import CourseInfo
from grading.gradebook import Grade, Student, Submission
from grading.refused import Refused

FOLDER = "grading/exported"
"""Where exports go that are not told where; git ignores it."""


@dataclass(frozen=True)
class Trainee:
    """A trainee, the id that the agency's LMS knows them by (or nothing), and their graded checks by module.

    ``unanswered`` are checks without answers, whose 0 nobody has confirmed: what instructors are told of each.
    ``listed`` is false where there is a list of the class, and they are not on it.
    """

    student: Student
    lms_id: str
    taken: Mapping[str, Submission]
    unanswered: Mapping[str, str] = field(default_factory=dict)
    listed: bool = True

    @property
    def full_name(self) -> str:
        """First and last name; empty where the gradebook has neither."""
        return f"{self.student.first_name} {self.student.last_name}".strip()


@dataclass(frozen=True)
class TheClass:
    """The course, its checks in their order (those that are exported), and the class."""

    course: CourseInfo
    course_id: str
    checks: tuple[str, ...]
    trainees: tuple[Trainee, ...]

    @property
    def listed(self) -> tuple[Trainee, ...]:
        """Who counts in percentages: whoever is on the class's list, or everybody where there is none."""
        return tuple(one for one in self.trainees if one.listed)

    def most(self, check: str) -> float:
        """The marks that there are in a check; 0 where nobody handed it in."""
        return max((one.taken[check].most for one in self.trainees if check in one.taken), default=0.0)

    def begun(self) -> tuple[str, ...]:
        """The checks that somebody handed in."""
        return tuple(check for check in self.checks if any(check in one.taken for one in self.trainees))

    def met(self, submission: Submission) -> bool:
        """Whether a graded check is met."""
        return verdict.is_met(
            self.course.pass_mark_of(submission.module), score(submission), submission.most, submission.unsafe
        )


def score(submission: Submission) -> float:
    """The marks less what lateness costs, and never less than nothing: as nbgrader's own export gives them."""
    return max(0.0, submission.score)


def unmarked(submission: Submission) -> tuple[Grade, ...]:
    """The questions that an instructor has yet to look at."""
    return tuple(grade for grade in submission.grades if grade.waits)


class Exporter(ExportPlugin):
    """An export plugin of nbgrader's. A new one is a file here and a line in the registry: see :meth:`write`.

    What cannot be done is said in plain words, and ends nbgrader with 1.
    """

    NAME = ""
    """What an instructor calls it."""
    WHAT = ""
    """What it makes, in a few words."""
    DEFAULT = ""
    """The file's name, or the folder's, where none is given."""
    NEEDS_GRADES = True
    """Whether it says anything before something is graded."""

    unmarked = Bool(False, help="Also export what an instructor still has to grade, as it is now.").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Writes what it makes of ``gradebook`` to ``self.to``. Ends with ``SystemExit`` where it cannot."""
        to = Path(self.to) if self.to else bank.ROOT / FOLDER / self.DEFAULT
        try:
            the_class = self._read(gradebook)
            if self.NEEDS_GRADES and not the_class.begun():
                raise Refused("Nothing is graded yet, so there's nothing to export. Collect and autograde first.")
            self.tell_of_class(the_class)
            self.write(the_class, to)
        except Refused as refused:
            self._stop(str(refused))
        except OSError as error:
            self._stop(f"{error.filename or to} can't be read or written: {error.strerror or error}.")
        except SQLAlchemyError as error:
            self._stop(f"The gradebook can't be read: {getattr(error, 'orig', None) or error}")

    def write(self, the_class: TheClass, to: Path) -> None:
        """Writes the export to ``to``. Raises :class:`Refused`, with nothing written, and ``OSError``."""
        raise NotImplementedError

    def final(self, trainee: Trainee, check: str) -> Submission | None:
        """A trainee's check, where it may be told as final.

        What waits for marking is final only where that is wanted, and a 0 for want of answers only once it's confirmed.
        """
        submission = trainee.taken.get(check)
        if submission is None or check in trainee.unanswered:
            return None
        return None if submission.waits and not self.unmarked else submission

    def tell_of_class(self, the_class: TheClass) -> None:
        """A line for each submission without answers, and one for trainees who are on no list."""
        for trainee in the_class.trainees:
            for check in (check for check in the_class.checks if check in trainee.unanswered):
                self.log.warning("%s, %s: left out. %s", check, trainee.student.id, trainee.unanswered[check])
        if others := [one.student.id for one in the_class.trainees if not one.listed]:
            self.log.warning("%s", strangers.said(others))

    def tell_of_waiting(self, the_class: TheClass) -> None:
        """One line for each check in which something still waits for marking, and one that says what to do."""
        became = "exported as is; these scores aren't final" if self.unmarked else "left out"
        found = False
        for check in the_class.checks:
            taken = (one.taken[check] for one in the_class.trainees if check in one.taken)
            waiting = [f"{one.student} ({len(unmarked(one))})" for one in taken if one.waits]
            if waiting:
                found = True
                self.log.warning("%s, waiting to be graded by hand: %s: %s.", check, became, ", ".join(waiting))
        if found and not self.unmarked:
            self.log.warning(
                "Grade it in formgrader. Or export it as is: UNMARKED=yes with make export, or "
                "--%s.unmarked=True with nbgrader export.",
                type(self).__name__,
            )

    def _read(self, book: Gradebook) -> TheClass:
        url = book.engine.url.render_as_string(hide_password=False)
        course = bank.course()
        checks = _wanted("check", [str(one) for one in self.assignment], tuple(course.titles))
        lateness.settle_in(url, lateness.Policy(self.config))
        students = gradebook.students(url)
        ids = _wanted("trainee", [str(one) for one in self.student], tuple(one.id for one in students))
        taken: dict[str, dict[str, Submission]] = {}
        for submission in graded.with_choices(self.config, gradebook.submissions(url)):
            if submission.module in course.titles:
                taken.setdefault(submission.student, {})[submission.module] = submission
        lms = dict(book.db.execute(select(api.Student.id, api.Student.lms_user_id)).all())
        empty = self._unanswered(submission for mine in taken.values() for submission in mine.values())
        others = strangers.among(
            taken, strangers.on_list(roster.kept(Path(settings.directory(self.config).root)), students)
        )
        trainees = (
            Trainee(
                one, lms.get(one.id) or "", taken.get(one.id, {}), empty.get(one.id, {}), listed=one.id not in others
            )
            for one in students
            if one.id in ids
        )
        return TheClass(course, book.course_id, checks, tuple(trainees))

    def _unanswered(self, graded: Iterable[Submission]) -> dict[str, dict[str, str]]:
        """By trainee and check, what is to be told of a submission without answers."""
        found: dict[str, dict[str, str]] = {}
        for one in unanswered.open_ones(self.config, graded).values():
            found.setdefault(one.student, {})[one.module] = one.words
        return found

    def _stop(self, words: str) -> None:
        self.log.error(words)
        raise SystemExit(1)


def _wanted(what: str, wanted: Sequence[str], known: tuple[str, ...]) -> tuple[str, ...]:
    """Of what is known those that are wanted; all, where none is named."""
    unknown = [one for one in wanted if one not in known]
    if unknown:
        told = ", ".join(known) or "none yet"
        raise Refused(f"There's no {what} called {', '.join(unknown)}. Choose from: {told}.")
    return tuple(one for one in known if one in wanted) if wanted else known
