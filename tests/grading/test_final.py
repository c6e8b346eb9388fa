"""The tiny course's final through the whole of nbgrader: a class of twelve, each with the variants drawn for them.

last-ask is worth 2, last-back 3. Three of the submissions are graded by stock execution, too.
"""

from __future__ import annotations

import html
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from casebook import answers, slots
from casebook.content import check as check_content
from grading import bank
from grading.nbgrader_steps import Steps
from running.demo_class import TRAINEES
from tests.grading.machine import gradebook, marks
from tests.grading.test_stock_execution import STOCK
from tests.running.the_class import TheClass, play

CHECK = "last"
SLOTS = ("last-ask", "last-back")
BOTH_WAYS = ("amara", "emil", "goran")
"""All right; no answer; every answer changed, and the last one taken back."""


@dataclass(frozen=True)
class Trip:
    """The class, the course it took, and the folder of stock execution."""

    the_class: TheClass
    course: Path
    stock: Path

    def answered(self, name: str) -> list[str]:
        """The items of the lines in a trainee's answers file."""
        book = answers.read(self.the_class.folder / "trainees" / name / CHECK / answers.FILE_NAME)
        return [answer.id for answer in book.answers]

    def page(self, name: str) -> str:
        """A trainee's feedback page."""
        (page,) = (self.the_class.folder / "trainees" / name / CHECK / "feedback").rglob("*.html")
        return html.unescape(page.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def trip(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Trip:
    base = tmp_path_factory.mktemp("final")
    the_class = play(base / "demo", base / "home", small_built)
    stock = base / "stock"
    shutil.copytree(the_class.course / "course/source", stock / "course/source")
    for name in BOTH_WAYS:
        shutil.copytree(
            the_class.course / "grading/submitted" / name / CHECK, stock / "grading/submitted" / name / CHECK
        )
    (stock / "nbgrader_config.py").write_text(STOCK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOOK_ROOT", str(small_built))  # for the kernels
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(base / name))
        steps = Steps(stock)
        steps.generate_assignment(CHECK)
        steps.autograde(CHECK)
    return Trip(the_class, small_built, stock)


def test_nothing_is_complained_of(trip: Trip):
    assert trip.the_class.ran.stderr == ""


def test_the_gradebook_has_one_cell_for_each_slot_worth_the_slots_marks(trip: Trip):
    with gradebook(trip.the_class.course) as book:
        (notebook,) = book.find_assignment(CHECK).notebooks
        cells = {cell.name: cell.max_score for cell in notebook.grade_cells}
    assert cells == {"last-ask": 2, "last-back": 3}


@pytest.mark.parametrize("name", [trainee.name for trainee in TRAINEES if trainee.name not in ("emil", "kofi")])
def test_a_trainee_answers_the_variants_drawn_for_them_and_no_other(trip: Trip, name: str):
    check = check_content(CHECK, trip.course / "course/source" / CHECK)
    drawn = slots.items(check, answers.Book(), name)
    assert set(trip.answered(name)) <= set(drawn)
    assert trip.answered(name)[0] == drawn[0]


def test_the_class_has_variants_of_every_letter(trip: Trip):
    seen = {item for trainee in TRAINEES for item in trip.answered(trainee.name)}
    assert seen >= set(bank.items(CHECK, trip.course))


@pytest.mark.parametrize("name", ["amara", "joy"])
def test_who_answers_their_variants_right_has_all_marks(trip: Trip, name: str):
    assert marks(trip.the_class.course, CHECK)[name] == {"last-ask": 2, "last-back": 3}


def test_who_answers_nothing_has_none(trip: Trip):
    assert marks(trip.the_class.course, CHECK)["emil"] == {"last-ask": 0, "last-back": 0}


def test_what_was_taken_back_earns_nothing(trip: Trip):
    assert marks(trip.the_class.course, CHECK)["goran"] == {"last-ask": 2, "last-back": 0}


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_stock_execution_gives_the_same_marks_cell_by_cell(trip: Trip, name: str):
    assert marks(trip.stock, CHECK)[name] == marks(trip.the_class.course, CHECK)[name]


@pytest.mark.parametrize("name", ["amara", "bent", "ivan"])
def test_a_feedback_page_tells_of_the_variants_that_were_answered_and_of_no_other(trip: Trip, name: str):
    page = trip.page(name)
    for id, item in bank.items(CHECK, trip.course).items():
        told = [words for words in (item.case or "", *item.secrets()) if words in page]
        assert bool(told) == (id in trip.answered(name)), id


def test_the_feedback_page_of_somebody_who_answered_nothing_tells_no_key(trip: Trip):
    page = trip.page("emil")
    assert "No answers arrived" in page
    assert "SECRET-FEEDBACK" not in page
    assert not [item.case for item in bank.items(CHECK, trip.course).values() if (item.case or "") in page]


def test_the_final_is_met_from_its_own_pass_mark_on(trip: Trip):
    assert "You passed this check. The passing score is 75%." in trip.page("amara")
    assert "The passing score is 75%. You haven't passed this check yet." in trip.page("goran")
    assert "The last ladder (passing score 75%)" in trip.the_class.ran.stdout
    assert "Lending a ladder (passing score 50%)" in trip.the_class.ran.stdout


@pytest.mark.parametrize("place", ["course/source", "course/release", "exchange/victim-services/outbound"])
def test_what_is_given_out_holds_all_variants_and_no_key(trip: Trip, place: str):
    files = list((trip.the_class.course / place / CHECK).iterdir())
    assert {path.name for path in files} == {"last-check.ipynb", "items.json"}
    words = "".join(path.read_text(encoding="utf-8") for path in files)
    assert all((item.case or "") in words for item in bank.items(CHECK, trip.course).values())
    assert "SECRET-FEEDBACK" not in words
    assert not [name for name in ('"right"', '"unsafe"', '"marks"', '"basis"') if name in words]
