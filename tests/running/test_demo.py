"""Twelve trainees through nbgrader's whole round trip, against marks that were worked out by hand: each kind once."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from casebook.kinds import KINDS
from grading import roster
from grading.refused import StepFailed
from grading.report import reading
from grading.report.whole import Report
from running import demo
from running.demo_class import LIST, TRAINEES
from tests import kinds_course
from tests.casebook.kinds.test_new_kind import ODD
from tests.grading.machine import autograded, gradebook, marks, scores
from tests.running.by_hand import BY_HAND, CHECK, GUESSED, ITEMS, MET, OUT_OF, PASS, UNSAFE
from tests.running.graded_alone import alone
from tests.running.the_class import TheClass, play

WAITS = "kinds-written"
EMPTY = "emil"
"""He hands in without answering."""
NAMES = {person.id: person for person in roster.read(LIST.encode()).people}


def test_every_kind_there_is_was_worked_out():
    assert list(ITEMS) == [f"kinds-{name}" for name in KINDS]


def test_there_are_twelve_and_each_was_worked_out():
    assert [trainee.name for trainee in TRAINEES] == list(BY_HAND)
    assert len(TRAINEES) == 12


def test_everybody_is_on_the_classs_list(the_class: TheClass):
    assert list(NAMES) == list(BY_HAND)
    with gradebook(the_class.course) as book:
        assert {one.id: (one.last_name, one.email) for one in book.students} == {
            id: (person.last_name, person.email) for id, person in NAMES.items()
        }
    assert roster.units(the_class.course) == {id: person.unit for id, person in NAMES.items()}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_trainee_gets_in_each_item_what_was_worked_out_by_hand(the_class: TheClass, name: str):
    by_item, _total = BY_HAND[name]
    assert scores(the_class.course, CHECK)[name] == dict(zip(ITEMS, by_item, strict=True))


def test_the_gradebook_holds_the_totals_worked_out_by_hand(the_class: TheClass):
    with gradebook(the_class.course) as book:
        totals = {s.student.id: (s.score, s.max_score) for s in book.assignment_submissions(CHECK)}
    assert totals == {name: (pytest.approx(total), OUT_OF) for name, (_items, total) in BY_HAND.items()}


@pytest.mark.parametrize("name", BY_HAND)
def test_the_total_worked_out_is_the_sum_of_its_items(name: str):
    items, total = BY_HAND[name]
    assert sum(items) == pytest.approx(total)


def test_what_was_written_is_marked_by_hand_and_nothing_else_is(the_class: TheClass):
    with gradebook(the_class.course) as book:
        by_hand = {
            (submission.student.id, grade.name): grade.manual_score
            for submission in book.assignment_submissions(CHECK)
            for grade in submission.notebooks[0].grades
            if grade.manual_score is not None
        }
    # Who wrote nothing, or took it back, has 0 of autograding.
    silent = {"dolores", "emil", "goran"}
    assert by_hand == {(name, WAITS): items[-1] for name, (items, _total) in BY_HAND.items() if name not in silent}


def test_no_submission_waits_for_marks_by_hand(the_class: TheClass):
    with gradebook(the_class.course) as book:
        assert [s.student.id for s in book.assignment_submissions(CHECK) if s.needs_manual_grade] == []


def test_the_table_that_is_printed_shows_the_same(the_class: TheClass):
    shown = {}
    for line in the_class.ran.stdout.splitlines():
        words = line.split()
        if words and words[0] in BY_HAND:
            shown[words[0]] = (float(words[1]), float(words[2]), "not passed" not in line)
    assert shown == {name: (round(total, 2), OUT_OF, name in MET) for name, (_items, total) in BY_HAND.items()}


def test_who_meets_the_pass_mark_is_right_by_hand():
    assert {name for name, (_items, total) in BY_HAND.items() if total >= PASS} == MET | UNSAFE


def test_nothing_is_complained_of(the_class: TheClass):
    assert the_class.ran.stderr == ""


def test_every_step_is_named_as_nbgrader_names_it(the_class: TheClass):
    steps = [line.split()[0] for line in the_class.ran.stdout.splitlines() if line[:1].islower()][:12]
    assert steps == [
        "roster",
        "generate_assignment",
        "release_assignment",
        "fetch_assignment",
        "submit",
        "collect",
        "autograde",
        "formgrader",
        "generate_feedback",
        "release_feedback",
        "fetch_feedback",
        "export",
    ]


def test_the_export_holds_each_trainee_with_their_marks(the_class: TheClass):
    with (the_class.folder / "grades.csv").open(newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {n: float(row["score"]) for n, row in rows.items()} == {n: pytest.approx(t) for n, (_, t) in BY_HAND.items()}
    assert {row["assignment"] for row in rows.values()} == {CHECK}
    assert {float(row["max_score"]) for row in rows.values()} == {OUT_OF}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_trainee_finds_one_feedback_page_with_their_marks(the_class: TheClass, name: str):
    (page,) = _pages(the_class, name)
    text = page.read_text(encoding="utf-8")
    total = BY_HAND[name][1]
    result = "No answers arrived" if name == EMPTY else f"<strong>{round(total, 2):g} of {OUT_OF} points.</strong>"
    assert result in text
    assert ("You passed this check. The passing score is 50%." in text) == (name in MET)
    assert "Not graded yet" not in text
    assert f"For {NAMES[name].name}." in text


def test_the_exchange_holds_a_feedback_page_for_each(the_class: TheClass):
    released = the_class.course / "exchange/victim-services/feedback"
    pages = {page.read_bytes() for page in released.glob("*.html")}
    assert pages == {_pages(the_class, name)[0].read_bytes() for name in BY_HAND}
    assert len(pages) == 12


def test_a_damaged_answers_file_is_told_of(the_class: TheClass):
    assert "3 lines of the answers file could not be read and were skipped." in _page(the_class, "fatima")


def test_the_damaged_file_held_a_torn_line_a_foreign_one_and_one_not_utf_8(the_class: TheClass):
    lines = _answers(the_class, "fatima").read_bytes().split(b"\n")
    assert [line[:20] for line in lines if not _is_json(line)] == [
        b'{"v": 1, "at": "2026',
        b"a line that some oth",
        b"\xff\xfe not UTF-8 \x80",
        b"",  # after the last line end
    ]


def test_who_handed_in_no_answers_is_told_so_and_what_to_do(the_class: TheClass):
    assert not _answers(the_class, "emil").exists()
    assert "No answers arrived" in _page(the_class, "emil")
    assert "You didn't answer." not in _page(the_class, "emil")


def test_nothing_about_how_the_class_handed_in_is_worth_a_look(the_class: TheClass):
    assert Report(reading.read(the_class.course, processes=1)).looks == []


def test_an_option_that_does_not_exist_is_told_of(the_class: TheClass):
    page = _page(the_class, "kofi")
    assert "That option doesn&#x27;t exist." in page
    assert "One of the options chosen doesn&#x27;t exist." in page
    assert "gone-question" in _answers(the_class, "kofi").read_text(encoding="utf-8")


def test_the_later_of_two_submissions_is_the_one_that_counts(the_class: TheClass):
    inbound = the_class.course / "exchange/victim-services/inbound"
    assert len(list(inbound.glob("joy+*"))) == 2
    assert len(list(inbound.glob("*+*"))) == 13


def test_the_guesses_are_those_that_were_marked_by_hand(the_class: TheClass):
    lines = map(json.loads, _answers(the_class, "chen").read_text(encoding="utf-8").splitlines())
    assert {line["id"]: line["given"] for line in lines} == dict(zip(ITEMS, GUESSED, strict=True))


def test_who_grades_alone_gets_the_same_for_the_same_answers(the_class: TheClass, tmp_path: Path):
    given = autograded(the_class.course, CHECK)
    assert alone(the_class, CHECK, tmp_path) == {name: pytest.approx(marks) for name, marks in given.items()}


def test_where_to_look_is_told(the_class: TheClass):
    said = the_class.ran.stdout
    assert f"cd '{the_class.course}' && PATH=" in said
    assert "lab --LabApp.default_url=/formgrader" in said
    assert str(the_class.folder / "grades.csv") in said
    assert str(_pages(the_class, "lucia")[0]) in said


def test_nothing_is_left_in_the_home_of_who_runs_it(the_class: TheClass):
    assert [p.name for p in the_class.home.rglob("*") if "nbgrader" in p.name or p.suffix == ".ipynb"] == []


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(StepFailed, match="has other things in it, so it was left alone"):
        demo.run(tmp_path, lambda *_: None)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_folder_of_an_earlier_demonstration_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / demo.MARK).touch()
    (tmp_path / "grades.csv").write_text("of last time")
    _stop_after_set_up(monkeypatch)
    with pytest.raises(StepFailed):
        demo.run(tmp_path, lambda *_: None)
    assert not (tmp_path / "grades.csv").exists()
    assert (tmp_path / "instructor/nbgrader_config.py").is_file()


def test_a_failed_step_is_told_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    _stop_after_set_up(monkeypatch)
    monkeypatch.setattr("sys.argv", ["demo", "--folder", str(tmp_path / "new")])
    assert demo.main() == 1
    said = capsys.readouterr().err
    assert said == "The demonstration stopped.\nThere's no check in course/source to give to the class.\n"


def test_a_folder_that_cannot_be_made_is_told_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("sys.argv", ["demo", "--folder", str(tmp_path / "file/below")])
    assert demo.main() == 1
    assert "couldn't be set up in" in capsys.readouterr().err


WITH_THE_NEW_KIND = """
import sys
sys.path.insert(0, {root!r})
from casebook import kinds
from tests.casebook.kinds.test_new_kind import ODD
kinds.KINDS["odd"] = ODD
from running import demo
sys.exit(demo.main())
"""


def test_a_new_kind_of_item_is_answered_in_every_way_with_no_word_about_it_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(KINDS, "odd", ODD)
    root = kinds_course.make(tmp_path / "course")
    command = ("python", "-c", WITH_THE_NEW_KIND.format(root=str(kinds_course.ROOT)))
    the_class = play(tmp_path / "demo", tmp_path / "home", root, command)
    # c is right: the last. Worth 2; there is nothing unsafe in it, and nothing that can be emptied.
    right = dict.fromkeys(("amara", "fatima", "goran", "hana", "ivan", "joy", "lucia"), 2)
    wrong = dict.fromkeys(("bent", "dolores", "emil", "kofi"), 0)  # the first; not come to; none; gone
    got = {name: by_item["kinds-odd"] for name, by_item in marks(the_class.course, CHECK).items() if name != "chen"}
    assert got == right | wrong
    assert the_class.ran.stderr == ""


def _stop_after_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A course without a check: the demonstration has nothing to do once its folder is set up."""
    set_up = demo._set_up

    def without_checks(folder: Path) -> None:
        set_up(folder)
        (folder / "instructor/course/source").rename(folder / "away")
        (folder / "instructor/course/source").mkdir()

    monkeypatch.setattr(demo, "_set_up", without_checks)


def _answers(the_class: TheClass, name: str) -> Path:
    return the_class.folder / "trainees" / name / CHECK / "answers.jsonl"


def _pages(the_class: TheClass, name: str) -> list[Path]:
    return list((the_class.folder / "trainees" / name / CHECK / "feedback").rglob("*.html"))


def _page(the_class: TheClass, name: str) -> str:
    (page,) = _pages(the_class, name)
    return page.read_text(encoding="utf-8")


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
