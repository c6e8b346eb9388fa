"""nbgrader's own command with each export plugin, against marks that were worked out by hand."""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import pandas
import pypdf
import pytest

from grading import issued
from grading.commands import export as command
from grading.exports import EXPORTERS
from grading.nbgrader_steps import Steps
from grading.refused import Refused
from tests.grading.exports.conftest import EMPTY, LATE, NAMELESS, PENALTY, WAITS, Exported
from tests.grading.exports.xapi_rules import broken
from tests.grading.machine import Machine
from tests.running.by_hand import BY_HAND, CHECK, MET, OUT_OF

TITLE = "Every kind"
FINAL = {name: total - PENALTY * (name == LATE) for name, (_, total) in BY_HAND.items() if name not in (WAITS, EMPTY)}
"""What each has when lateness is taken off; of who waits, and of who sent no answers, nothing is final."""


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_command_works_and_what_waits_is_said(exported: Exported, name: str):
    said = exported.said[name]
    assert said.returncode == 0, said.stderr
    assert "Traceback" not in said.stderr
    assert "[ERROR]" not in said.stderr
    assert WAITS in said.stderr
    assert f"{CHECK}, {EMPTY}: left out. We didn't get any answers for this check." in said.stderr
    assert exported.made[name].exists()


def test_moodle_has_percent_of_each(exported: Exported):
    with exported.made["moodle"].open(encoding="utf-8", newline="") as file:
        rows = {row["Username"]: row for row in csv.DictReader(file)}
    assert rows.keys() == BY_HAND.keys()
    assert rows[WAITS][TITLE] == rows[EMPTY][TITLE] == "-"
    got = {name: float(row[TITLE]) for name, row in rows.items() if name in FINAL}
    assert got == {name: pytest.approx(100 * marks / OUT_OF, abs=0.01) for name, marks in FINAL.items()}
    assert rows["amara"]["Email address"] == "amara@example.gov"
    assert rows["amara"]["Last name"] == "Ruiz-Łukasz"


def test_canvas_has_marks_of_each_and_the_points_possible(exported: Exported):
    table = pandas.read_csv(exported.made["canvas"], dtype={"ID": str})
    assert table.iloc[0]["Student"] == "    Points Possible"
    assert table.iloc[0][TITLE] == OUT_OF
    class_ = table.iloc[1:].set_index("SIS Login ID")
    assert class_.loc[[WAITS, EMPTY], TITLE].isna().all()
    assert class_[TITLE].drop([WAITS, EMPTY]).to_dict() == {
        n: pytest.approx(marks, abs=0.01) for n, marks in FINAL.items()
    }
    assert class_.loc["bent", "ID"] == "101"


def test_every_statement_is_as_xapi_asks_and_has_the_marks(exported: Exported):
    told = [json.loads(line) for line in exported.made["xapi"].read_text(encoding="utf-8").splitlines()]
    assert [broken(one) for one in told] == [[]] * len(told)
    checks = {one["actor"]["account"]["name"]: one for one in told if one["object"]["id"].endswith(f"/checks/{CHECK}")}
    assert {name: one["result"]["score"]["raw"] for name, one in checks.items()} == {
        name: pytest.approx(marks, abs=0.001) for name, marks in FINAL.items()
    }
    passed = {name for name, one in checks.items() if one["verb"]["id"].endswith("/passed")}
    assert passed == MET
    assert sum("/items/" in one["object"]["id"] for one in told) == 7 * len(FINAL)
    assert "Made up for the demonstration" not in exported.made["xapi"].read_text(encoding="utf-8")


def test_who_met_the_course_has_a_certificate_with_a_code_that_is_confirmed(exported: Exported):
    texts = [
        " ".join(pypdf.PdfReader(path).pages[0].extract_text().split())
        for path in exported.made["certificates"].iterdir()
    ]
    entries = {entry.issued.id: entry for entry in issued.entries(exported.course)}
    assert entries.keys() == MET - {NAMELESS}
    for entry in entries.values():
        (text,) = (text for text in texts if entry.code in text)
        assert entry.issued.name in text
        assert entry.issued.score in text
        found, _ = issued.confirmed(exported.course, "victim-services", entry.code)
        assert found == entry
    assert len(texts) == len(entries)


