from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text
from traitlets.config import Config

from casebook.answers import Answer
from grading import gradebook, lateness, settings
from grading.bulk.autograde import autograde
from grading.bulk.feedback import generate
from grading.database import connected
from grading.exports.moodle import MoodleExporter
from grading.lateness import Policy, seconds_late
from grading.nbgrader_steps import Steps
from grading.refused import Refused
from grading.regrading import regrade
from grading.report import reading
from grading.watching import Policy as Returns
from grading.watching import Watch
from tests.grading import a_class

CHECK, WRITTEN = a_class.CHECK, a_class.question("written").id
DUE, LATE = "2026-01-06 00:00:00 UTC", "2026-01-08 09:00:00 UTC"
HALF_OFF = "tests.grading.half_off.HalfOff"


def policy(plugin: str = "", **config: object) -> Policy:
    made = Config()
    if plugin:
        made.AssignLatePenalties.plugin_class = plugin
    for name, value in config.items():
        section, trait = name.split("__")
        made[section][trait] = value
    return Policy(made)


def test_a_submission_without_a_time_or_a_due_date_is_not_late():
    at = datetime(2026, 1, 8)
    assert seconds_late(None, at, None) == seconds_late(at, None, None) == 0
    assert seconds_late(at, at - timedelta(days=1), None) == 86400
    assert seconds_late(at, at - timedelta(days=1), timedelta(days=2)) == -86400


def test_the_penalty_is_what_the_courses_plugin_says_within_nbgraders_bounds():
    assert policy(HALF_OFF).penalty("ana", 7.0, 1) == 3.5
    assert policy(HALF_OFF).penalty("ana", 7.0, 0) is None
    assert policy(LateSubmissionPlugin__penalty_method="zero").penalty("ana", 7.0, 1) == 7
    assert policy(HALF_OFF).penalty("ana", -1.0, 1) == 0


def test_a_course_takes_off_nothing_unless_it_says_so():
    assert not policy().takes_off
    assert policy(HALF_OFF).takes_off
    assert policy(LateSubmissionPlugin__penalty_method="zero").takes_off
    left_out = policy(HALF_OFF, Autograde__autograde_preprocessors=["nbgrader.preprocessors.SaveAutoGrades"])
    assert not left_out.takes_off
    assert left_out.penalty("ana", 7.0, 1) is None


def test_a_plugin_that_fails_is_named_with_whom_it_failed_for():
    words = r"ana's late penalty can't be calculated: Broken failed \(KeyError: 'days'\)"
    with pytest.raises(Refused, match=words):
        policy("tests.grading.half_off.Broken").penalty("ana", 7.0, 1)


