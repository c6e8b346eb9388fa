from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from casebook.answers import Answer
from grading import bank, gradebook, roster, settings, strangers
from grading.bank import CourseInfo
from grading.bulk import autograde as bulk
from grading.bulk.autograde import autograde
from grading.commands.regrade import told
from grading.gradebook import Grade, Submission
from grading.refused import Refused
from grading.regrading import ANSWERED, MENDED, compared, regrade
from tests.grading import a_class
from tests.grading.machine import Machine

CHECK, KEYED, WORTH, WRITTEN = a_class.CHECK, *(a_class.question(kind).id for kind in ("single", "several", "written"))
RIGHT, NEW, WRONG = a_class.options(KEYED)
AT = "2026-01-05T09:00:00+00:00"


@dataclass(frozen=True)
class Regraded:
    """A class that was graded and marked by hand; then the bank was mended, and it was regraded."""

    before: dict[str, Submission]
    after: dict[str, Submission]
    said: str
    kept: str
    submitted: tuple[dict[str, bytes], dict[str, bytes]]
    page: str


def handed_in(root: Path) -> dict[str, bytes]:
    folder = root / "grading/submitted"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def graded(root: Path) -> dict[str, Submission]:
    url = settings.directory(settings.load(root)).db_url
    return {one.student: one for one in gradebook.submissions(url, CHECK)}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Regraded:
    base = tmp_path_factory.mktemp("regraded")
    root = a_class.course(base / "course")
    a_class.steps(root, CHECK)
    choices = {"ada": RIGHT, "bo": NEW, "cy": WRONG, "di": RIGHT}
    for seed, (student, choice) in enumerate(choices.items()):
        others = [one for one in a_class.by_chance(CHECK, seed) if one.id not in (KEYED, WRITTEN, WORTH)]
        given = {KEYED: {"choice": choice}, WORTH: {"choices": ["a"]}, WRITTEN: {"text": f"I am {student}."}}
        a_class.submit(root, student, CHECK, [*others, *(Answer(CHECK, id, what, AT) for id, what in given.items())])
    (base / "home").mkdir()
    machine = Machine(root, base / "home", Path(__file__).resolve().parents[2])
    run(machine, "-m", "grading", "autograde", "--check", CHECK)
    marked_by_hand(root)
    before = graded(root)

    mend(root / f"grading/bank/{CHECK}.yml")
    run(machine, "-m", "authoring", "update", "--root", str(root))
    a_class.submit(root, "di", CHECK, [Answer(CHECK, KEYED, {"choice": NEW}, AT)])
    submitted = handed_in(root)
    said = run(machine, "-m", "grading", "regrade", "--check", CHECK)
    run(machine, "-m", "grading", "feedback", "--check", CHECK)
    kept = next((root / "grading/regraded").iterdir()).read_text()
    page = (root / f"grading/feedback/bo/{CHECK}/{CHECK}-check.html").read_text()
    return Regraded(before, graded(root), said, kept, (submitted, handed_in(root)), page)


def run(machine: Machine, *words: str) -> str:
    ran = machine.run("python", *words)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


MARKED = {"ada": 1.0, "bo": 2.0, "di": 3.0}


def marked_by_hand(root: Path, by_student: Mapping[str, float] = MARKED) -> None:
    with Gradebook(settings.directory(settings.load(root)).db_url) as book:
        for student, marks in by_student.items():
            notebook = book.find_submission(CHECK, student).notebooks[0]
            for grade in notebook.grades:
                if grade.name == WRITTEN:
                    grade.manual_score, grade.needs_manual_grade = marks, False
            for comment in notebook.comments:
                comment.manual_comment = f"Well seen, {student}."
        book.db.commit()


def mend(path: Path) -> None:
    """Another option is right now, and another question is worth twice as much."""
    a_class.key(path, KEYED, NEW, {WORTH: 4})


def of(submission: Submission, name: str) -> Grade:
    return next(grade for grade in submission.grades if grade.name == name)


def test_who_chose_what_is_right_now_gets_the_marks_and_who_chose_the_old_key_loses_them(done: Regraded):
    assert [of(done.before[who], KEYED).score for who in ("ada", "bo", "cy")] == [2, 0, 0]
    assert [of(done.after[who], KEYED).score for who in ("ada", "bo", "cy")] == [0, 2, 0]


def test_a_question_that_is_worth_more_now_is_scored_out_of_more(done: Regraded):
    assert [of(done.before["ada"], WORTH).most, of(done.after["ada"], WORTH).most] == [2, 4]
    assert of(done.after["ada"], WORTH).score == pytest.approx(2 * of(done.before["ada"], WORTH).score, abs=1e-3)


