"""A class takes a check again, through the whole of nbgrader: in bulk, and by nbgrader's own steps.

Ana has enough points in *last* and chose what is unsafe; Ben was careful and has too few; Cai got all of it right. Each
surface must tell the same of each of them, before and after the second attempt.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from casebook import attempts, content, results, slots
from casebook.answers import FILE_NAME, Answer
from casebook.answers import read as read_answers
from casebook.desk import Desk
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from casebook.kinds.single import SingleItem
from casebook.widgets.overview import HandingInPanel, ModulesPanel
from grading import alone, bank, graded, opening, settings, verdict
from grading import attempts as register
from grading.bulk.autograde import autograde
from grading.bulk.feedback import generate
from grading.commands import export
from grading.nbgrader_steps import Steps
from grading.regrading import regrade
from grading.report import data, page, reading
from grading.report.whole import Report
from grading.scoring import Scorer, score
from running.ways import ALL, FIRST, GUESS, RIGHT
from tests.casebook.widgets.page import Page
from tests.grading import a_class
from tests.grading.machine import gradebook

CHECK = "last"
NOW = datetime(2026, 1, 6, 12, tzinfo=UTC)
TRAINEES = ("ana", "ben", "cai")
RIGHT_ONES: dict[str, dict[str, Any]] = {
    "last-ask-a": {"choice": "b"},
    "last-ask-b": {"choice": "a"},
    "last-back-a": {"choices": ["a", "b"]},
    "last-back-b": {"choices": ["b"]},
}
UNSAFE = {"last-ask-a": {"choice": "c"}, "last-ask-b": {"choice": "c"}}
WRONG = {"last-back-a": {"choices": ["c"]}, "last-back-b": {"choices": ["a"]}}
FIRST_TIME = {"ana": UNSAFE, "ben": WRONG, "cai": {}}
Grade = Callable[[Steps], None]


def in_bulk(steps: Steps) -> None:
    for check in ("tiny", CHECK):
        autograde(steps.config, check, processes=1)
        generate(steps.config, check, processes=1)


def by_nbgrader(steps: Steps) -> None:
    for check in ("tiny", CHECK):
        steps.autograde(check)
        steps.generate_feedback(check)


@pytest.fixture
def root(small_built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny course, in whose final asking the wrong person is unsafe."""
    root = Path(shutil.copytree(small_built, tmp_path / "course"))
    items = {module: dict(bank.items(module, root)) for module in ("tiny", CHECK)}
    for id in UNSAFE:
        item: Any = items[CHECK][id]
        options = tuple(replace(one, unsafe=one.id == "c") for one in item.options)
        items[CHECK][id] = replace(item, options=options)
    # Half of the marks is enough here, so that an unsafe choice can be all that is in the way.
    points, course = bank.points(root), replace(bank.course(root), own_marks={})
    monkeypatch.setattr(bank, "ROOT", root)
    monkeypatch.setattr(bank, "items", lambda module, _root=None: items[module])
    monkeypatch.setattr(bank, "points", lambda _root=None: points)
    monkeypatch.setattr(bank, "course", lambda _root=None: course)
    return root


