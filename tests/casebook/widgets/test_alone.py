"""Panels of whoever learns alone: the end of a check, what to look at next, the certificate."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from casebook import alone, results
from casebook.answers import FILE_NAME
from casebook.desk import Desk
from casebook.results import Result, Score
from casebook.widgets.certificate import CertificatePanel
from casebook.widgets.overview import HandingInPanel, ModulesPanel
from casebook.widgets.review import ReviewPanel
from tests.casebook.widgets.page import Page

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def result(module: str = "tiny", share: float = 1.0, at: datetime = NOW) -> Result:
    scores = (Score("one", "one", 10, 10 * share, {"ladder-back": share}),)
    return Result(module, 1, at.isoformat(), 10 * share, 10, 3, 0.5, share >= 0.5, scores)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch, small: Path) -> None:
    monkeypatch.setenv(alone.VARIABLE, str(small))


@pytest.fixture
def start(lesson_folder: Path) -> Path:
    """The folder of the start page, with a folder for each check."""
    for slug in ("tiny", "last"):
        (lesson_folder / slug).mkdir()
    return lesson_folder


def desk(folder: Path, now: datetime = NOW) -> Desk:
    return Desk(folder, lambda: now)


@pytest.mark.usefixtures("offered")
def test_a_check_is_graded_and_its_result_shown(check_folder: Path):
    page = Page(HandingInPanel(Desk(check_folder), "tiny"))
    assert page.panel.view["alone"] == {"standing": None, "attempts": []}
    Desk(check_folder).keep("tiny", "tiny-owner", {"choice": "b"})
    standing = page.done("grade")["view"]["alone"]["standing"]
    assert (standing["said"], standing["met"], standing["pass_percent"]) == ("2 of 5 points, not passed yet", False, 50)
    assert standing["page"] == "tiny/self-graded/1/feedback.html"
    assert (check_folder / "self-graded/1/feedback.html").is_file()


@pytest.mark.usefixtures("offered")
def test_another_try_begins_without_answers_and_names_the_earlier_one(check_folder: Path):
    page = Page(HandingInPanel(Desk(check_folder), "tiny"))
    Desk(check_folder).keep("tiny", "tiny-owner", {"choice": "b"})
    page.done("grade")
    view = page.done("again")["view"]
    assert (view["said"], view["alone"]["standing"]) == ("0 of 2 questions answered. Still open: questions 1, 2.", None)
    assert [one["attempt"] for one in view["alone"]["attempts"]] == [1]
    assert not (check_folder / FILE_NAME).exists()


@pytest.mark.usefixtures("offered")
def test_what_cannot_be_graded_is_said_and_nothing_is_lost(check_folder: Path, small: Path):
    page = Page(HandingInPanel(Desk(check_folder), "tiny"))
    kept = Desk(check_folder).keep("tiny", "tiny-owner", {"choice": "b"})
    (small / "course/source/tiny/tiny-check.ipynb").unlink()
    assert page.refused("grade").startswith("This version of the course has no check called tiny.")
    assert Desk(check_folder).last("tiny", "tiny-owner") == kept


def test_where_an_instructor_grades_there_is_nothing_to_grade_by(check_folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(alone.VARIABLE, raising=False)
    page = Page(HandingInPanel(Desk(check_folder), "tiny"))
    assert page.panel.view["alone"] is None
    assert "Ask your instructor" in page.refused("grade")


def test_the_list_of_modules_tells_the_result_that_counts(start: Path):
    results.add(start / "tiny", result(share=0.4))
    results.add(start / "tiny", result(share=0.8))
    row = Page(ModulesPanel(Desk(start))).panel.view["modules"][0]
    assert (row["result"]["said"], row["result"]["met"]) == ("8 of 10 points, passed", True)


def review(folder: Path, now: datetime = NOW) -> dict[str, Any]:
    return dict(Page(ReviewPanel(desk(folder, now))).panel.view)


def test_who_has_done_nothing_yet_is_told_where_to_begin(start: Path):
    view = review(start)
    assert (view["is_new"], view["back"], view["due"], view["points"]) == (True, None, "", [])


def test_what_went_wrong_is_named_with_the_place_that_teaches_it(start: Path):
    results.add(start / "tiny", result(share=0.0))
    (point,) = review(start)["points"]
    assert (point["name"], point["lesson"]) == ("It comes back", "02-tiny.ipynb")
    notebook = json.loads((start / "02-tiny.ipynb").read_text())
    (cell,) = [cell for cell in notebook["cells"] if cell["id"] == point["cell"]]
    assert "ladder-back" in cell["metadata"]["casebook"]["teaches"]


def test_what_is_due_is_counted(start: Path):
    results.add(start / "tiny", result())
    assert review(start)["due"] == ""
    assert review(start, NOW + timedelta(days=30))["due"] == "1 teaching point is due."


def test_whoever_comes_back_hears_what_changed_since_and_not_what_changed_before(start: Path):
    path = start / "content/course.json"
    course = json.loads(path.read_text())
    course["changes"] = [{"on": "2026-02-01", "what": "Before."}, {"on": "2026-04-01", "what": "Since."}]
    path.write_text(json.dumps(course))
    results.add(start / "tiny", result())
    assert review(start, NOW + timedelta(days=59))["back"] is None
    back = review(start, NOW + timedelta(days=120))["back"]
    assert back["said"] == "Welcome back. It's been about 4 months since your last answer here."
    assert [one["what"] for one in back["changes"]] == ["Since."]
    assert back["path"].startswith("Take 15 minutes")


def certificate(folder: Path) -> Page:
    return Page(CertificatePanel(desk(folder)))


@pytest.mark.usefixtures("offered")
def test_what_is_missing_for_a_certificate_is_named(start: Path):
    results.add(start / "tiny", result())
    results.add(start / "last", result("last", 0.1))
    view = certificate(start).panel.view
    assert view["said"] == "1 of 2 checks passed."
    assert [one["title"] for one in view["missing"]] == ["The last ladder"]
    said = certificate(start).refused("make", name="Ana Ruiz")
    assert said.startswith("Still to pass: The last ladder.")


@pytest.mark.usefixtures("offered")
def test_who_met_all_has_a_certificate_made_and_the_name_is_kept(start: Path):
    for slug in ("tiny", "last"):
        results.add(start / slug, result(slug))
    page = certificate(start)
    view = page.done("make", name="  Ana \t Ruiz ")["view"]
    assert (view["name"], view["made"], view["missing"]) == ("Ana Ruiz", "certificate.pdf", [])
    assert (start / "certificate.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize("name", ["", "  ", None, 3, "x" * 81, "a\u202eb"])
def test_what_is_no_name_is_refused(start: Path, name: object):
    assert "name" in certificate(start).refused("make", name=name)


def test_in_a_class_the_instructor_gives_certificates(start: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(alone.VARIABLE, raising=False)
    assert certificate(start).panel.view["offered"] is False
