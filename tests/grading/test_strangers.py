"""Trainees who are on no list of the class: named by every command, and in no percentage."""

from __future__ import annotations

import argparse
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from casebook.answers import Answer
from grading import bank, roster, settings, strangers
from grading.bulk.autograde import autograde
from grading.commands import autograde as autograding
from grading.commands import feedback, regrade
from grading.exports.moodle import MoodleExporter
from grading.gradebook import Student
from grading.nbgrader_steps import Steps
from grading.report import page, reading
from grading.report.whole import Report
from grading.watching import Policy, Watch
from tests.grading import a_class
from tests.grading.exports.made import export, handed_in, the_class, trainee
from tests.grading.test_unanswered import NOW

AT = "2026-01-05T09:00:00+00:00"
NAMED = "Not on the class list: gus."
ANA, BEN, GUS = Student("ana", "Ana"), Student("ben", email="ben@x.gov"), Student("gus")


def test_who_is_in_the_list_or_known_to_the_gradebook_by_more_than_an_id_is_on_the_list():
    listed = strangers.on_list({"cy": "a person"}, [ANA, BEN, GUS])
    assert listed == {"ana", "ben", "cy"}
    assert strangers.among(["gus", "ana", "dee", "gus"], listed) == ["dee", "gus"]


def test_where_there_is_no_list_everybody_counts():
    listed = strangers.on_list({}, [GUS])
    assert strangers.among(["gus", "dee"], listed) == []


@pytest.fixture
def root(tiny_ready: Path, tmp_path: Path, tiny_bank: None, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    """Two trainees on the list and one who is not, graded: the one has it right, the others wrong."""
    root = Path(shutil.copytree(tiny_ready, tmp_path / "course"))
    monkeypatch.setattr(bank, "ROOT", root)
    roster.keep(root, {id: roster.Person(id) for id in ("ana", "ben")})
    for student, choice in (("ana", "a"), ("ben", "a"), ("gus", "b")):
        a_class.submit(root, student, "tiny", [Answer("tiny", "tiny-owner", {"choice": choice}, AT)])
    autograde(settings.load(root), "tiny", processes=1)
    return root


def test_every_command_names_them(root: Path, capsys: pytest.CaptureFixture[str]):
    asked = argparse.Namespace(root=root, check="tiny", student=None, force=False, processes=1)
    for command in (autograding, feedback, regrade):
        command.run(asked)
        assert NAMED in capsys.readouterr().out
    (root / "exchange/victim-services/inbound").mkdir(parents=True)
    assert any(
        NAMED in said for said in Watch(Steps(root), ["tiny"], Policy(returns=False)).round("tiny", NOW).problems
    )


def test_a_list_that_was_damaged_is_told_and_stops_no_grading(root: Path, capsys: pytest.CaptureFixture[str]):
    (root / roster.KEPT).write_text("nothing of a list\n")
    assert autograding.run(argparse.Namespace(root=root, check="tiny", student=None, force=True, processes=1)) == 0
    said = capsys.readouterr().out
    assert "3 submissions graded" in said
    assert "was changed and can't be read" in said


def test_the_report_names_them_and_no_figure_has_them(root: Path):
    report = Report(reading.read(root, processes=1))
    assert [one.id for one in report.of.students] == ["ana", "ben"]
    assert set(report.frames.checks["student"]) == set(report.frames.asked["student"]) == {"ana", "ben"}
    assert {one.item.id: one.facility for one in report.items["tiny"]}["tiny-owner"] == 0
    told = unescape(page.page(report))
    assert "Not on the class list, and not included in any figure" in told
    assert "<li>gus: " in told
    assert ">gus" not in page.page(replace(report, without_names=True))


def test_exports_name_them(tmp_path: Path):
    gus = replace(trainee("gus", handed_in("gus", "one", (4, 4)), email="gus@x.gov"), listed=False)
    ana = trainee("ana", handed_in("ana", "one", (1, 4)), email="ana@x.gov")
    said = export(MoodleExporter, the_class(ana, gus), tmp_path / "m.csv")
    assert said[0].startswith(NAMED)
