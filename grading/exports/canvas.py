"""Canvas's gradebook, for *Grades > Import*.

Made after Canvas's own importer (``lib/gradebook_importer.rb`` of instructure/canvas-lms):

- The first row names the columns, in this order: Student, ID, SIS User ID, SIS Login ID, Section, then assignments. A
  row whose first cell says "Points Possible" has the marks that there are.
- A trainee is looked for by Canvas's own number (ID), else by SIS user id, else by login, else by name. Canvas's number
  is ``lms_user_id`` in the gradebook: a column of the roster, or ``nbgrader db student add --lms-user-id``.
- An assignment is one that has this title, or this number in brackets behind it; else Canvas offers to make it.
- A column is passed over, without a word, where its title holds that of one of Canvas's own (such as "Final Score").
"""

from __future__ import annotations

import re
from pathlib import Path

from traitlets import Dict, Enum, Unicode

from grading import files
from grading.exports import sheets
from grading.exports.base import Exporter, TheClass, Trainee, score
from grading.refused import Refused

HEADINGS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS = "    Points Possible"
_CANVAS_OWN = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")


class CanvasExporter(Exporter):
    """A CSV file for Canvas's gradebook."""

    NAME = "canvas"
    WHAT = "a CSV file for Canvas's gradebook"
    DEFAULT = "canvas-grades.csv"

    login = Enum(
        ["id", "email"], "id", help="What Canvas uses as the login: the trainee's id here, or their e-mail."
    ).tag(config=True)
    section = Unicode("", help="The section's name in Canvas, if there are several.").tag(config=True)
    assignment_ids = Dict(help="Canvas's numbers for assignments it already has, by the check's name.").tag(config=True)

    def write(self, the_class: TheClass, to: Path) -> None:
        """Writes the file. Raises :class:`Refused` where a title would be lost."""
        checks = the_class.begun()
        rows = [
            [*HEADINGS, *(self._title(the_class, check) for check in checks)],
            [POINTS, "", "", "", "", *(sheets.number(the_class.most(check)) for check in checks)],
        ]
        for trainee in the_class.trainees:
            rows.append([*self._who(trainee), *(self._grade(trainee, check) for check in checks)])
        self.tell_of_waiting(the_class)
        self._tell_of_unknown(the_class)
        files.write(to, sheets.csv_bytes(rows))
        self.log.info("%s: %d trainees, %d checks, in points.", to, len(rows) - 2, len(checks))

    def _title(self, the_class: TheClass, check: str) -> str:
        title = " ".join(the_class.course.titles[check].split())
        number = str(self.assignment_ids.get(check, ""))
        if _CANVAS_OWN.search(title):
            raise Refused(f"No file was made: Canvas ignores a column called '{title}'. Change the check's title.")
        if number and not (number.isascii() and number.isdigit()):
            raise Refused(
                f"No file was made: Canvas's number for {check} can't be '{number}'. It has to be all digits."
            )
        return sheets.words(f"{title} ({number})" if number else title)

    def _who(self, trainee: Trainee) -> tuple[str, ...]:
        student = trainee.student
        name = ", ".join(part for part in (student.last_name, student.first_name) if part) or student.id
        number = trainee.lms_id if _is_number(trainee.lms_id) else ""
        login = student.email if self.login == "email" else student.id
        return (
            sheets.words(name),
            number,
            "" if number else sheets.identifier(trainee.lms_id),
            sheets.identifier(login),
            sheets.words(self.section),
        )

    def _grade(self, trainee: Trainee, check: str) -> str:
        submission = self.final(trainee, check)
        return "" if submission is None else sheets.number(score(submission))

    def _tell_of_unknown(self, the_class: TheClass) -> None:
        without = [one.student.id for one in the_class.trainees if not _is_number(one.lms_id)]
        if without:
            self.log.warning(
                "Without Canvas's own number (lms_user_id): %s. Canvas will match them by SIS id, login, then "
                "name, so check them on its page before you import.",
                ", ".join(without),
            )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
