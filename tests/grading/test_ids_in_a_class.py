"""Ids of trainees in a class, through nbgrader's own commands: whose folder it is, and which ids are none.

tiny-owner is worth 2 (right: b).
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from casebook.answers import FILE_NAME, Answer, append
from grading.bulk.autograde import autograde
from grading.nbgrader_steps import Steps
from grading.owners import Owner, owner
from grading.refused import Refused
from grading.watching import Policy, Watch
from tests.grading.in_process import nbgrader
from tests.grading.machine import gradebook, marks

pytestmark = pytest.mark.usefixtures("tiny_bank")

AT = "2026-01-05T09:00:00+00:00"
NOW = datetime(2026, 1, 6, 9, tzinfo=UTC)
ODD = ("[a-c]*", "*", "a" * 140, "new\nline", os.fsdecode(b"not-\xff-text"), "First+Contact", " ana")


@dataclass(frozen=True)
class Class:
    """The tiny course with its check released, and folders laid into its exchange."""

    root: Path

    @property
    def inbound(self) -> Path:
        return self.root / "exchange/victim-services/inbound"

    def hand_in(self, name: str, choice: str = "b", at: str = "2026-01-05 09:00:00 UTC", secret: str = "") -> Path:
        """Lays a submission into the exchange, as nbgrader's own submit does."""
        return _lay(self.inbound / f"{name}+tiny+{at}+x", choice, at, secret or f"secret of {name}")

    def bring(self, name: str, choice: str = "b") -> Path:
        """Lays a submission where collecting puts it; it didn't come through the exchange."""
        return _lay(self.root / "grading/submitted" / name / "tiny", choice, "2026-01-05 09:00:00 UTC", "")

    def collected(self) -> set[str]:
        return {path.parent.name for path in (self.root / "grading/submitted").glob("*/tiny")}

    def graded(self) -> dict[str, float | None]:
        return {student: cells["tiny-owner"] for student, cells in marks(self.root, "tiny").items()}

    def returned(self) -> int:
        return len(list((self.root / "exchange/victim-services/feedback").glob("*.html")))


