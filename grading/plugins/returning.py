"""Returning feedback pages through nbgrader's exchange, as far as it can; ``nbgrader release_feedback``.

nbgrader delivers a page by a secret that the trainee's own submission brought. What came another way has none.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from grading import gradebook, roster_ids, submission
from grading.bulk import submitted
from grading.bulk.lock import NO_ROOM
from grading.bulk.submitted import SECRET, Submitted
from grading.roster_ids import Known

EVERYBODY = "*"


def secret(folder: Path) -> str | None:
    """By which nbgrader knows whose page it is; nothing if the submission didn't come through the exchange."""
    data = submission.plain(folder / SECRET)
    try:
        told = (data or b"").decode("utf-8")
    except UnicodeDecodeError:
        return None
    return told if told.strip() else None


def cannot(student: str, page: Path) -> str:
    """What to do with a page that nbgrader can't deliver."""
    return (
        f"{student}: not returned, because this submission didn't come through the exchange. Send the page yourself: "
        f"{page}"
    )


def _shared(student: str, others: list[str], page: Path) -> str:
    """That a page would lie in place of another's."""
    return (
        f"{student}: not returned, because {SECRET} of this submission is the same as that of {', '.join(others)}, "
        f"so one page would replace the other. Somebody copied it: ask them. Send the page yourself: {page}"
    )


def name_in_exchange(secret: str, page: Path) -> str:
    """The name that nbgrader gives a page in the exchange."""
    return f"{notebook_hash(secret=secret, notebook_id=page.stem)}.html"


class CarefulReleaseFeedback(ExchangeReleaseFeedback):
    """nbgrader's returning; ``c.ExchangeFactory.release_feedback`` is this class, in formgrader, too.

    It returns what it can. The rest is listed in nbgrader's log, and in :attr:`left`.
    """

    def init_src(self) -> None:
        """Finds the folders whose pages are wanted."""
        self.left: list[str] = []
        where = self.coursedir
        if where.student_id == EVERYBODY:
            self.wanted = submitted.looked_through(where, where.assignment_id, "feedback")[0]
            return
        if wrong := roster_ids.fault(where.student_id):
            self.fail(f"{wrong} Give a trainee's id, or leave --student out for everybody.")
        folder = Path(where.format_path(where.feedback_directory, where.student_id, where.assignment_id))
        if not folder.is_dir():
            question = Known(gradebook.ids(where.db_url)).did_you_mean(where.student_id)
            self.fail(f"{where.student_id} has no feedback pages for {where.assignment_id}. {question}".rstrip())
        self.wanted = [Submitted(where.student_id, folder)]

    def copy_files(self) -> None:
        """Puts the pages into the exchange."""
        self._students = self._by_secret()
        for one in self.wanted:
            for page in sorted(one.folder.glob("*.html")):
                self._return(one.student, page)
        if self.left:
            self.log.warning("\n  ".join([f"Pages that nbgrader couldn't return: {len(self.left)}", *self.left]))

    def _by_secret(self) -> dict[str, set[str]]:
        """Who has which secret, in the whole class."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in submitted.looked_through(self.coursedir, self.coursedir.assignment_id, "feedback")[0]:
            if known_by := secret(one.folder):
                found[known_by].add(one.student)
        return found

    def _return(self, student: str, page: Path) -> None:
        known_by = secret(page.parent)
        if known_by is None:
            self.left.append(cannot(student, page))
            return
        if others := sorted(self._students[known_by] - {student}):
            self.left.append(_shared(student, others, page))
            return
        place = Path(self.dest_path) / name_in_exchange(known_by, page)
        try:
            shutil.copy(page, place.with_suffix(".tmp"))
            place.with_suffix(".tmp").replace(place)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise
            self.left.append(f"{student}: {error.filename or page}: {error.strerror or error}.")
        else:
            self.log.info("Returned: %s", page)