@dataclass(frozen=True)
class Course:
    """A course that takes off half for lateness: of two trainees graded, one came late and was marked by hand."""

    root: Path
    steps: Steps

    @property
    def config(self) -> Config:
        return self.steps.config

    @property
    def db_url(self) -> str:
        return settings.directory(self.config).db_url

    def marks(self, student: str) -> tuple[float, float]:
        """The points that a trainee has, and what is taken off."""
        one = next(one for one in gradebook.submissions(self.db_url, CHECK) if one.student == student)
        return sum(grade.score for grade in one.grades), one.penalty

    def mark(self, points: float) -> None:
        self.steps.mark(CHECK, "late", WRITTEN, points)

    def watch(self) -> None:
        (self.root / "exchange/victim-services/inbound").mkdir(parents=True, exist_ok=True)
        done = Watch(self.steps, [CHECK], Returns(returns=False)).round(CHECK, datetime.now(UTC))
        assert done.pages == 2
        assert done.problems == []


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = a_class.course(tmp_path_factory.mktemp("late") / "course")
    with (root / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.AssignLatePenalties.plugin_class = {HALF_OFF!r}\n")
    config = a_class.steps(root, CHECK).config
    with Gradebook(config.CourseDirectory.db_url, "victim-services") as book:
        book.update_or_create_assignment(CHECK, duedate=DUE)
    said = Answer(CHECK, WRITTEN, {"text": "I would call her office."}, "2026-01-05T09:00:00+00:00")
    for student, at in (("early", "2026-01-05 09:00:00 UTC"), ("late", LATE)):
        others = [one for one in a_class.by_chance(CHECK, 5) if one.id != WRITTEN]
        a_class.submit(root, student, CHECK, [*others, said], at)
    autograde(config, CHECK)
    return root


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Course:
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    return Course(root, Steps(root, cache=tmp_path / "cache"))


def moodle(course: Course) -> None:
    exporter = MoodleExporter(config=course.config)
    exporter.to, exporter.unmarked = str(course.root / "moodle.csv"), True
    with Gradebook(course.db_url, "victim-services") as book:
        book.find_student("late").email = book.find_student("early").email = "a@example.gov"
        book.db.commit()
        exporter.export(book)


WAYS: dict[str, Callable[[Course], object]] = {
    "make feedback": lambda course: generate(course.config, CHECK),
    "nbgrader generate_feedback": lambda course: course.steps.generate_feedback(CHECK),
    "make autograde FORCE=yes": lambda course: autograde(course.config, CHECK, force=True),
    "nbgrader autograde --force": lambda course: course.steps.autograde(CHECK),
    "make regrade": lambda course: regrade(course.config, CHECK),
    "make watch": Course.watch,
    "nbgrader export": lambda course: course.steps.export(course.root / "grades.csv"),
    "make export": moodle,
    "make report": lambda course: reading.read(course.root, CHECK),
}


@pytest.mark.parametrize("way", WAYS)
def test_points_given_by_hand_do_not_escape_the_late_penalty(course: Course, way: str):
    before, penalty = course.marks("late")
    assert penalty == before / 2 > 0
    course.mark(3.0)
    WAYS[way](course)
    assert course.marks("late") == pytest.approx((before + 3, (before + 3) / 2))
    assert course.marks("early")[1] == 0


def test_pages_and_exports_tell_the_same_after_marks_by_hand(course: Course):
    course.mark(3.0)
    generate(course.config, CHECK)
    in_bulk = a_class.pages(course.root)
    shutil.rmtree(course.root / "grading/feedback")
    course.steps.generate_feedback(CHECK)
    assert a_class.pages(course.root) == in_bulk
    course.steps.export(course.root / "grades.csv")
    points, penalty = course.marks("late")
    with (course.root / "grades.csv").open() as file:
        told = next(row for row in csv.DictReader(file) if row["student_id"] == "late" and row["assignment"] == CHECK)
    assert float(told["late_submission_penalty"]) == penalty
    assert float(told["score"]) == points - penalty


def test_an_extension_given_after_grading_takes_the_penalty_back(course: Course):
    with Gradebook(course.db_url, "victim-services") as book:
        book.grant_extension(CHECK, "late", days=7)
    lateness.settle(course.config)
    assert course.marks("late")[1] == 0


@pytest.mark.parametrize("way", ["make autograde FORCE=yes", "nbgrader autograde --force"])
def test_a_submission_without_a_time_costs_nothing_though_an_earlier_one_was_late(course: Course, way: str):
    (a_class.submitted(course.root, "late", CHECK) / "timestamp.txt").unlink()
    WAYS[way](course)
    one = next(one for one in gradebook.submissions(course.db_url, CHECK) if one.student == "late")
    assert (one.at, one.penalty) == (None, 0)


def test_of_some_trainees_only_theirs_is_reckoned_anew(course: Course):
    course.mark(3.0)
    before = course.marks("late")[1]
    lateness.settle(course.config, CHECK, ["early"])
    lateness.settle(course.config, "partner-violence")
    assert course.marks("late")[1] == before


def test_where_the_course_takes_off_nothing_a_penalty_that_somebody_set_stays(course: Course):
    course.config.AssignLatePenalties.pop("plugin_class")
    with connected(course.db_url) as connection:
        connection.execute(text("UPDATE submitted_notebook SET late_submission_penalty = 1.25"))
    generate(course.config, CHECK)
    assert course.marks("late")[1] == course.marks("early")[1] == 1.25
