from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from argparse import Namespace
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from casebook.answers import Answer
from grading import bank, set_aside, settings
from grading.bulk.submitted import found
from grading.commands import watch as command
from grading.gradebook import Grade, Submission
from grading.nbgrader_steps import Steps
from grading.refused import Refused
from grading.watching import Policy, Round, Watch
from tests.grading import a_class
from tests.grading.machine import environment

CHECK, WRITTEN = a_class.CHECK, a_class.question("written").id
NOW = datetime(2026, 1, 6, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Class:
    """A course with one check released, and its trainees' own folders."""

    root: Path
    trainees: Path

    def steps(self, student: str) -> Steps:
        return Steps(self.root, cache=self.trainees / student / "cache")

    def hand_in(self, student: str, seed: int, *, writes: bool = False) -> None:
        folder = self.trainees / student
        folder.mkdir(parents=True, exist_ok=True)
        self.steps(student).fetch_assignment(CHECK, folder)
        answers = [one for one in a_class.by_chance(CHECK, seed) if one.id != WRITTEN]
        if writes:
            answers.append(Answer(CHECK, WRITTEN, {"text": "I would call her office."}, "2026-01-05T09:00:00+00:00"))
        a_class.keep(folder / CHECK, answers)
        self.steps(student).submit(CHECK, folder, student)

    def page(self, student: str) -> str | None:
        """The newest page that came back to a trainee."""
        folder = self.trainees / student
        if not (self.root / "exchange/victim-services/feedback").is_dir():
            return None  # nothing was ever returned to anybody
        self.steps(student).fetch_feedback(CHECK, folder, student)
        pages = sorted((folder / CHECK / "feedback").glob("*/*.html"))
        return pages[-1].read_text() if pages else None

    def command(self) -> subprocess.Popen[str]:
        """``make watch`` over the check, running."""
        (self.root / "home").mkdir()
        return subprocess.Popen(
            [sys.executable, "-u", "-m", "grading", "watch", "--check", CHECK, "--every", "1"],
            cwd=bank.ROOT,
            env=environment(self.root, self.root / "home"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def watch(self, policy: Policy | None = None) -> Watch:
        return Watch(Steps(self.root), [CHECK], policy or Policy())


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = a_class.course(tmp_path_factory.mktemp("watch") / "course")
    a_class.steps(root, CHECK).release_assignment(CHECK)
    return root


@pytest.fixture
def a_course(released: Path, tmp_path: Path) -> Class:
    return Class(Path(shutil.copytree(released, tmp_path / "course")), tmp_path / "trainees")


def test_what_is_handed_in_comes_back_graded_and_a_second_round_finds_nothing_to_do(a_course: Class):
    a_course.hand_in("ada", 1)
    a_course.hand_in("bo", 2)
    watch = a_course.watch()
    first = watch.round(CHECK, NOW)
    assert (first.graded, first.pages, first.returned, first.problems) == (2, 2, 2, [])
    assert "For ada." in (a_course.page("ada") or "")
    assert not watch.round(CHECK, NOW).did_something
    assert not a_course.watch().round(CHECK, NOW).did_something  # nor does another watch, or one begun anew


def test_who_hands_in_again_is_graded_again_and_alone(a_course: Class):
    a_course.hand_in("ada", 1)
    a_course.hand_in("bo", 2)
    watch = a_course.watch()
    watch.round(CHECK, NOW)
    before = a_course.page("ada")
    a_course.hand_in("ada", 3)
    again = watch.round(CHECK, NOW)
    assert (again.graded, again.returned) == (1, 1)
    assert a_course.page("ada") != before


def test_who_hands_in_the_same_again_has_a_page_for_each_time(a_course: Class):
    a_course.hand_in("ada", 1)
    watch = a_course.watch()
    watch.round(CHECK, NOW)
    a_course.steps("ada").submit(CHECK, a_course.trainees / "ada", "ada")
    again = watch.round(CHECK, NOW)
    assert (again.graded, again.pages, again.returned) == (1, 1, 1)
    assert len(list((a_course.root / "exchange/victim-services/feedback").iterdir())) == 2


def test_a_name_in_the_exchange_that_is_no_time_stops_nobody(a_course: Class):
    a_course.hand_in("ada", 1)
    inbound = a_course.root / "exchange/victim-services/inbound"
    (mine,) = inbound.iterdir()
    shutil.copytree(mine, inbound / f"eve+{CHECK}+10:99999999999999999999000000000000+x")
    done = a_course.watch().round(CHECK, NOW)
    assert (done.graded, done.returned, len(done.problems)) == (1, 1, 1)
    assert done.problems[0].startswith(f"Not collected: eve+{CHECK}+10:9")


def test_a_time_that_is_none_stops_nobody_and_no_later_round(a_course: Class):
    a_course.hand_in("ada", 1)
    watch = a_course.watch()
    watch.round(CHECK, NOW)
    a_course.hand_in("ada", 2)
    inbound = a_course.root / "exchange/victim-services/inbound"
    for path in inbound.glob("ada+*/timestamp.txt"):
        path.chmod(0o644)
        path.write_text("10:99999999999999999999000000000000")
    a_course.hand_in("bo", 3)
    assert watch.round(CHECK, NOW).graded == 2
    a_course.hand_in("cy", 4)
    assert watch.round(CHECK, NOW).graded == 1


def test_before_anything_is_released_that_is_told_once(a_course: Class):
    shutil.rmtree(a_course.root / "exchange/victim-services")
    watch = a_course.watch()
    (problem,) = watch.round(CHECK, NOW).problems
    assert problem.startswith("No check in this course is released yet")
    assert watch.round("impact-panels", NOW).problems == []


def test_whatever_goes_wrong_is_told_and_tried_again(a_course: Class, monkeypatch: pytest.MonkeyPatch):
    a_course.hand_in("ada", 1)
    watch = a_course.watch()
    with monkeypatch.context() as broken:
        broken.setattr("grading.watching.generate", lambda *_args, **_more: 1 / 0)
        (problem,) = watch.round(CHECK, NOW).problems
    assert problem.startswith("Something went wrong; it will try again (ZeroDivisionError")
    assert watch.round(CHECK, NOW).returned == 1


def test_what_is_half_collected_is_not_there_yet_for_whoever_grades_meanwhile(
    a_course: Class, monkeypatch: pytest.MonkeyPatch
):
    a_course.hand_in("ada", 1)
    seen = []

    def slow(source: Path, to: Path, uid: int | None) -> list[set_aside.Left]:
        seen.append(found(settings.load(a_course.root), CHECK))
        left = copy(source, to, uid)
        seen.append(found(settings.load(a_course.root), CHECK))
        return left

    copy = set_aside.copy
    monkeypatch.setattr(set_aside, "copy", slow)
    Steps(a_course.root).collect(CHECK)
    assert seen == [[], []]
    assert [one.student for one in found(settings.load(a_course.root), CHECK)] == ["ada"]
    assert [path.name for path in (a_course.root / "grading/submitted/ada").iterdir()] == [CHECK]


def test_who_cannot_be_collected_is_named_and_the_others_are(a_course: Class, monkeypatch: pytest.MonkeyPatch):
    for seed, student in enumerate(("ada", "bo", "cy")):
        a_course.hand_in(student, seed)

    def refuses(source: Path, to: Path, uid: int | None) -> list[set_aside.Left]:
        if source.name.startswith("bo+"):
            raise PermissionError(13, "Permission denied", str(source))
        return copy(source, to, uid)

    copy = set_aside.copy
    monkeypatch.setattr(set_aside, "copy", refuses)
    Steps(a_course.root).collect(CHECK)
    assert [one.student for one in found(settings.load(a_course.root), CHECK)] == ["ada", "cy"]
    monkeypatch.undo()
    Steps(a_course.root).collect(CHECK)
    assert [one.student for one in found(settings.load(a_course.root), CHECK)] == ["ada", "bo", "cy"]


def test_a_bank_that_was_mended_counts_from_the_next_round_on(a_course: Class):
    a_course.hand_in("ada", 1)
    running = a_course.command()
    try:
        assert running.stdout is not None
        assert "1 graded" in [running.stdout.readline() for _ in range(2)][1]
        path = a_course.root / f"grading/bank/{CHECK}.yml"
        keyed = a_class.question("single")
        _, new, _ = a_class.options(keyed.id)
        a_class.key(path, keyed.id, new)
        folder = a_course.trainees / "bo"
        folder.mkdir(parents=True)
        a_course.steps("bo").fetch_assignment(CHECK, folder)
        a_class.keep(folder / CHECK, [Answer(CHECK, keyed.id, {"choice": new}, "2026-01-05T09:00:00+00:00")])
        a_course.steps("bo").submit(CHECK, folder, "bo")
        assert "1 graded" in running.stdout.readline()
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)
    with Gradebook(settings.directory(settings.load(a_course.root)).db_url) as book:
        grades = {one.name: one.auto_score for one in book.find_submission(CHECK, "bo").notebooks[0].grades}
    assert grades[keyed.id] == keyed.marks


def test_a_page_waits_for_the_instructor_and_goes_back_once_it_is_marked(a_course: Class):
    a_course.hand_in("ada", 1, writes=True)
    watch = a_course.watch()
    first = watch.round(CHECK, NOW)
    assert (first.graded, first.returned, first.unmarked) == (1, 0, 1)
    assert a_course.page("ada") is None
    with Gradebook(settings.directory(settings.load(a_course.root)).db_url) as book:
        grade = next(one for one in book.find_submission(CHECK, "ada").notebooks[0].grades if one.name == WRITTEN)
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        book.db.commit()
    second = watch.round(CHECK, NOW)
    assert (second.graded, second.pages, second.returned) == (0, 1, 1)
    assert "Not graded yet" not in (a_course.page("ada") or "Not graded yet")


def test_before_the_day_nothing_goes_back_and_from_then_on_everything_does(a_course: Class):
    a_course.hand_in("ada", 1)
    watch = a_course.watch(Policy(since=NOW + timedelta(hours=1)))
    assert watch.round(CHECK, NOW).returned == 0
    assert a_course.page("ada") is None
    assert watch.round(CHECK, NOW + timedelta(hours=1)).returned == 1
    assert a_course.page("ada")


def test_a_watch_that_was_stopped_between_making_and_returning_returns_next_time(a_course: Class):
    a_course.hand_in("ada", 1)
    a_course.watch(Policy(returns=False)).round(CHECK, NOW)
    done = a_course.watch().round(CHECK, NOW)
    assert (done.graded, done.pages, done.returned) == (0, 0, 1)


def test_what_stands_in_the_way_is_told_once_and_the_rest_goes_on(a_course: Class):
    a_course.hand_in("ada", 1)
    a_class.submit(a_course.root, "by-mail", CHECK, (one for one in a_class.by_chance(CHECK, 5) if one.id != WRITTEN))
    watch = a_course.watch()
    first = watch.round(CHECK, NOW)
    assert (first.graded, first.returned) == (2, 1)
    assert len(first.problems) == 1
    assert first.problems[0].startswith("by-mail: not returned, because this submission didn't come through")
    assert not watch.round(CHECK, NOW).did_something


def test_a_gradebook_that_cannot_be_reached_is_told_and_tried_again(a_course: Class):
    a_course.hand_in("ada", 1)
    watch, book = a_course.watch(), a_course.root / "grading/gradebook.db"
    away = book.rename(book.with_name("away.db"))
    book.mkdir()
    done = watch.round(CHECK, NOW)
    assert any("gradebook" in words for words in done.problems)
    book.rmdir()
    away.rename(book)
    assert watch.round(CHECK, NOW).returned == 1


def test_ctrl_c_stops_it_between_two_steps(a_course: Class):
    a_course.hand_in("ada", 1)
    running = a_course.command()
    assert running.stdout is not None
    lines = [running.stdout.readline() for _ in range(2)]
    running.send_signal(signal.SIGINT)
    begun = time.monotonic()
    rest, complaints = running.communicate(timeout=30)
    assert "Watching 1 check." in lines[0]
    assert "1 graded, 1 page made, 1 returned" in lines[1]
    assert "Stopped." in rest
    assert (running.returncode, complaints) == (0, "")
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("at-once", Policy()),
        ("never", Policy(returns=False)),
        ("2027-01-15T09:00:00+00:00", Policy(since=datetime(2027, 1, 15, 9, tzinfo=UTC))),
    ],
)
def test_when_pages_go_back_is_said_in_words_or_as_a_time(words: str, wanted: Policy):
    assert command.policy(Namespace(returns=words, unmarked=False)) == wanted


def test_what_is_no_time_is_refused():
    with pytest.raises(Refused, match='"tomorrow" is not a time'):
        command.policy(Namespace(returns="tomorrow", unmarked=False))


def test_a_page_with_something_to_mark_may_go_back_where_the_policy_says_so():
    waiting = Submission("ada", CHECK, None, 0, (Grade("q", 2, None, None, None, waits=True),))
    assert not Policy().allows(waiting, NOW)
    assert Policy(unmarked=True).allows(waiting, NOW)


def test_a_round_that_did_nothing_is_not_told():
    assert not Round(CHECK, unmarked=3).did_something
