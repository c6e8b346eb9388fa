"""The demonstration of the real course: what must be true of every check, whatever its items are."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from casebook import answers
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from grading import bank
from grading.report import reading
from grading.report.whole import Report
from grading.scoring import Scorer
from running.demo_class import TRAINEES
from tests.grading.machine import autograded, gradebook, scores
from tests.running.graded_alone import alone
from tests.running.the_class import TheClass

CHECKS = [path.name for path in (bank.ROOT / "course/source").iterdir() if path.is_dir()]
CLASS = {trainee.name for trainee in TRAINEES}

each_check = pytest.mark.parametrize("check", CHECKS)


@cache
def got(the_class: TheClass, check: str) -> dict[str, dict[str, float]]:
    """What each trainee has in each item."""
    return scores(the_class.course, check)


def asked(check: str) -> dict[str, Item]:
    """What the check asks, in its order, by nbgrader's name: items, and for each slot its last variant."""
    source = json.loads((bank.ROOT / "course/source" / check / "items.json").read_text(encoding="utf-8"))
    return {item.get("slot", item["id"]): bank.items(check)[item["id"]] for item in source["items"]}


def worth(check: str) -> dict[str, float]:
    """The marks of each question, in the order in which the check asks them."""
    return {question: item.marks or 0 for question, item in asked(check).items()}


def changed(the_class: TheClass, check: str, name: str) -> dict[str, tuple[float, float]]:
    """The items in which a trainee has other marks than there are, with both."""
    mine = got(the_class, check)[name]
    return {id: (mine[id], most) for id, most in worth(check).items() if mine[id] != pytest.approx(most, abs=1e-3)}


def first_counts(check: str) -> set[str]:
    """The items in which a later answer changes nothing."""
    return {question for question, item in asked(check).items() if item.kind == "simulation"}


def test_every_check_that_is_given_out_is_taken(real_class: TheClass):
    assert len(CHECKS) > 1
    with gradebook(real_class.course) as book:
        taken = {a.name: {s.student.id for s in book.assignment_submissions(a.name)} for a in book.assignments}
    assert taken == dict.fromkeys(CHECKS, CLASS)


def test_the_tables_stand_in_the_order_of_the_course(real_class: TheClass):
    titles = [title for slug, title in bank.course().titles.items() if slug in CHECKS]
    said = real_class.ran.stdout
    assert sorted(titles, key=lambda title: said.index(f"\n{title} (passing score")) == titles


def test_nothing_is_complained_of(real_class: TheClass):
    assert real_class.ran.stderr == ""


@each_check
def test_nobody_has_more_than_there_is_nor_less_than_nothing(real_class: TheClass, check: str):
    for by_item in got(real_class, check).values():
        assert by_item.keys() == worth(check).keys()
        assert all(0 <= marks <= worth(check)[id] for id, marks in by_item.items())


@each_check
def test_who_answers_all_right_has_all_marks(real_class: TheClass, check: str):
    assert changed(real_class, check, "amara") == {}


def test_nothing_about_how_the_class_handed_in_is_worth_a_look(real_class: TheClass):
    assert Report(reading.read(real_class.course, processes=1)).looks == []


@each_check
def test_who_answers_nothing_has_none(real_class: TheClass, check: str):
    assert set(got(real_class, check)["emil"].values()) == {0}


@each_check
def test_who_stops_half_way_has_the_marks_of_the_first_half(real_class: TheClass, check: str):
    all_of_it = worth(check)
    second_half = list(all_of_it)[len(all_of_it) // 2 :]
    assert changed(real_class, check, "dolores") == {id: (0, all_of_it[id]) for id in second_half}


@each_check
def test_a_damaged_file_loses_the_item_of_the_torn_line_and_no_other(real_class: TheClass, check: str):
    all_of_it = worth(check)
    torn = list(all_of_it)[len(all_of_it) // 2]
    assert changed(real_class, check, "fatima") == {torn: (0, all_of_it[torn])}


@each_check
def test_the_second_submission_counts(real_class: TheClass, check: str):
    assert changed(real_class, check, "joy").keys() <= first_counts(check)
    assert len(list((real_class.course / "exchange/victim-services/inbound").glob(f"joy+{check}+*"))) == 2


@each_check
def test_a_change_of_mind_costs_at_most_what_was_taken_back(real_class: TheClass, check: str):
    costs = changed(real_class, check, "goran").keys() - first_counts(check)
    assert len(costs) <= 1
    assert all(got(real_class, check)["goran"][id] == 0 for id in costs)


@each_check
def test_an_old_copy_costs_at_most_one_item_of_each_kind(real_class: TheClass, check: str):
    kinds = [asked(check)[id].kind for id in changed(real_class, check, "kofi")]
    assert kinds
    assert len(set(kinds)) == len(kinds)


@each_check
def test_a_slip_here_and_there_leaves_something_and_not_all(real_class: TheClass, check: str):
    assert 0 < sum(got(real_class, check)["lucia"].values()) < sum(worth(check).values())


@each_check
def test_who_grades_alone_gets_the_same_for_the_same_answers(real_class: TheClass, check: str, tmp_path: Path):
    given = autograded(real_class.course, check)
    assert len(given) == len(TRAINEES)
    assert alone(real_class, check, tmp_path) == {name: pytest.approx(marks) for name, marks in given.items()}


@each_check
def test_nothing_waits_for_marks(real_class: TheClass, check: str):
    with gradebook(real_class.course) as book:
        assert [s.student.id for s in book.assignment_submissions(check) if s.needs_manual_grade] == []


@each_check
def test_what_was_written_has_an_instructors_marks_and_nothing_else_has(real_class: TheClass, check: str):
    by_hand = {question for question, item in asked(check).items() if KINDS[item.kind].manual}
    with gradebook(real_class.course) as book:
        marked = {
            (submission.student.id, grade.name)
            for submission in book.assignment_submissions(check)
            for grade in submission.notebooks[0].grades
            if grade.manual_score is not None
        }
    assert {id for _, id in marked} == by_hand
    assert {(name, id) for name in ("amara", "bent", "hana") for id in by_hand} <= marked
    assert not {name for name, _ in marked} & {"emil"}


@each_check
def test_everybody_finds_one_page_of_feedback_with_the_marks_of_the_gradebook(real_class: TheClass, check: str):
    most = sum(worth(check).values())
    for name, by_item in got(real_class, check).items():
        folder = real_class.folder / "trainees" / name / check
        (page,) = (folder / "feedback").rglob("*.html")
        html = page.read_text(encoding="utf-8")
        marks = f"<strong>{round(sum(by_item.values()), 2):g} of {most:g} points.</strong>"
        assert ("No answers arrived" if Scorer(check, folder).unanswered else marks) in html
        assert "Not graded yet" not in html


@each_check
def test_every_kind_of_item_was_answered(real_class: TheClass, check: str):
    book = answers.read(real_class.folder / "trainees/amara" / check / answers.FILE_NAME)
    items = [bank.items(check)[answer.id] for answer in book.answers]
    # A story is answered decision by decision.
    assert list(dict.fromkeys(item.slot or item.id for item in items)) == list(worth(check))