def test_marks_and_comments_of_an_instructor_stay_and_are_not_asked_for_anew(done: Regraded):
    for who in ("ada", "bo"):
        assert of(done.after[who], WRITTEN) == of(done.before[who], WRITTEN)
        assert not of(done.after[who], WRITTEN).waits
        assert done.after[who].comments == done.before[who].comments
    assert of(done.after["cy"], WRITTEN).waits  # nobody has looked at it yet


def test_marks_by_hand_for_another_text_than_now_stay_but_are_to_be_looked_at(done: Regraded):
    assert of(done.after["di"], WRITTEN).manual == 3
    assert of(done.after["di"], WRITTEN).waits
    assert f"di: {WRITTEN}" in done.said


def test_no_submission_is_touched(done: Regraded):
    assert done.submitted[0] == done.submitted[1]


def test_the_report_tells_whose_score_changed_and_why(done: Regraded):
    lines = [line.strip() for line in done.said.splitlines()]
    assert f"2 → 0 ({MENDED}): ada" in lines
    assert f"0 → 2 ({MENDED}): bo" in lines
    assert f"2 → 2 ({ANSWERED}): di" not in lines  # the score of that question is the same
    assert any("it's worth 4 now, not 2" in line and "ada" in line for line in lines)
    assert not any("cy" in line and MENDED in line for line in lines)
    stem = " ".join(bank.items(CHECK)[KEYED].stem.split()[:9])
    assert f'("{stem} …")' in done.said


def test_the_report_is_kept(done: Regraded):
    assert done.kept.strip() in done.said


def test_the_next_pages_say_what_is_right_now(done: Regraded):
    assert "of 4 points" in done.page
    assert "Well seen, bo." in done.page


@pytest.mark.parametrize("before", ["refused", "generated"])
def test_marks_by_hand_are_looked_at_again_though_the_gradebook_knew_the_new_worth_already(
    tmp_path: Path, before: str, monkeypatch: pytest.MonkeyPatch
):
    root = a_class.course(tmp_path / "course")
    steps = a_class.steps(root, CHECK)
    a_class.submit(root, "ada", CHECK, [Answer(CHECK, WRITTEN, {"text": "I am Ada."}, AT)])
    config = settings.load(root)
    autograde(config, CHECK)
    marked_by_hand(root, {"ada": 1.0})
    source = root / f"course/source/{CHECK}/{CHECK}-check.ipynb"
    notebook = json.loads(source.read_text())
    every = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
    (asked,) = [one for one in every if one.get("grade_id") == WRITTEN]
    asked["points"] *= 2
    source.write_text(json.dumps(notebook))
    bulk.forget()
    known = bank.items(CHECK)
    mended = known | {WRITTEN: replace(known[WRITTEN], marks=asked["points"])}
    monkeypatch.setattr(bank, "items", lambda _module: mended)
    if before == "refused":
        with monkeypatch.context() as stopped:
            stopped.setattr(bulk.pool, "run", _stopped)
            with pytest.raises(Refused):
                regrade(config, CHECK)
    else:
        steps.generate_assignment(CHECK)
    done = regrade(config, CHECK)
    assert done.look_again == (("ada", WRITTEN),)
    assert of(graded(root)["ada"], WRITTEN) == Grade(WRITTEN, asked["points"], None, 1.0, None, waits=True)


def _stopped(*_: object, **_more: object) -> None:
    raise Refused("Stopped by the test.")


def test_answers_that_are_no_plain_file_are_neither_followed_nor_waited_for(tmp_path: Path):
    root = a_class.course(tmp_path / "course")
    a_class.steps(root, CHECK)
    for student in ("ada", "bo"):
        a_class.submit(root, student, CHECK, a_class.by_chance(CHECK, 1))
    config = settings.load(root)
    autograde(config, CHECK)
    answers = a_class.submitted(root, "ada", CHECK) / "answers.jsonl"
    answers.unlink()
    os.mkfifo(answers)
    done = regrade(config, CHECK)
    assert done.count == 2
    assert {change.student for change in done.changes} == {"ada"}


def test_a_bank_that_was_changed_since_the_check_was_made_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = a_class.course(tmp_path / "course")
    a_class.steps(root, CHECK)
    a_class.submit(root, "ada", CHECK, a_class.by_chance(CHECK, 1))
    config = settings.load(root)
    autograde(config, CHECK)
    before, known = graded(root), bank.items(CHECK)
    for changed in (known | {KEYED: replace(known[KEYED], marks=60.0)}, {id: known[id] for id in known if id != KEYED}):
        with monkeypatch.context() as mended:
            mended.setattr(bank, "items", lambda _module, changed=changed: changed)
            with pytest.raises(
                Refused, match=f"changed since its check was made .{KEYED}.. Nothing in this check was graded"
            ):
                regrade(config, CHECK)
    assert graded(root) == before