def _lay(folder: Path, choice: str, at: str, secret: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "tiny-check.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    (folder / "timestamp.txt").write_text(at)
    if secret:
        (folder / "submission_secret.txt").write_bytes(os.fsencode(secret))
    append(folder / FILE_NAME, Answer("tiny", "tiny-owner", {"choice": choice}, AT))
    return folder


@pytest.fixture(scope="module")
def released(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(small_built, tmp_path_factory.mktemp("ids") / "course"))
    steps = Steps(root)
    steps.generate_assignment("tiny")
    steps.release_assignment("tiny")
    return root


@pytest.fixture
def a_class(released: Path, tmp_path: Path) -> Class:
    return Class(Path(shutil.copytree(released, tmp_path / "course")))


@pytest.fixture
def logins(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Whose each folder of the exchange is, by how its name begins; folders of others are this account's own."""
    owners: dict[str, str] = {}

    def whose(folder: Path) -> Owner:
        login = next((login for begins, login in owners.items() if folder.name.startswith(begins)), None)
        return Owner(login, mine=False) if login else owner(folder)

    monkeypatch.setattr("grading.plugins.collecting.owner", whose)
    return owners


def test_handing_in_for_another_changes_nothing_of_theirs_and_is_named(a_class: Class, logins: dict[str, str]):
    logins |= {"ben+tiny+2026-01-05": "ben", "ben+tiny+2026-01-06": "eve", "ana+": "ana"}
    a_class.hand_in("ana")
    a_class.hand_in("ben")
    nbgrader(a_class.root, "collect", "tiny")
    a_class.hand_in("ben", "a", "2026-01-06 09:00:00 UTC")
    said = nbgrader(a_class.root, "collect", "tiny")
    assert (said.code, len(said.lines)) == (0, 1)
    assert "ben+tiny+2026-01-06 09:00:00 UTC+x" in said.lines[0]
    assert "belongs to the login eve" in said.lines[0]
    nbgrader(a_class.root, "autograde", "tiny")
    assert a_class.graded() == {"ana": 2, "ben": 2}


def test_what_the_trainee_handed_in_is_collected_behind_a_newer_forged_one(a_class: Class, logins: dict[str, str]):
    logins |= {"ben+tiny+2026-01-05": "ben", "ben+tiny+2026-01-06": "eve"}
    a_class.hand_in("ben")
    a_class.hand_in("ben", "a", "2026-01-06 09:00:00 UTC")
    nbgrader(a_class.root, "collect", "tiny")
    nbgrader(a_class.root, "autograde", "tiny")
    assert a_class.graded() == {"ben": 2}


def test_the_watch_looks_at_owners_too_and_tells_once(a_class: Class, logins: dict[str, str]):
    logins |= {"ben+tiny+2026-01-06": "eve"}
    a_class.hand_in("ben")
    a_class.hand_in("ben", "a", "2026-01-06 09:00:00 UTC")
    watch = Watch(Steps(a_class.root), ["tiny"], Policy())
    first = watch.round("tiny", NOW)
    assert (first.graded, first.returned, len(first.problems)) == (1, 1, 1)
    assert "belongs to the login eve" in first.problems[0]
    assert not watch.round("tiny", NOW).did_something
    assert a_class.graded() == {"ben": 2}


def test_where_all_share_one_login_nobody_is_suspected(a_class: Class):
    a_class.hand_in("ana")
    a_class.hand_in("ben")
    said = nbgrader(a_class.root, "collect", "tiny")
    assert (said.code, said.lines, a_class.collected()) == (0, [], {"ana", "ben"})


def test_an_instructor_can_switch_the_owners_check_off(a_class: Class, logins: dict[str, str]):
    logins |= {"ben+": "jovyan"}
    a_class.hand_in("ben")
    said = nbgrader(a_class.root, "collect", "tiny", "--ExchangeCollect.check_owner=False")
    assert (said.lines, a_class.collected()) == ([], {"ben"})


def test_folders_of_the_exchange_under_odd_ids_are_named_and_stay_there(a_class: Class):
    a_class.hand_in("ana")
    left = [a_class.hand_in(odd, "a") for odd in ODD]
    said = nbgrader(a_class.root, "collect", "tiny")
    assert (said.code, len(said.lines), a_class.collected()) == (0, len(ODD), {"ana"})
    assert all(line.isprintable() for line in said.lines)
    assert all(folder.is_dir() for folder in left)


def test_an_odd_id_in_the_exchange_makes_the_watch_return_nothing_that_is_held(a_class: Class):
    for name in ("ana", "ben", "*", "[a-c]*"):
        a_class.hand_in(name)
    Watch(Steps(a_class.root), ["tiny"], Policy(returns=False)).round("tiny", NOW)
    watch = Watch(Steps(a_class.root), ["tiny"], Policy(since=datetime(2027, 1, 1, tzinfo=UTC)))
    assert (watch.round("tiny", NOW).returned, a_class.collected()) == (0, {"ana", "ben"})


def test_collected_folders_under_odd_ids_hold_nobody_up_and_are_named_by_both(a_class: Class):
    for name in ("ana", *ODD):
        a_class.bring(name, "b" if name == "ana" else "a")
    in_bulk = autograde(Steps(a_class.root).config, "tiny", processes=1)
    assert in_bulk.graded == ["ana"]
    assert [problem.graded for problem in in_bulk.problems] == [False] * len(ODD)
    assert all(f"{problem.student}{problem.words}".isprintable() for problem in in_bulk.problems)
    said = nbgrader(a_class.root, "autograde", "tiny", "--force")
    assert all(len(said.of(problem.words)) == 1 for problem in in_bulk.problems)
    assert a_class.graded() == {"ana": 2}
    nbgrader(a_class.root, "generate_feedback", "tiny")
    assert {path.parent.parent.name for path in (a_class.root / "grading/feedback").glob("*/tiny/*.html")} == {"ana"}


def test_both_grade_what_came_without_its_notebook_even_an_empty_folder(a_class: Class):
    a_class.bring("ana")
    (a_class.bring("ben") / "tiny-check.ipynb").unlink()
    (a_class.root / "grading/submitted/cy/tiny").mkdir(parents=True)
    said = nbgrader(a_class.root, "autograde", "tiny")
    assert a_class.graded() == {"ana": 2, "ben": 2, "cy": 0}
    assert (len(said.of("ben: tiny-check.ipynb is missing")), len(said.of("cy: tiny-check.ipynb is missing"))) == (1, 1)
    again = Class(Path(shutil.copytree(a_class.root, a_class.root.with_name("again"))))
    report = autograde(Steps(again.root).config, "tiny", processes=1, force=True)
    assert report.graded == ["ana", "ben", "cy"]
    assert again.graded() == a_class.graded()


def test_answers_alone_in_the_exchange_are_enough(a_class: Class):
    (a_class.hand_in("ben") / "tiny-check.ipynb").unlink()
    nbgrader(a_class.root, "collect", "tiny")
    nbgrader(a_class.root, "autograde", "tiny")
    assert a_class.graded() == {"ben": 2}


def test_a_folder_that_is_called_like_no_check_is_named_with_the_check_that_was_meant(a_class: Class):
    a_class.bring("ana")
    (a_class.root / "grading/submitted/ben").mkdir()
    shutil.copytree(a_class.root / "grading/submitted/ana/tiny", a_class.root / "grading/submitted/ben/Tiny")
    (problem,) = autograde(Steps(a_class.root).config, "tiny", processes=1).problems
    assert problem.student == "ben"
    assert "Did you mean tiny?" in problem.words
    assert nbgrader(a_class.root, "autograde", "tiny").of("Did you mean tiny?")


def test_a_folder_that_is_called_like_no_check_at_all_is_named_too(a_class: Class):
    a_class.bring("ana")
    shutil.copytree(a_class.root / "grading/submitted/ana/tiny", a_class.root / "grading/submitted/ana/attic")
    words = "There's no check called attic. Its folder: ana/attic."
    assert nbgrader(a_class.root, "autograde", "tiny").of(f"ana: {words} Not graded.")
    watch = Watch(Steps(a_class.root), ["tiny"], Policy())
    assert f"ana: {words} Not graded." in watch.round("tiny", NOW).problems
    assert watch.round("tiny", NOW).problems == []


def test_a_pattern_in_place_of_an_id_is_refused_by_nbgraders_commands(a_class: Class):
    for name in ("ana", "ben"):
        a_class.hand_in(name)
    assert nbgrader(a_class.root, "collect", "tiny", "--student=a*").code == 1
    assert a_class.collected() == set()
    nbgrader(a_class.root, "collect", "tiny", "--student=*")
    assert nbgrader(a_class.root, "autograde", "tiny", "--student=[a-c]*").code == 1
    assert a_class.graded() == {}
    nbgrader(a_class.root, "autograde", "tiny", "--student=*")
    assert nbgrader(a_class.root, "generate_feedback", "tiny", "--student=[a-c]*").code == 1
    nbgrader(a_class.root, "generate_feedback", "tiny")
    assert nbgrader(a_class.root, "release_feedback", "tiny", "--student=[a-c]*").code == 1
    assert a_class.returned() == 0
    assert nbgrader(a_class.root, "release_feedback", "tiny", "--student=ana").code == 0
    assert a_class.returned() == 1
    assert nbgrader(a_class.root, "release_feedback", "tiny", "--student=*").code == 0
    assert a_class.returned() == 2


def test_formgraders_buttons_go_by_the_same_rules(a_class: Class, logins: dict[str, str]):
    logins |= {"ben+tiny+2026-01-06": "eve"}
    a_class.hand_in("ben")
    a_class.hand_in("ben", "a", "2026-01-06 09:00:00 UTC")
    a_class.bring("by-mail")
    (a_class.bring("cy") / "tiny-check.ipynb").unlink()
    a_class.bring("[a-c]*")
    config = Steps(a_class.root).config
    formgrader = NbGraderAPI(CourseDirectory(config=config), config=config)
    collected = formgrader.collect("tiny")
    assert collected["success"]
    assert "belongs to the login eve" in collected["log"]
    assert not formgrader.autograde("tiny", "[a-c]*")["success"]
    assert a_class.graded() == {}
    for student in ("ben", "by-mail"):
        assert formgrader.autograde("tiny", student)["success"]
    assert a_class.graded() == {"ben": 2, "by-mail": 2}
    assert formgrader.generate_feedback("tiny")["success"]
    assert not formgrader.release_feedback("tiny", "[a-c]*")["success"]
    returned = formgrader.release_feedback("tiny")
    assert (returned["success"], a_class.returned()) == (True, 1)
    assert "by-mail: not returned" in returned["log"]


def test_a_file_of_an_archive_under_an_odd_id_is_named_and_not_collected(a_class: Class):
    a_class.bring("ana")
    nbgrader(a_class.root, "autograde", "tiny")
    for name in ("ben", "Ana", "[a-c]*"):
        folder = a_class.root / "downloaded/tiny/archive" / name
        shutil.copytree(a_class.root / "grading/submitted/ana/tiny", folder)
    pattern = r".*/(?P<student_id>[^/]+)/(?P<file_id>[^/]+)$"
    said = nbgrader(a_class.root, "zip_collect", "tiny", f"--FileNameCollectorPlugin.named_regexp={pattern}")
    assert a_class.collected() == {"ana", "ben"}
    assert said.of("Did you mean ana?")
    assert said.of("'[a-c]*' has [ in it")


def test_an_odd_id_that_the_gradebook_knows_already_has_nobody_elses_page_returned(a_class: Class):
    for name in ("ana", "ben"):
        a_class.hand_in(name)
    Watch(Steps(a_class.root), ["tiny"], Policy(returns=False)).round("tiny", NOW)
    pages = a_class.root / "grading/feedback"
    shutil.copytree(pages / "ana", pages / "*")
    with gradebook(a_class.root) as book:
        book.update_or_create_student("*")
        book.update_or_create_submission("tiny", "*")
        book.find_submission("tiny", "ana").notebooks[0].grades[0].needs_manual_grade = True
        book.find_submission("tiny", "ben").notebooks[0].grades[0].needs_manual_grade = True
        book.db.commit()
    assert Watch(Steps(a_class.root), ["tiny"], Policy()).round("tiny", NOW).returned == 0
    with pytest.raises(Refused, match="means something else to nbgrader"):
        Steps(a_class.root).release_feedback("tiny", "*")
    assert a_class.returned() == 0


def test_what_can_be_returned_is_and_the_rest_is_listed_with_where_its_page_lies(a_class: Class):
    for name in ("ana", "zoe"):
        a_class.hand_in(name)
    nbgrader(a_class.root, "collect", "tiny")
    for name in ("ben", "cy"):
        a_class.bring(name)
    nbgrader(a_class.root, "autograde", "tiny")
    nbgrader(a_class.root, "generate_feedback", "tiny")
    said = nbgrader(a_class.root, "release_feedback", "tiny")
    assert (said.code, a_class.returned()) == (0, 2)
    for name in ("ben", "cy"):
        assert said.of(f"grading/feedback/{name}/tiny/tiny-check.html")
    assert not said.of("ana")


def test_an_id_in_another_casing_is_not_collected_and_the_known_one_is_named(a_class: Class):
    a_class.hand_in("ana")
    nbgrader(a_class.root, "collect", "tiny")
    a_class.hand_in("Ana", "a")
    (line,) = nbgrader(a_class.root, "collect", "tiny").lines
    assert "Did you mean ana?" in line
    assert a_class.collected() == {"ana"}


def test_a_secret_that_two_submissions_share_returns_neither_page_over_the_other(a_class: Class):
    for name in ("ana", "ben"):
        a_class.hand_in(name)
    a_class.hand_in("eve", "a", secret="secret of ben")
    first = Watch(Steps(a_class.root), ["tiny"], Policy()).round("tiny", NOW)
    assert (first.returned, a_class.returned()) == (1, 1)
    assert [line.split(",")[0] for line in first.problems] == ["ben: not returned", "eve: not returned"]
    assert "is the same as that of eve" in first.problems[0]
    said = nbgrader(a_class.root, "release_feedback", "tiny")
    assert (a_class.returned(), len(said.of("is the same as that of"))) == (1, 2)
