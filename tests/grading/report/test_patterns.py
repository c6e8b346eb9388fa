"""What is worth a look in how answers were handed in: what was planted is found, and nothing in an honest class."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nbgrader.utils import notebook_hash
from traitlets.config import Config

from casebook import slots
from grading.gradebook import Student
from grading.report import page, patterns, returned, sitting
from grading.report.reading import Class
from grading.report.sections import looks
from grading.report.sitting import Sitting
from grading.report.whole import Report
from grading.scoring import Scorer
from tests.grading.report.simulated import BEGIN, Model, check_of, graded, handed_in, keep

CAPSTONE, FINAL = "caseload", "final"


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """Twenty trainees of every ability, who answered by the course's pages under ids that a server gave them."""
    klass = handed_in(Model(20, 7), [check_of(CAPSTONE), check_of(FINAL)], tmp_path_factory.mktemp("honest"))
    return replace(klass, ids_are_given=True)


def with_lines(of: Class, folder: Path, *lines: dict[str, Any], student: str = "t0000", torn: bytes = b"") -> Class:
    """The class, in which a trainee's answers file holds these lines instead."""
    module = lines[0]["module"]
    keep(folder, iter(lines))
    path = folder / "answers.jsonl"
    path.write_bytes(torn + path.read_bytes())
    scorer = Scorer(module, folder, next(check.items for check in of.checks if check.module == module))
    changed = sitting.of(student, scorer)
    key = (module, student)
    return replace(
        of,
        sittings={**of.sittings, key: changed},
        submissions={**of.submissions, key: graded(student, scorer)},
    )


def line(module: str, item: str, given: dict[str, Any]) -> dict[str, Any]:
    return {"v": 1, "at": BEGIN.isoformat(), "module": module, "id": item, "given": given}


def path_lines(step: int, *, right: bool = True) -> list[dict[str, Any]]:
    """The capstone's simulation played through, with a line for every ``step`` decisions."""
    model = Model(1, 1)
    model.knows = lambda *_: right  # type: ignore[method-assign]
    item = next(one for one in check_of(CAPSTONE).items.values() if one.kind == "simulation")
    given = model.answer(model.trainees[0], item)
    ends = [*range(step, len(given["path"]), step), len(given["path"])]
    return [line(CAPSTONE, item.id, {**given, "path": given["path"][:end]}) for end in ends]


def codes(of: Class) -> list[str]:
    return [look.code for look in patterns.found(of)]


def test_in_an_honest_class_nothing_stands_out(honest: Class):
    assert patterns.found(honest) == []
    assert "Nothing about how answers were handed in stands out." in page.page(Report(honest))


def test_the_best_path_in_one_answer_is_worth_a_look(honest: Class, tmp_path: Path):
    (found,) = patterns.found(with_lines(honest, tmp_path, *path_lines(99)))
    assert (found.code, found.students, found.module) == ("at-once", ("t0000",), CAPSTONE)


def test_the_best_path_decision_by_decision_is_not(honest: Class, tmp_path: Path):
    assert codes(with_lines(honest, tmp_path, *path_lines(1))) == []


def test_another_path_in_one_answer_is_not(honest: Class, tmp_path: Path):
    assert codes(with_lines(honest, tmp_path, *path_lines(99, right=False))) == []


@pytest.mark.parametrize("step", [2, 7])
def test_the_best_path_several_decisions_at_a_time_is_worth_a_look(honest: Class, tmp_path: Path, step: int):
    assert codes(with_lines(honest, tmp_path, *path_lines(step))) == ["at-once"]


def test_where_as_many_lines_were_lost_as_are_missing_what_is_left_says_nothing(honest: Class, tmp_path: Path):
    lines = path_lines(1)
    for lost in (1, 3, len(lines) - 1):
        planted = with_lines(honest, tmp_path / str(lost), *lines[lost:], torn=b"{torn\n" * lost)
        assert codes(planted) == []


def test_a_line_that_cannot_be_read_hides_nothing_else(honest: Class, tmp_path: Path):
    torn = b"{torn\n"
    assert codes(with_lines(honest, tmp_path / "a", *path_lines(99), torn=torn)) == ["at-once"]
    other = [line(FINAL, id, {"choice": "a"}) for id in variants(drawn=False)]
    assert codes(with_lines(honest, tmp_path / "b", other[0], torn=torn)) == ["not-drawn"]
    assert codes(with_lines(honest, tmp_path / "c", *other[::-1], torn=torn)) == ["several-variants"]