@dataclass
class Class:
    """The class's course, nbgrader's steps there, and how it is graded."""

    root: Path
    base: Path
    grade: Grade

    @property
    def steps(self) -> Steps:
        return Steps(self.root, cache=self.base / "cache-instructor")

    def of(self, student: str) -> Steps:
        """The steps of a trainee, on a machine of their own."""
        return Steps(self.root, cache=self.base / f"cache-{student}")

    def folder(self, student: str) -> Path:
        return self.base / "trainees" / student

    def desk(self, student: str, check: str = CHECK) -> Desk:
        return Desk(self.folder(student) / check, who=lambda: student)

    def begin(self) -> None:
        for check in ("tiny", CHECK):
            self.steps.generate_assignment(check)
            self.steps.release_assignment(check)
        for student in TRAINEES:
            self._enroll(student)
            self.folder(student).mkdir(parents=True)
            for check in ("tiny", CHECK):
                self.of(student).fetch_assignment(check, self.folder(student))
            tiny = self.desk(student, "tiny")
            tiny.keep("tiny", "tiny-owner", {"choice": "b"})
            tiny.keep("tiny", "tiny-return", {"choices": ["a", "b"]})
            self.of(student).submit("tiny", self.folder(student), student)
            self.answer(student, FIRST_TIME[student])
        self.go_round("tiny", CHECK)

    def _enroll(self, student: str) -> None:
        with gradebook(self.root) as book:
            book.add_student(student, first_name=student.title(), last_name="Ruiz", email=f"{student}@example.gov")

    def answer(self, student: str, otherwise: dict[str, dict[str, Any]]) -> tuple[str, ...]:
        """Answers what the trainee's page asks, all right but for ``otherwise``, and hands it in; what was asked."""
        desk = self.desk(student)
        asked = slots.items(content.check(CHECK, desk.folder), desk.book, student, desk.attempt(CHECK))
        for item in asked:
            desk.keep(CHECK, item, {**RIGHT_ONES, **otherwise}[item])
        self.of(student).submit(CHECK, self.folder(student), student)
        return asked

    def go_round(self, *checks: str) -> None:
        """Collects, grades and returns."""
        for check in checks:
            self.steps.collect(check)
        self.grade(self.steps)
        for check in checks:
            self.steps.release_feedback(check)
            for student in TRAINEES:
                self.of(student).fetch_feedback(check, self.folder(student), student)

    def opens(self, student: str | None = None) -> opening.Report:
        """Opens another attempt, and returns the pages that say so."""
        report = opening.open_attempts(self.steps.config, CHECK, student, lambda: NOW)
        self.grade(self.steps)
        self.steps.release_feedback(CHECK)
        for one in report.opened:
            self.of(one.student).fetch_feedback(CHECK, self.folder(one.student), one.student)
        return report

    def html(self, student: str) -> str:
        return (self.root / f"grading/feedback/{student}/{CHECK}/{CHECK}-check.html").read_text(encoding="utf-8")

    def met(self) -> dict[str, dict[str, bool]]:
        """Whether each trainee met the check, as each surface tells it."""
        return {student: dict(self._met(student)) for student in TRAINEES}

    def _met(self, student: str) -> Iterator[tuple[str, bool]]:
        yield "feedback page", "You passed this check" in self.html(student)
        states = data.frames(reading.read(self.root, CHECK, processes=1)).checks.set_index("student")["state"]
        yield "report", states[student] == data.MET
        said = [json.loads(line) for line in self.exported("xapi").read_text().splitlines()]
        mine = [one for one in said if one["actor"]["account"]["name"] == student]
        verbs = {
            one["verb"]["id"].rsplit("/", 1)[1] for one in mine if one["object"]["id"].endswith(f"/checks/{CHECK}")
        }
        yield "xAPI", verbs == {"passed"}
        names = [path.name for path in self.exported("certificates").glob("*.pdf")]
        yield "certificates", any(student in name for name in names)
        config = settings.load(self.root)
        (one,) = graded.submissions(config, CHECK, [student])
        is_met = verdict.is_met(bank.course().pass_mark_of(CHECK), one.score, one.most, one.unsafe)
        yield "gradebook and graded notebook", is_met
        regraded = regrade(config, CHECK, processes=1)
        yield "regrade", is_met and regraded.turns == ()

    def exported(self, kind: str) -> Path:
        to = self.base / "exported" / kind
        shutil.rmtree(to, ignore_errors=True) if to.is_dir() else to.unlink(missing_ok=True)
        export.run(argparse.Namespace(root=self.root, kind=kind, to=str(to), unmarked=False))
        return to

    def percent(self) -> dict[str, str]:
        with self.exported("moodle").open(encoding="utf-8", newline="") as file:
            return {row["Username"]: row[bank.course().titles[CHECK]] for row in csv.DictReader(file)}

    def met_in_evidence(self) -> int:
        """How many met every check, as the accreditation sheet counts them."""
        told = self.exported("evidence").read_text(encoding="utf-8")
        return int(re.findall(r"<strong>(\d+) passed them all</strong>", told)[0])