def test_what_the_authors_check_would_name_by_its_line_is_no_traceback(tmp_path: Path):
    root = a_class.course(tmp_path / "course")
    a_class.steps(root, CHECK)
    path = root / f"grading/bank/{CHECK}.yml"
    path.write_text(path.read_text().replace("marks: 2", "marks: two", 1))
    machine = Machine(root, tmp_path, Path(__file__).resolve().parents[2])
    for command in ("regrade", "autograde", "report"):
        a_class.submit(root, "ada", CHECK, [])
        ran = machine.run("python", "-m", "grading", command, "--check", CHECK)
        assert ran.returncode == 1
        assert "Traceback" not in ran.stderr
        assert f"{CHECK}.yml has a mistake in it" in ran.stderr
        assert "Run make update" in ran.stderr


def test_a_check_that_is_not_there_is_named_with_those_that_are(tmp_path: Path):
    machine = Machine(a_class.course(tmp_path / "course"), tmp_path, Path(__file__).resolve().parents[2])
    for command in ("regrade", "autograde", "feedback"):
        ran = machine.run("python", "-m", "grading", command, "--check", "nonsense")
        assert ran.returncode == 1
        assert ran.stderr.startswith("There's no check called nonsense. The checks are: first-contact, ")


def test_autograding_tells_who_waits_for_marks_and_who_is_not_on_the_list(tmp_path: Path):
    root = a_class.course(tmp_path / "course")
    a_class.steps(root, CHECK)
    roster.keep(root, {"ada": roster.Person("ada", "Ada", "Lind")})
    for student in ("ada", "gus"):
        a_class.submit(root, student, CHECK, [Answer(CHECK, WRITTEN, {"text": "I would call."}, AT)])
    (a_class.submitted(root, "gus", CHECK) / "answers.jsonl").open("a").write("torn")
    said = run(Machine(root, tmp_path, Path(__file__).resolve().parents[2]), "-m", "grading", "autograde")
    assert said.splitlines() == [
        f"{CHECK}: 2 submissions graded.",
        "  gus: 1 line of the answers file could not be read and was skipped.",
        "  2 submissions waiting for you to grade (formgrader, Manual Grading).",
        f"  {strangers.said(['gus'])}",
    ]


def test_before_there_is_a_gradebook_that_is_said_and_none_is_made(tmp_path: Path):
    root = a_class.course(tmp_path / "course")
    ran = Machine(root, tmp_path, Path(__file__).resolve().parents[2]).run(
        "python", "-m", "grading", "regrade", "--check", CHECK
    )
    assert ran.returncode == 1
    assert "There's no gradebook yet" in ran.stderr
    assert not (root / "grading/gradebook.db").exists()


def test_a_check_must_be_named(tmp_path: Path):
    machine = Machine(a_class.course(tmp_path / "course"), tmp_path, Path(__file__).resolve().parents[2])
    ran = machine.run("python", "-m", "grading", "regrade")
    assert (ran.returncode, ran.stderr.strip()) == (1, "Which check? For example: make regrade CHECK=partner-violence")


INFO = CourseInfo("A course", 0.8, {"one": "One"})


def submission(student: str, *scores: float, most: float = 2.0) -> Submission:
    grades = tuple(Grade(f"q{n}", most, score, None, None, waits=False) for n, score in enumerate(scores))
    return Submission(student, "one", None, 0.0, grades)


def test_nothing_changed_is_nothing_told():
    same = [submission("a", 1, 2), submission("b", 0, 0)]
    done = compared(same, same, set(), INFO)
    assert (done.changes, done.turns, done.first, done.look_again) == ((), (), (), ())


def test_who_meets_the_pass_mark_now_and_who_does_not_any_more_are_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bank, "items", lambda _module: {})
    before = [submission("up", 1, 2), submission("down", 2, 2), submission("same", 2, 2)]
    after = [submission("up", 2, 2), submission("down", 0, 2), submission("same", 2, 2)]
    done = compared(before, after, set(), INFO)
    assert {turn.student: turn.meets for turn in done.turns} == {"up": True, "down": False}
    assert "  up: 3 of 4 → 4 of 4" in told(done).splitlines()


def test_who_was_never_graded_before_is_told_apart():
    done = compared([submission("a", 1)], [submission("a", 1), submission("new", 2)], set(), INFO)
    assert (done.first, done.changes) == (("new",), ())


def test_two_reasons_are_both_told():
    done = compared([submission("a", 1, most=2)], [submission("a", 4, most=4)], set(), INFO)
    assert done.changes[0].reasons == ("it's worth 4 now, not 2", MENDED)