def test_the_same_answers_at_the_same_times_are_worth_a_look(honest: Class, tmp_path: Path):
    lines = path_lines(1)
    planted = with_lines(honest, tmp_path / "a", *lines)
    planted = with_lines(planted, tmp_path / "b", *lines, student="t0003")
    (found,) = patterns.found(planted)
    assert (found.code, found.students) == ("identical", ("t0000", "t0003"))


def later(lines: list[dict[str, Any]], hours: int = 0, seconds: int = 0) -> list[dict[str, Any]]:
    """The lines with each answer so many hours later, and so many seconds more after the one before it."""
    more = (timedelta(hours=hours, seconds=seconds * n) for n in range(len(lines)))
    return [{**one, "at": (BEGIN + each).isoformat()} for one, each in zip(lines, more, strict=True)]


@pytest.mark.parametrize(
    "disguise",
    [
        lambda lines: (lines, b"\n"),
        lambda lines: (lines, b"{torn\n"),
        lambda lines: ([{**one, "rev": "0", "x": 1} for one in lines], b""),
        lambda lines: (later(lines, hours=26, seconds=7), b""),
        lambda lines: ([*lines, line(CAPSTONE, "elsewhere", {})], b""),
    ],
    ids=["a blank line", "a torn line", "other fields", "later", "a line of something else"],
)
def test_a_copied_file_in_disguise_is_worth_a_look_too(honest: Class, tmp_path: Path, disguise: Any):
    lines = later(path_lines(1), seconds=7)
    changed, before = disguise(lines)
    planted = with_lines(honest, tmp_path / "a", *lines)
    planted = with_lines(planted, tmp_path / "b", *changed, student="t0003", torn=before)
    assert codes(planted) == ["identical"]


def test_the_same_answers_after_other_pauses_are_not(honest: Class, tmp_path: Path):
    planted = with_lines(honest, tmp_path / "a", *later(path_lines(1), seconds=7))
    assert codes(with_lines(planted, tmp_path / "b", *later(path_lines(1), seconds=9), student="t0003")) == []


def test_a_single_answer_is_nobodys_copy(honest: Class, tmp_path: Path):
    planted = with_lines(honest, tmp_path / "a", *path_lines(1)[:1])
    assert codes(with_lines(planted, tmp_path / "b", *later(path_lines(1)[:1], hours=1), student="t0003")) == []


def test_two_files_without_answers_are_not_called_the_same(honest: Class, tmp_path: Path):
    elsewhere = line(CAPSTONE, "gone", {"choice": "a"})
    planted = with_lines(honest, tmp_path / "a", elsewhere)
    assert codes(with_lines(planted, tmp_path / "b", elsewhere, student="t0003")) == []


def full(of: Class, student: str = "t0000") -> Class:
    key = (CAPSTONE, student)
    grades = tuple(replace(grade, manual=grade.most) for grade in of.submissions[key].grades)
    return replace(
        of,
        submissions={**of.submissions, key: replace(of.submissions[key], grades=grades)},
        returned=frozenset({key}),
    )


def test_full_marks_on_a_new_submission_after_feedback_are_worth_a_look(honest: Class):
    assert codes(full(honest)) == ["full-after-feedback"]
    assert codes(replace(full(honest), returned=frozenset())) == []
    assert codes(replace(full(honest), submissions=honest.submissions)) == []
    assert codes(replace(full(honest), again=frozenset({(CAPSTONE, "t0000")}))) == []


def variants(drawn: bool) -> tuple[str, str]:
    """A variant of the final's first slot, drawn for t0000 or not; and another."""
    items = [one for one in check_of(FINAL).items.values() if one.slot]
    of_slot = [one.id for one in items if one.slot == items[0].slot]
    mine = slots.draw("t0000", items[0].slot or "", of_slot)
    others = [one for one in of_slot if one != mine]
    return (mine, others[0]) if drawn else (others[0], mine)


def test_more_than_one_variant_of_a_slot_is_worth_a_look_whoever_set_the_id(honest: Class, tmp_path: Path):
    lines = [line(FINAL, id, {"choice": "a"}) for id in variants(drawn=True)]
    planted = with_lines(honest, tmp_path, *lines)
    assert codes(planted) == codes(replace(planted, ids_are_given=False)) == ["several-variants"]


def test_a_variant_that_was_not_drawn_is_worth_a_look_only_where_a_server_set_the_id(honest: Class, tmp_path: Path):
    planted = with_lines(honest, tmp_path, line(FINAL, variants(drawn=False)[0], {"choice": "a"}))
    assert codes(planted) == ["not-drawn"]
    assert codes(replace(planted, ids_are_given=False)) == []


