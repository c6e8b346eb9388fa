"""The gradebook, read with a few queries: what nbgrader's own way of reading it says, one submission after another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from nbgrader.api import Gradebook

from grading import gradebook, settings
from grading.bulk.autograde import autograde
from grading.gradebook import Student
from tests.grading import a_class

CHECKS = ("impact-panels", a_class.CHECK)
CLASS = dict(
    zip(
        ("t0", "t1", "t2"), (*a_class.seeds(writes=True, number=2), *a_class.seeds(writes=False, number=1)), strict=True
    )
)
WRITTEN = a_class.CHECK


@pytest.fixture(scope="module")
def db_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two checks of three, graded; one is marked by hand, late, and has extra credit and a comment."""
    root = a_class.course(tmp_path_factory.mktemp("gradebook") / "course")
    a_class.steps(root, *CHECKS)
    for check in CHECKS:
        for student, seed in CLASS.items():
            a_class.submit(root, student, check, a_class.by_chance(check, seed))
        autograde(settings.load(root), check)
    url: str = settings.directory(settings.load(root)).db_url
    with Gradebook(url) as book:
        book.update_or_create_student("t1", first_name="Ada", last_name="Lind", email="ada@example.org")
        notebook = book.find_submission(WRITTEN, "t1").notebooks[0]
        notebook.late_submission_penalty = 1.25
        for number, grade in enumerate(notebook.grades):
            grade.extra_credit = 0.5 if number == 0 else None
            if grade.auto_score is None and grade.max_score:
                grade.manual_score, grade.needs_manual_grade = 1.5, False
        notebook.comments[0].manual_comment = "See me."
        book.db.commit()
    return url


def test_the_class_is_there_by_id_with_what_is_known(db_url: str):
    assert gradebook.students(db_url) == [Student("t0"), Student("t1", "Ada", "Lind", "ada@example.org"), Student("t2")]
    assert [one.name for one in gradebook.students(db_url)] == ["t0", "Ada Lind", "t2"]


def test_each_submission_is_as_nbgrader_reckons_it(db_url: str):
    found = gradebook.submissions(db_url)
    assert [(one.module, one.student) for one in found] == [(check, who) for check in CHECKS for who in CLASS]
    with Gradebook(db_url) as book:
        for one in found:
            theirs = book.find_submission(one.module, one.student)
            late = sum(notebook.late_submission_penalty or 0 for notebook in theirs.notebooks)
            assert one.score == pytest.approx(theirs.score - late)
            assert one.most == pytest.approx(theirs.max_score)
            assert one.waits == theirs.needs_manual_grade
            assert one.penalty == late
            assert one.at == datetime(2026, 1, 5, 9, tzinfo=UTC)
            grades = {grade.name: grade for grade in one.grades}
            assert {name: grade.score for name, grade in grades.items()} == {
                grade.name: pytest.approx(grade.score) for notebook in theirs.notebooks for grade in notebook.grades
            }
    marked = next(one for one in found if (one.module, one.student) == (WRITTEN, "t1"))
    assert (marked.name, marked.penalty, list(marked.comments.values())) == ("Ada Lind", 1.25, ["See me."])


def test_one_check_or_some_trainees_alone_can_be_asked_for(db_url: str):
    some = gradebook.submissions(db_url, WRITTEN, ["t0", "t2", "nobody"])
    assert some == [one for one in gradebook.submissions(db_url) if one.module == WRITTEN and one.student != "t1"]


def test_marks_set_anew_leave_an_instructors_and_ask_them_to_look_again(db_url: str):
    before = next(one for one in gradebook.submissions(db_url, WRITTEN) if one.student == "t1")
    by_hand = next(grade.name for grade in before.grades if grade.manual is not None)
    first = next(grade.name for grade in before.grades if grade.auto is not None and grade.most)
    gradebook.set_marks(db_url, WRITTEN, "t1", {first: 0.25, by_hand: None})
    after = {
        grade.name: grade
        for one in gradebook.submissions(db_url, WRITTEN)
        if one.student == "t1"
        for grade in one.grades
    }
    assert (after[first].auto, after[first].waits) == (0.25, False)
    assert (after[by_hand].manual, after[by_hand].waits) == (1.5, True)
    others = {grade.name: grade for grade in before.grades if grade.name not in {first, by_hand}}
    assert {name: after[name] for name in others} == others
