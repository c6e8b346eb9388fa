"""Moodle's gradebook, for *Grades > Import > CSV file*.

Made after Moodle's own importer (``grade/import/csv/classes/load_data.php``) and docs.moodle.org, "Grade import":

- One line a trainee; who they are is one column (e-mail, username or ID number), compared letter by letter. A line
  whose column is empty counts for the trainee of the line before, and one unknown trainee stops the whole import: so
  trainees who cannot be told are left out, and named.
- A grade item that the import makes (``new grade item``) is out of 100. So percent is the default; for items that were
  made in Moodle with the check's own maximum, ask for marks.
- No grade is ``-``: an empty cell can become 0 in a new item.
"""

from __future__ import annotations

from pathlib import Path

from traitlets import Bool, Enum

from grading import files
from grading.exports import sheets
from grading.exports.base import Exporter, TheClass, Trainee, score
from grading.refused import Refused

NO_GRADE = "-"
COLUMNS = {"email": "Email address", "username": "Username", "idnumber": "ID number"}
"""What identifies a trainee, with the heading that Moodle's own exports have for it."""


class MoodleExporter(Exporter):
    """A CSV file for Moodle's gradebook."""

    NAME = "moodle"
    WHAT = "a CSV file for Moodle's gradebook"
    DEFAULT = "moodle-grades.csv"

    identify_by = Enum(
        list(COLUMNS),
        "email",
        help="How Moodle identifies a trainee: email, username (their id here) or idnumber (lms_user_id).",
    ).tag(config=True)
    marks = Bool(False, help="Points instead of percent, for grade items that use the check's own maximum.").tag(
        config=True
    )

    def write(self, the_class: TheClass, to: Path) -> None:
        """Writes the file. Raises :class:`Refused` where nobody could be identified."""
        checks = the_class.begun()
        titles = [sheets.words(the_class.course.titles[check]) for check in checks]
        rows = [["First name", "Last name", *COLUMNS.values(), *titles]]
        unknown = []
        for trainee in the_class.trainees:
            ids = _ids(trainee)
            if not ids[self.identify_by]:
                unknown.append(trainee.student.id)
                continue
            names = (sheets.words(trainee.student.first_name), sheets.words(trainee.student.last_name))
            rows.append([*names, *ids.values(), *(self._grade(trainee, check) for check in checks)])
        if len(rows) == 1:
            raise Refused(
                f"No file was made: no trainee has an entry for {COLUMNS[self.identify_by]}. Import a roster (make "
                "roster), or name a different column with --MoodleExporter.identify_by."
            )
        self.tell_of_waiting(the_class)
        if unknown:
            self._tell_of_unknown(unknown)
        files.write(to, sheets.csv_bytes(rows))
        told = "points" if self.marks else "percent"
        self.log.info(
            "%s: %d trainees, %d checks, in %s. In Moodle, map from '%s'.",
            to,
            len(rows) - 1,
            len(checks),
            told,
            COLUMNS[self.identify_by],
        )

    def _grade(self, trainee: Trainee, check: str) -> str:
        submission = self.final(trainee, check)
        if submission is None or not submission.most:
            return NO_GRADE
        got = score(submission)
        return sheets.number(got if self.marks else 100 * got / submission.most)

    def _tell_of_unknown(self, unknown: list[str]) -> None:
        self.log.warning(
            "Left out, because Moodle couldn't tell who they are: %s. Their %s is missing, or a spreadsheet would "
            "take it for a formula. Correct it in the roster (make roster).",
            ", ".join(unknown),
            COLUMNS[self.identify_by],
        )


def _ids(trainee: Trainee) -> dict[str, str]:
    known = {"email": trainee.student.email, "username": trainee.student.id, "idnumber": trainee.lms_id}
    return {name: sheets.identifier(known[name]) for name in COLUMNS}