def test_the_report_tells_it_with_care_and_marks_stay(honest: Class, tmp_path: Path):
    planted = full(with_lines(honest, tmp_path, *path_lines(99)))
    report = Report(replace(planted, students=(Student("t0000", "Ana", "Ruiz"), *planted.students[1:])))
    told = page.fragment(looks.section(report))
    assert "innocent explanation" in told
    assert "none of them changed any scores" in told
    assert told.count("Ana Ruiz") == 2
    assert "Ana Ruiz" not in page.fragment(looks.section(replace(report, without_names=True)))


def inbound(root: Path, at: str, secret: str, *, page_at: float | None = None) -> Path:
    """An earlier or the newest submission in an exchange; its page was returned at ``page_at``."""
    folder = root / f"exchange/course/inbound/ana+tiny+{at}+abc"
    folder.mkdir(parents=True)
    (folder / "tiny-check.ipynb").write_text("{}")
    (folder / "timestamp.txt").write_text(at)
    (folder / "submission_secret.txt").write_text(secret)
    if page_at is not None:
        there = root / f"exchange/course/feedback/{notebook_hash(secret=secret, notebook_id='tiny-check')}.html"
        there.parent.mkdir(exist_ok=True)
        there.touch()
        os.utime(there, (page_at, page_at))
    return folder


@pytest.mark.parametrize(
    ("page_at", "is_so"),
    [(None, False), ("2026-01-05 12:00", True), ("2026-01-06 12:00", False)],
    ids=["no page was returned", "a page was returned before", "a page was returned after"],
)
def test_feedback_counts_as_returned_before_where_the_exchange_has_an_earlier_page(
    tmp_path: Path, page_at: str | None, is_so: bool, arrives: Callable[[str], None]
):
    arrives("2026-01-06 09:00")
    at = None if page_at is None else sitting.moment(f"{page_at}+00:00")
    inbound(tmp_path, "2026-01-05 09:00:00 UTC", "first", page_at=at.timestamp() if at else None)
    newest = inbound(tmp_path, "2026-01-06 09:00:00 UTC", "second", page_at=BEGIN.timestamp() - 9e5)
    config = Config()
    config.Exchange.root, config.CourseDirectory.course_id = str(tmp_path / "exchange"), "course"
    assert returned.before(config, {("tiny", "ana"): newest}) == ({("tiny", "ana")} if is_so else frozenset())


@pytest.fixture
def arrives(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets when the file system says that folders were put into the exchange."""

    def set_to(at: str) -> None:
        monkeypatch.setattr(returned, "_arrived", lambda _: datetime.fromisoformat(f"{at}+00:00"))

    return set_to


@pytest.mark.parametrize("secret", ["second", "first"])
@pytest.mark.parametrize("told", ["2026-01-05 09:00:01 UTC", ""])
def test_a_trainee_who_forges_the_time_or_the_secret_had_the_page_all_the_same(
    tmp_path: Path, told: str, secret: str, arrives: Callable[[str], None]
):
    page_at = datetime(2026, 1, 5, 12, tzinfo=UTC).timestamp()
    arrives("2026-01-06 09:00")
    inbound(tmp_path, "2026-01-05 09:00:00 UTC", "first", page_at=page_at)
    newest = inbound(tmp_path, "2026-01-06 09:00:00 UTC", secret)
    (newest / "timestamp.txt").write_text(told)
    config = Config()
    config.Exchange.root, config.CourseDirectory.course_id = str(tmp_path / "exchange"), "course"
    assert returned.before(config, {("tiny", "ana"): newest}) == {("tiny", "ana")}


def test_an_exchange_that_was_copied_since_names_nobody_who_handed_in_once(
    tmp_path: Path, arrives: Callable[[str], None]
):
    page_at = datetime(2026, 1, 5, 12, tzinfo=UTC).timestamp()
    arrives("2026-02-01 09:00")
    only = inbound(tmp_path, "2026-01-05 09:00:00 UTC", "first", page_at=page_at)
    config = Config()
    config.Exchange.root, config.CourseDirectory.course_id = str(tmp_path / "exchange"), "course"
    assert returned.before(config, {("tiny", "ana"): only}) == frozenset()


def test_without_an_exchange_nobody_knows_and_nobody_is_named(tmp_path: Path):
    assert returned.before(Config(), {("tiny", "ana"): tmp_path}) == frozenset()


def test_a_server_gives_ids_where_nbgrader_is_told_of_a_hub():
    config = Config()
    assert not returned.ids_are_given(config)
    config.Authenticator.plugin_class = "nbgrader.auth.JupyterHubAuthPlugin"
    assert returned.ids_are_given(config)


def test_a_sitting_tells_its_pace_and_not_its_answers(honest: Class):
    one: Sitting = next(iter(honest.sittings.values()))
    assert len(one.pace) == 64
