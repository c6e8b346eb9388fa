"""nbgrader's own commands, as its manual gives them, from the release to the trainee's feedback page.

tiny-owner is worth 2 (right: b), tiny-return 3 (right: a b). The trainee answers b, and a alone: 2 + 1/2 * 3.
"""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from nbgrader.utils import get_osusername

from casebook.answers import FILE_NAME, Answer, append
from tests.grading.machine import Machine, gradebook, marks

ME = get_osusername()
AT = "2026-01-05T09:00:00+00:00"
COMMENT = "See me about *ladders* <script>alert(1)</script>"
COMMANDS = (
    "generate_assignment",
    "release_assignment",
    "fetch_assignment",
    "submit",
    "collect",
    "autograde",
    "generate_feedback",
    "release_feedback",
    "fetch_feedback",
    "export",
)


@dataclass(frozen=True)
class RoundTrip:
    """What the commands said, and where the instructor and the trainee worked."""

    root: Path
    copy: Path
    said: dict[str, CompletedProcess[str]] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The feedback page that the trainee fetched."""
        (page,) = (self.copy / "feedback").rglob("*.html")
        return page.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def trip(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> RoundTrip:
    base = tmp_path_factory.mktemp("commands")
    root = shutil.copytree(small_built, base / "course of ladders")
    # An instructor tried the check in the source folder, and got everything wrong.
    append(root / "course/source/tiny" / FILE_NAME, Answer("tiny", "tiny-owner", {"choice": "a"}, AT))
    for name in ("instructor", "trainee", "work"):
        (base / name).mkdir()
    instructor, trainee = Machine(root, base / "instructor", root), Machine(root, base / "trainee", base / "work")
    trip = RoundTrip(root, base / "work/tiny")
    for command in COMMANDS:
        machine = trainee if command in ("fetch_assignment", "submit", "fetch_feedback") else instructor
        if command == "submit":
            append(trip.copy / FILE_NAME, Answer("tiny", "tiny-owner", {"choice": "b"}, AT))
            append(trip.copy / FILE_NAME, Answer("tiny", "tiny-return", {"choices": ["a"]}, AT))
        if command == "generate_feedback":
            _comment(root)
        trip.said[command] = machine.run("nbgrader", command, *(["tiny"] if command != "export" else []))
    return trip


def _comment(root: Path) -> None:
    """The instructor writes a comment, as formgrader keeps it."""
    with gradebook(root) as book:
        comment = book.find_comment("tiny-comments", "tiny-check", "tiny", ME)
        comment.manual_comment = COMMENT
        book.db.commit()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_works(trip: RoundTrip, command: str):
    said = trip.said[command]
    assert said.returncode == 0, said.stderr
    assert "Traceback" not in said.stderr
    assert "[ERROR]" not in said.stderr


def test_the_release_holds_the_check_and_nothing_of_how_it_is_scored(trip: RoundTrip):
    released = trip.root / "course/release/tiny"
    assert {path.name for path in released.iterdir()} == {"tiny-check.ipynb", "items.json"}
    assert "grading" not in (released / "tiny-check.ipynb").read_text(encoding="utf-8")


def test_answers_left_in_the_source_folder_reach_no_trainee(trip: RoundTrip):
    assert (trip.root / "course/source/tiny" / FILE_NAME).is_file()
    assert not (trip.root / "exchange/victim-services/outbound/tiny" / FILE_NAME).exists()
    answers = (trip.copy / FILE_NAME).read_text(encoding="utf-8")
    assert [json.loads(line)["given"] for line in answers.splitlines()] == [{"choice": "b"}, {"choices": ["a"]}]


def test_submitting_takes_the_answers_file_along(trip: RoundTrip):
    collected = trip.root / "grading/submitted" / ME / "tiny" / FILE_NAME
    assert collected.read_bytes() == (trip.copy / FILE_NAME).read_bytes()


def test_the_gradebook_holds_the_marks_of_the_trainees_own_answers(trip: RoundTrip):
    assert marks(trip.root, "tiny") == {ME: {"tiny-owner": 2, "tiny-return": 1.5}}


def test_nothing_waits_for_marks_by_hand(trip: RoundTrip):
    with gradebook(trip.root) as book:
        assert not book.find_submission("tiny", ME).needs_manual_grade


def test_the_export_holds_them_too(trip: RoundTrip):
    with (trip.root / "grades.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["assignment"], row["student_id"]) == ("tiny", ME)
    assert (float(row["score"]), float(row["max_score"])) == (3.5, 5)


def test_the_page_holds_the_marks_and_whether_the_check_is_met(trip: RoundTrip):
    assert "<strong>3.5 of 5 points.</strong>" in trip.page
    assert "You passed this check. The passing score is 50%." in trip.page


def test_the_page_holds_the_answer_the_right_one_why_and_the_teaching_point(trip: RoundTrip):
    page = html.unescape(trip.page)
    assert "It has rained on <em>Ada's</em> ladder." in page
    assert "What do you do before it goes back?" in page
    assert "You chose this: right.</strong> Dry it" in page
    assert "You didn't choose this: it is right.</strong> Tell Ada" in page
    assert "SECRET-FEEDBACK she will want to know." in page
    assert "A borrowed ladder is brought back dry." in page


def test_the_page_holds_the_instructors_comment_as_words(trip: RoundTrip):
    assert "See me about <em>ladders</em>" in trip.page
    assert "&lt;script&gt;" in trip.page


def test_the_page_holds_no_code_of_the_check(trip: RoundTrip):
    page = re.sub(r' data-casebook-\w+="[^"]*"', "", trip.page)  # where JupyterLab finds the lesson's cell
    for code in ("grading", "casebook", "HIDDEN", "import ", "widget", "application/vnd", "nbgrader"):
        assert code not in page


def test_the_page_leaves_out_how_to_submit(trip: RoundTrip):
    assert "When you have finished" not in trip.page
    assert "A short check." not in trip.page
    assert "Some days later." in trip.page


def test_the_page_names_its_language_runs_nothing_and_loads_nothing(trip: RoundTrip):
    assert '<html lang="en">' in trip.page
    assert not re.search(r"<script|<link|<iframe|<img|@import|url\(|https?://|src=|\son\w+=", trip.page)
