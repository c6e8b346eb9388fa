from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from authoring import refresher
from authoring.course import Course
from casebook import content
from casebook.kinds import KINDS
from grading import bank
from tests import real
from tests.authoring.author import COURSE, LESSON, Author

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def index(author: Author) -> dict[str, Any]:
    return refresher.index(author.course())


def test_every_point_is_named_with_the_place_that_teaches_it(index: dict[str, Any]):
    asks, back = index["points"]
    assert (asks["id"], asks["name"], asks["module"], asks["title"]) == (
        "ladder-asks",
        "The owner is asked first",
        "tiny",
        "Lending a ladder",
    )
    assert {asks["lesson"], back["lesson"]} == {"02-tiny.ipynb"}


def test_the_place_is_a_cell_of_the_lesson_that_teaches_the_point():
    for point in refresher.index(real.read())["points"]:
        notebook = json.loads((ROOT / "course/modules" / point["lesson"]).read_text(encoding="utf-8"))
        (cell,) = [cell for cell in notebook["cells"] if cell["id"] == point["cell"]]
        assert point["id"] in cell["metadata"]["casebook"]["teaches"]
        assert "".join(cell["source"]).startswith(f"## {point['heading']}")


def test_the_cell_that_teaches_a_point_and_little_else_comes_before_one_that_teaches_much(author: Author):
    author.writes(LESSON, "Ask the owner.", "Ask the owner.\n\n## Back\n\n:::{teaches} ladder-back\n:::\n\nBring it.")
    by_id = {point["id"]: point["heading"] for point in refresher.index(author.course())["points"]}
    assert by_id["ladder-back"] == "Back"


def test_all_that_is_asked_can_be_rated_at_once(index: dict[str, Any]):
    assert [one["id"] for one in index["questions"]] == ["tiny-r-wet", "tiny-p-who", "tiny-p-which", "the-ladder"]
    for kind in KINDS.values():
        item, _ = kind.examples()
        assert refresher.can_be_asked(item) is (kind.name not in ("written", "simulation"))


def test_a_scenario_that_takes_too_long_is_not_asked(author: Author, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(refresher, "LONGEST", 0.01)
    assert not any(one.get("story") for one in refresher.index(author.course())["questions"])


def test_no_graded_item_is_ever_asked():
    asked = {one["id"] for one in refresher.index(real.read())["questions"]}
    graded = {id for check in bank.course().titles for id in bank.items(check)}
    assert asked
    assert not asked & graded


def test_every_question_of_the_real_course_is_in_its_lessons_content():
    lessons = {
        module.slug: content.lesson(module.slug, ROOT / "course/modules")
        for module in real.read().modules
        if module.has_lesson
    }
    _, questions = content.refresher(ROOT / "course/modules")
    for question in questions:
        lesson = lessons[question.module]
        played = lesson.stories if question.story else {**lesson.practice, **lesson.refresher}
        assert set(question.points) <= real.read().points.keys()
        assert question.id in played
        assert 10 < question.seconds <= refresher.LONGEST * 60


def test_every_point_of_the_real_course_can_be_asked_about_in_three_ways():
    points, questions = content.refresher(ROOT / "course/modules")
    assert list(points) == list(real.read().points)
    for point in points:
        assert sum(point in one.points and not one.story for one in questions) >= 3, point


def test_a_module_that_is_not_given_out_asks_nothing(author: Author):
    author.writes(COURSE, "ready: true", "ready: false")
    found: Course = author.course()
    assert refresher.index(found) == {"format_version": 1, "points": [], "questions": []}