@pytest.fixture(params=[in_bulk, by_nbgrader], ids=["in bulk", "by nbgrader's own steps"])
def the_class(root: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Class:
    made = Class(root, tmp_path, request.param)
    made.begin()
    return made


def all_say(of: Class, met: set[str]) -> None:
    for student, told in of.met().items():
        assert set(told.values()) == {student in met}, (student, told)


def test_who_did_not_meet_it_meets_it_at_the_second_attempt_and_every_surface_says_so(the_class: Class):
    all_say(the_class, {"cai"})
    assert the_class.percent() == {"ana": "60", "ben": "40", "cai": "100"}
    (first,) = graded.submissions(the_class.steps.config, CHECK, ["ana"])
    assert [one.blocks for one in first.unsafe] == [True]
    assert "one of your choices was unsafe" in the_class.html("ana")
    assert "choices was unsafe" not in the_class.html("ben")
    before = {one: (the_class.folder(one) / CHECK / FILE_NAME).read_bytes() for one in ("ana", "ben")}

    report = the_class.opens()
    assert [one.student for one in report.opened] == ["ana", "ben"]
    assert report.left == {"cai": opening.MET}
    for student in ("ana", "ben"):
        takes_it_again(the_class, student, before[student])
    the_class.go_round(CHECK)

    all_say(the_class, {"ana", "ben", "cai"})
    assert the_class.percent() == dict.fromkeys(TRAINEES, "100")
    for student in ("ana", "ben"):
        assert "Attempt 2." in the_class.html(student)
        kept = the_class.root / register.ARCHIVE / CHECK / student / "1/autograded" / FILE_NAME
        assert kept.read_bytes() == before[student]
    told = page.page(Report(reading.read(the_class.root, processes=1)))
    assert "3 of 5, not passed" in told
    assert "2 of 5, not passed" in told
    assert told.count("5 of 5, passed") == 2
    assert first.unsafe[0].said in told


def takes_it_again(of: Class, student: str, before: bytes) -> None:
    """Sees that another attempt is open, begins it, and gets other variants."""
    folder = of.folder(student) / CHECK
    assert attempts.opened(folder) == 2
    end = Page(HandingInPanel(of.desk(student), CHECK))
    assert end.panel.view["attempts"]["open"]
    first = {one.id for one in read_answers(folder / FILE_NAME).answers}
    end.done("begin", attempt=2)
    assert [path.read_bytes() for path in results.put_away(folder)] == [before]
    assert first.isdisjoint(of.answer(student, {}))


def test_the_start_page_says_that_another_attempt_is_open(the_class: Class, small_built: Path):
    the_class.opens("ana")
    folder = the_class.folder("ana")
    shutil.copytree(small_built / "course/modules", folder, dirs_exist_ok=True)
    start = Page(ModulesPanel(Desk(folder)))
    assert [row["again"] for row in start.panel.view["modules"]] == [False, True]


def test_an_attempt_that_nobody_opened_changes_nothing_anywhere(the_class: Class):
    before = (a_class.rows(the_class.root), the_class.html("ana"), the_class.percent())
    desk = the_class.desk("ana")
    attempts.begin(desk.folder, 2)
    the_class.answer("ana", {})
    the_class.go_round(CHECK)
    assert (a_class.rows(the_class.root), the_class.html("ana"), the_class.percent()) == before
    told = {one: dict(the_class.met()[one]) for one in TRAINEES}
    assert {one: set(said.values()) for one, said in told.items()} == {"ana": {False}, "ben": {False}, "cai": {True}}
    the_class.opens("ana")
    assert the_class.percent()["ana"] == "100"


def test_the_accreditation_sheet_counts_who_met_it_at_the_second_attempt(the_class: Class):
    assert the_class.met_in_evidence() == 1
    the_class.opens("ana")
    attempts.begin(the_class.folder("ana") / CHECK, 2)
    the_class.answer("ana", {})
    the_class.go_round(CHECK)
    assert the_class.met_in_evidence() == 2


def test_alone_it_is_the_same(root: Path, tmp_path: Path):
    folder = Path(shutil.copytree(root / f"course/source/{CHECK}", tmp_path / "learn" / CHECK))
    desk, told, seen = Desk(folder, who=lambda: "ana"), [], []
    for otherwise in (UNSAFE, {}):
        asked = slots.items(content.check(CHECK, folder), desk.book, "ana", desk.attempt(CHECK))
        seen.append(set(asked))
        for item in asked:
            desk.keep(CHECK, item, {**RIGHT_ONES, **otherwise}[item])
        told.append(alone.grade(folder, CHECK, NOW, who="ana"))
        results.begin_again(folder)
    assert [(one.attempt, one.score, one.met, one.blocked) for one in told] == [
        (1, 3, False, True),
        (2, 5, True, False),
    ]
    assert seen[0].isdisjoint(seen[1])
    assert results.best(results.read(folder)) == told[1]


WRITTEN = a_class.CHECK
DAY, NEXT = "2026-01-05 09:00:00 UTC", "2026-01-07 09:00:00 UTC"


def by_hand(root: Path, students: tuple[str, ...]) -> None:
    """Full marks and a comment by hand for every written answer, and a mark extra elsewhere."""
    where = settings.directory(settings.load(root))
    with Gradebook(where.db_url, where.course_id) as book:
        for student in students:
            (notebook,) = book.find_submission(WRITTEN, student).notebooks
            for grade in notebook.grades:
                if grade.auto_score is None and grade.max_score:
                    grade.manual_score, grade.needs_manual_grade = 0.0, False
            notebook.grades[0].extra_credit = 0.5
            for comment in notebook.comments:
                comment.manual_comment = f"For {student}'s first attempt."
        book.db.commit()


def a_term(root: Path, grade: Callable[[str], object], make_pages: Callable[[], object]) -> None:
    """Graded, marked by hand, opened, taken again; dee alone hands in the first attempt again instead."""
    students = ("ana", "ben", "dee")
    seeds = iter(a_class.seeds(writes=True, number=6))
    for student in students:
        a_class.submit(root, student, WRITTEN, a_class.by_chance(WRITTEN, next(seeds)), DAY)
    grade("first")
    by_hand(root, students)
    config = settings.load(root)
    report = opening.open_attempts(config, WRITTEN, None, lambda: NOW)
    assert [one.student for one in report.opened] == list(students)
    make_pages()
    for student in students[:2]:
        again = [attempts.marker(WRITTEN, 2, "2026-01-07T09:00:00+00:00"), *a_class.by_chance(WRITTEN, next(seeds))]
        a_class.submit(root, student, WRITTEN, again, NEXT)
    a_class.submit(root, "dee", WRITTEN, a_class.by_chance(WRITTEN, next(seeds)), NEXT)
    grade("second")
    make_pages()
    grade("the same again")
    make_pages()


@pytest.fixture
def both_ways(tmp_path: Path) -> dict[str, Path]:
    """The real course after such a term: in bulk, and by nbgrader's own steps."""
    roots = {name: a_class.course(tmp_path / name) for name in ("bulk", "single")}
    steps = {name: a_class.steps(root, WRITTEN) for name, root in roots.items()}
    config = steps["bulk"].config
    a_term(
        roots["bulk"],
        lambda _which: autograde(config, WRITTEN, force=True, processes=1),
        lambda: generate(config, WRITTEN, processes=1),
    )
    single = steps["single"]
    a_term(roots["single"], lambda _which: single.autograde(WRITTEN), lambda: single.generate_feedback(WRITTEN))
    return roots


def test_marks_and_comments_of_the_first_attempt_do_not_stick_and_both_ways_leave_the_same(both_ways: dict[str, Path]):
    bulk, single = both_ways["bulk"], both_ways["single"]
    rows = a_class.rows(bulk)
    assert rows == a_class.rows(single)
    assert a_class.notebooks(bulk) == a_class.notebooks(single)
    assert a_class.pages(bulk) == a_class.pages(single)
    comments = {(student, comment) for student, _, _, _, comment in rows["comments"] if comment != "None"}
    assert {student for student, _ in comments} == {"dee"}
    for student in ("ana", "ben"):
        mine = [one for one in rows["grades"] if one[0] == student]
        assert {(one[4], one[5]) for one in mine} == {("None", "None")}
        assert any(one[3] == "None" and one[7] == "True" for one in mine)  # it waits to be marked
    assert any(one[5] == "0.5" for one in rows["grades"] if one[0] == "dee")


def test_marks_that_are_given_to_the_second_attempt_stay_when_it_is_graded_again(both_ways: dict[str, Path]):
    root = both_ways["bulk"]
    by_hand(root, ("ana",))
    autograde(settings.load(root), WRITTEN, force=True, processes=1)
    mine = [one for one in a_class.rows(root)["grades"] if one[0] == "ana"]
    assert any(one[4] == "0.0" for one in mine)
    assert any("ana's first attempt" in one[4] for one in a_class.rows(root)["comments"])


def _wrong(item: Item) -> dict[str, Any]:
    """The worst answer that is not unsafe."""
    found = [dict(way(item) or {}) for way in (FIRST, ALL, GUESS)]
    if isinstance(item, SingleItem):
        found += [{"choice": option.id} for option in item.options]
    safe = [one for one in found if not any(remark.unsafe for remark in item.outcome(one).remarks)]
    return min(safe, key=lambda one: item.outcome(one).share or 0.0, default=dict(RIGHT(item) or {}))


@pytest.mark.parametrize("check", ["final", "partner-violence", "working-together"])
def test_a_careful_trainee_who_gets_a_third_of_the_rest_wrong_is_stopped_by_points_alone(check: str, tmp_path: Path):
    items = bank.items(check)
    shown = {item.slot or id: item for id, item in items.items()}
    wrong = [(item, _wrong(item)) for item in shown.values() if not KINDS[item.kind].manual]
    wrong.sort(key=lambda one: one[0].outcome(one[1]).share or 0.0)
    slips = {item.id: answer for item, answer in wrong[: -(-len(shown) // 3)]}
    given = [(item, slips.get(item.id) or dict(RIGHT(item) or {})) for item in shown.values()]
    a_class.keep(tmp_path, (Answer(check, item.id, answer, "") for item, answer in given))
    scorer = Scorer(check, tmp_path)
    scored = [scorer.result(item.slot or item.id) for item in shown.values()]
    marks = sum(one.marks if one.marks is not None else float(one.item.marks or 0) for one in scored)
    most = sum(float(item.marks or 0) for item in shown.values())
    choices = [choice for one in scored for choice in verdict.unsafe_choices(one)]
    pass_mark = bank.course().pass_mark_of(check)
    assert choices == []
    assert not verdict.has_enough(pass_mark, marks, most)
    everything = sum(score(item, RIGHT(item)).marks or float(item.marks or 0) for item in shown.values())
    assert verdict.is_met(pass_mark, everything, most, [])
