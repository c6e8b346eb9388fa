"""A class of twelve, graded by nbgrader, and every export of it by nbgrader's own command: once for all tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from grading.exports import EXPORTERS
from tests import kinds_course
from tests.grading.machine import Machine, gradebook
from tests.running.by_hand import BY_HAND, CHECK
from tests.running.the_class import play

WAITS = "hana"
"""What she wrote is not marked yet."""
EMPTY = "emil"
"""He sent no answers, and nobody has confirmed his 0."""
LATE, PENALTY = "joy", 2.0
NAMELESS = "goran"


@dataclass(frozen=True)
class Exported:
    """The course of the class, what nbgrader said of each export, and where each is."""

    course: Path
    said: Mapping[str, CompletedProcess[str]]
    made: Mapping[str, Path]


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    base = tmp_path_factory.mktemp("exported")
    the_class = play(base / "demo", base / "home", kinds_course.make(base / "course"))
    _roll(the_class.course)
    machine = Machine(the_class.course, the_class.home, the_class.course)
    made = {name: base / exporter.DEFAULT for name, exporter in EXPORTERS.items()}
    said = {
        name: machine.run(
            "nbgrader",
            "export",
            f"--exporter={exporter.__module__}.{exporter.__name__}",
            "--to",
            str(made[name]),
            seconds=300,
        )
        for name, exporter in EXPORTERS.items()
    }
    return Exported(the_class.course, said, made)


def _roll(course: Path) -> None:
    """Gives each a name, an address and an LMS id; one answer waits, and one came late."""
    with gradebook(course) as book:
        for number, name in enumerate(BY_HAND):
            student = book.find_student(name)
            student.email, student.lms_user_id = f"{name}@example.gov", str(100 + number)
            named = name != NAMELESS
            student.first_name, student.last_name = (name.title(), "Ruiz-Łukasz") if named else (None, None)
        for notebook in book.find_submission(CHECK, WAITS).notebooks:
            for grade in (grade for grade in notebook.grades if grade.name == "kinds-written"):
                grade.manual_score, grade.auto_score, grade.needs_manual_grade = None, None, True
        book.find_submission(CHECK, LATE).notebooks[0].late_submission_penalty = PENALTY
        book.db.commit()