def test_who_has_none_is_told_why(exported: Exported):
    said = exported.said["certificates"].stderr
    assert "goran: no certificate. No name in the gradebook" in said
    assert "ivan: no certificate. Not passed: Every kind (9.33 of 14, an unsafe choice)." in said
    assert "hana: no certificate. Waiting to be graded by hand: Every kind." in said
    assert "emil: no certificate. No answers arrived: Every kind." in said
    assert "kofi: no certificate. Not passed: Every kind (2 of 14)." in said


def test_the_evidence_counts_the_class_and_names_nobody(exported: Exported):
    page = exported.made["evidence"].read_text(encoding="utf-8")
    assert "Of 12 on the list, 12 handed in a check, and <strong>5 passed them all</strong>" in page
    assert "In 2 of the checks handed in, something is still waiting" in page
    assert not [name for name in BY_HAND if f"{name}@" in page or name.title() in page]


def test_some_trainees_or_checks_alone_can_be_exported_and_unknown_ones_are_told(exported: Exported, tmp_path: Path):
    machine = Machine(exported.course, tmp_path, exported.course)
    moodle = ("nbgrader", "export", "--exporter=grading.exports.moodle.MoodleExporter", "--to", str(tmp_path / "m.csv"))
    ran = machine.run(*moodle, "--student=amara", "--student=hana", "--MoodleExporter.unmarked=True", seconds=300)
    assert ran.returncode == 0, ran.stderr
    table = pandas.read_csv(tmp_path / "m.csv").set_index("Username")
    assert table[TITLE].to_dict() == {"amara": 100, WAITS: pytest.approx(100 * 1.3333 / OUT_OF, abs=0.01)}
    assert "these scores aren't final: hana (1)." in ran.stderr
    ran = machine.run(*moodle, "--assignment=nothing", seconds=300)
    assert ran.returncode == 1
    assert "There's no check called nothing. Choose from: kinds." in ran.stderr
    assert "Traceback" not in ran.stderr


def namespace(root: Path, kind: str) -> argparse.Namespace:
    return argparse.Namespace(root=root, kind=kind, to="", unmarked=False)


def test_an_export_that_there_is_not_is_told_with_those_there_are(tmp_path: Path):
    with pytest.raises(Refused) as why:
        command.run(namespace(tmp_path, "blackboard"))
    assert str(why.value).startswith("There's no export called blackboard.")
    assert all(f"  {name}" in str(why.value) for name in EXPORTERS)


def test_a_folder_in_place_of_a_file_is_told_before_anything_is_written(tmp_path: Path):
    asked = argparse.Namespace(root=tmp_path, kind="moodle", to=str(tmp_path), unmarked=False)
    with pytest.raises(Refused, match=r"is a folder\. Name the file, too: TO="):
        command.run(asked)
    assert list(tmp_path.iterdir()) == []


def test_statements_under_nobodys_address_are_told_of(exported: Exported):
    assert "set c.XapiExporter.base in nbgrader_config.py" in exported.said["xapi"].stderr


def test_before_there_is_a_gradebook_that_is_said_and_none_is_made(small: Path):
    with pytest.raises(Refused, match="There's no gradebook yet"):
        command.run(namespace(small, "evidence"))
    assert not (small / "grading/gradebook.db").exists()


def test_before_anything_is_graded_that_is_said(small: Path, capsys: pytest.CaptureFixture[str]):
    Steps(small).generate_assignment("tiny")
    with pytest.raises(SystemExit) as ended:
        command.run(namespace(small, "moodle"))
    assert ended.value.code == 1
    assert "Nothing is graded yet" in capsys.readouterr().err
    assert not (small / "grading/exported").exists()
