"""Certificates for a class: a PDF for each trainee who passed every check, and what the others still lack.

Each says that an instructor graded it, and carries a code that ``make verify`` looks up (see ``grading/issued.py``).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Set
from datetime import datetime
from pathlib import Path

from grading import bank, certificate, files, issued
from grading.certificate import Certificate
from grading.exports import sheets
from grading.exports.base import Exporter, TheClass, Trainee, score
from grading.issued import Entry, Issued

HOW = "Graded by an instructor."
CAUTION = "The score comes from the class's gradebook. The class's instructor can confirm this code:"


class CertificatesExporter(Exporter):
    """A folder of certificates."""

    NAME = "certificates"
    WHAT = "a certificate (PDF) for each trainee who passed every check"
    DEFAULT = "certificates"

    def write(self, the_class: TheClass, to: Path) -> None:
        """Writes the certificates into the folder ``to``. Raises :class:`Refused` where codes cannot be given."""
        made: dict[str, str] = {}
        for trainee in the_class.trainees:
            lacking = list(self._lacking(the_class, trainee))
            if lacking:
                self.log.warning("%s: no certificate. %s", trainee.student.id, " ".join(lacking))
            elif code := self._made(trainee, self._certificate(the_class, trainee), the_class.course_id, to):
                made[trainee.student.id] = code
        self._tell_of_earlier(the_class, made)
        self._tell_of_files(to, {file_name(one) for one in the_class.trainees if one.student.id in made})
        self.log.info("%s: %d of %d trainees have a certificate.", to, len(made), len(the_class.trainees))

    def _tell_of_earlier(self, the_class: TheClass, made: Mapping[str, str]) -> None:
        """Which certificates of the register the gradebook doesn't bear out any more; ``made`` are today's codes.

        None is withdrawn by itself: somebody has to look at it.
        """
        given: dict[str, list[Entry]] = {}
        for entry in issued.entries(bank.ROOT):
            if not entry.withdrawn:
                given.setdefault(entry.issued.id, []).append(entry)
        for trainee in the_class.trainees:
            id = trainee.student.id
            if id in made:
                why = f"The new one, {made[id]}, says something different"
            elif any(self._fell(the_class, trainee)):
                why = "This trainee no longer passes every check"
            else:
                continue
            for one in given.get(id, []):
                if one.code != made.get(id):
                    self._tell(id, one, why)

    def _tell(self, id: str, one: Entry, why: str) -> None:
        said = f"{one.code} ({one.issued.name}, {one.issued.score}, {one.issued.date})"
        self.log.warning("%s: an earlier certificate is no longer valid: %s. %s.", id, said, why)
        self.log.warning('  To withdraw it: make withdraw CODE=%s WHY="…"', one.code)

    def _fell(self, the_class: TheClass, trainee: Trainee) -> Iterator[str]:
        """The checks whose marks are final, and that aren't met."""
        for check in the_class.course.titles:
            submission = self.final(trainee, check)
            if submission is not None and not the_class.met(submission):
                yield check

    def _tell_of_files(self, to: Path, made: Set[str]) -> None:
        """Files of an earlier export that were not made now: somebody might hand them out."""
        if self.student or not to.is_dir():
            return  # some trainees only: the others' files are as good as they were
        for path in sorted(to.iterdir()):
            if _FILE.fullmatch(path.name) and path.name not in made:
                self.log.warning("%s is from an earlier export. Delete it if it's no longer valid.", path)

    def _lacking(self, the_class: TheClass, trainee: Trainee) -> Iterator[str]:
        """What stands in the way of a certificate, in sentences. Every check of the course counts."""
        if not trainee.full_name:
            yield "No name in the gradebook: import a roster (make roster)."
        kinds: dict[str, list[str]] = {
            "Not handed in": [],
            "No answers arrived": [],
            "Waiting to be graded by hand": [],
            "Not passed": [],
        }
        for check, title in the_class.course.titles.items():
            submission = trainee.taken.get(check)
            if submission is None:
                kinds["Not handed in"].append(title)
            elif check in trainee.unanswered:
                kinds["No answers arrived"].append(title)
            elif self.final(trainee, check) is None:
                kinds["Waiting to be graded by hand"].append(title)
            elif not the_class.met(submission):
                got = f"{sheets.number(score(submission))} of {sheets.number(submission.most)}"
                unsafe = ", an unsafe choice" if any(one.blocks for one in submission.unsafe) else ""
                kinds["Not passed"].append(f"{title} ({got}{unsafe})")
        yield from (f"{kind}: {', '.join(titles)}." for kind, titles in kinds.items() if titles)

    def _certificate(self, the_class: TheClass, trainee: Trainee) -> Certificate:
        course, taken = the_class.course, list(trainee.taken.values())
        # The day on which the last check was handed in: the same certificate, whenever it is made.
        last = max((one.at for one in taken if one.at), default=None)
        return Certificate(
            name=" ".join(trainee.full_name.split()),
            course=course.title,
            subtitle=course.subtitle,
            hours=course.contact_hours,
            checks=len(course.titles) - len(course.finals),
            finals=len(course.finals),
            score=sum(score(one) for one in taken),
            most=sum(one.most for one in taken),
            on=(last or datetime.now().astimezone()).astimezone(),
            how=HOW,
            caution=CAUTION,
        )

    def _made(self, trainee: Trainee, told: Certificate, course_id: str, to: Path) -> str | None:
        """Writes one, and gives its code. It is made without a code first: none is in the register for nothing."""
        try:
            certificate.pdf(told)
            (code,) = issued.issue(bank.ROOT, course_id, [_entry(trainee, told)])
        except (certificate.CannotBeShown, issued.Withdrawn) as why:
            self.log.warning("%s: no certificate. %s", trainee.student.id, why)
            return None
        files.write(to / file_name(trainee), certificate.pdf(told.with_code(code)))
        return code


_FILE = re.compile(r"certificate-(.*-)?[0-9a-f]{8}\.pdf")


def file_name(trainee: Trainee) -> str:
    """A name for the file that is one everywhere: plain letters, no path, none alike for two trainees."""
    plain = unicodedata.normalize("NFKD", trainee.full_name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    mark = hashlib.sha256(trainee.student.id.encode()).hexdigest()[:8]
    return "-".join(part for part in ("certificate", words, mark) if part) + ".pdf"


def _entry(trainee: Trainee, told: Certificate) -> Issued:
    words = certificate.words(told)
    return Issued(
        id=trainee.student.id,
        name=told.name,
        course=told.course,
        date=words["date"],
        hours=words["hours"],
        score=words["score"],
    )
