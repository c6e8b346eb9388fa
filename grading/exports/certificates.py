"""Certificates for a class: a PDF for each trainee who met every check, and what the others still lack.

Each says that an instructor graded it, and carries a code that ``make verify`` looks up (see ``grading/issued.py``).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from grading import bank, certificate, issued
from grading.certificate import Certificate
from grading.exports import sheets
from grading.exports.base import Exporter, TheClass, Trainee, score
from grading.issued import Issued

HOW = "Graded by an instructor."
CAUTION = "The marks are those of the class's gradebook. Whoever taught the class can confirm the code:"


class CertificatesExporter(Exporter):
    """A folder of certificates."""

    NAME = "certificates"
    WHAT = "a certificate (PDF) for each trainee who met every check"
    DEFAULT = "certificates"

    def write(self, the_class: TheClass, to: Path) -> None:
        """Writes the certificates into the folder ``to``. Raises :class:`Refused` where codes cannot be given."""
        made = 0
        for trainee in the_class.trainees:
            lacking = list(self._lacking(the_class, trainee))
            told = None if lacking else self._certificate(the_class, trainee)
            if told is not None and self._made(the_class, trainee, told, to):
                made += 1
            elif lacking:
                self.log.warning("%s: no certificate. %s", trainee.student.id, " ".join(lacking))
        self.log.info("%s: %d of %d trainees have a certificate.", to, made, len(the_class.trainees))

    def _lacking(self, the_class: TheClass, trainee: Trainee) -> Iterator[str]:
        """What stands in the way of a certificate, in sentences. Every check of the course counts."""
        if not trainee.full_name:
            yield "No name in the gradebook: import a roster (make roster)."
        kinds: dict[str, list[str]] = {
            "Not handed in": [],
            "No answers arrived": [],
            "Waiting for marking": [],
            "Not met": [],
        }
        for check, title in the_class.course.titles.items():
            submission = trainee.taken.get(check)
            if submission is None:
                kinds["Not handed in"].append(title)
            elif check in trainee.unanswered:
                kinds["No answers arrived"].append(title)
            elif self.final(trainee, check) is None:
                kinds["Waiting for marking"].append(title)
            elif not the_class.met(submission):
                got = f"{sheets.number(score(submission))} of {sheets.number(submission.most)}"
                kinds["Not met"].append(f"{title} ({got})")
        yield from (f"{kind}: {', '.join(titles)}." for kind, titles in kinds.items() if titles)

    def _certificate(self, the_class: TheClass, trainee: Trainee) -> Certificate:
        course, taken = the_class.course, list(trainee.taken.values())
        # The day on which the last check was handed in: the same certificate, whenever it is made.
        last = max((one.at for one in taken if one.at), default=None)
        return Certificate(
            name=trainee.full_name,
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

    def _made(self, the_class: TheClass, trainee: Trainee, told: Certificate, to: Path) -> bool:
        """Writes one. It is made without a code first, so that none is in the register for nothing."""
        try:
            certificate.pdf(told)
        except certificate.CannotBeShown:
            self.log.warning(
                "%s: no certificate. No font here has a letter of the name '%s': write it in other letters.",
                trainee.student.id,
                told.name,
            )
            return False
        (code,) = issued.issue(bank.ROOT, the_class.course_id, [_entry(trainee, told)])
        sheets.write(to / file_name(trainee), certificate.pdf(told.with_code(code)))
        return True


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
