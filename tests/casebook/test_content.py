from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import content
from casebook.content import Check, ContentMissing, Lesson, Point
from casebook.story import Story
from tests.casebook.damage import BAD, damaged

LESSON = Path("content/tiny.json")
START = Path("content/course.json")
CHECK = Path("items.json")

each_file = pytest.mark.parametrize(
    ("read", "file"),
    [(content.lesson, LESSON), (content.check, CHECK), (lambda _module, folder: content.outlines(folder), START)],
    ids=["lesson", "check", "start"],
)


@pytest.fixture
def folder(lesson_folder: Path, check_folder: Path) -> Path:
    """A folder with both a lesson's and a check's content."""
    (lesson_folder / CHECK).write_bytes((check_folder / CHECK).read_bytes())
    return lesson_folder


def change(path: Path, **changes: object) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**data, **changes}), encoding="utf-8")


def test_a_lessons_content_is_read(folder: Path):
    lesson = content.lesson("tiny", folder)
    assert (lesson.module, lesson.title) == ("tiny", "Lending a ladder")
    assert list(lesson.practice) == ["tiny-p-who", "tiny-p-which"]
    assert lesson.practice["tiny-p-which"].outcome({"choices": ["a", "b"]}).share == 1
    assert isinstance(lesson.stories["the-ladder"], Story)


def test_a_lessons_points_stand_in_the_courses_order(folder: Path):
    points = content.lesson("tiny", folder).points
    assert list(points) == ["ladder-asks", "ladder-back"]
    assert points["ladder-back"] == Point("It comes back", "A borrowed ladder is brought back dry.")


def test_a_lesson_is_made_once_of_the_same_bytes_and_again_of_others(folder: Path):
    lesson = content.lesson("tiny", folder)
    assert content.lesson("tiny", folder) is lesson
    change(folder / LESSON, title="Lending a hammer")
    assert content.lesson("tiny", folder).title == "Lending a hammer"


def test_a_checks_items_are_read_in_their_order(folder: Path):
    check = content.check("tiny", folder)
    assert (check.module, check.title) == ("tiny", "Lending a ladder")
    assert list(check.items) == ["tiny-owner", "tiny-return"]


@each_file
def test_a_file_that_is_not_there_is_said(read: Callable[[str, Path], object], file: Path, tmp_path: Path):
    with pytest.raises(ContentMissing, match=rf"The file {file.name} belongs next to this notebook"):
        read("tiny", tmp_path)


@each_file
@pytest.mark.parametrize(
    "data",
    [b"", b"words", b"{", b"\xff", b"[" * 50_000, b"1" * 5_000],
    ids=["empty", "words", "cut", "bytes", "[[", "1"],
)
def test_a_file_that_is_not_json_is_said(read: Callable[[str, Path], object], file: Path, folder: Path, data: bytes):
    (folder / file).write_bytes(data)
    with pytest.raises(ContentMissing, match=rf"{file.name} can't be read \(.+\).*your answers stay as they are"):
        read("tiny", folder)


@each_file
def test_a_file_that_cannot_be_opened_is_said(read: Callable[[str, Path], object], file: Path, folder: Path):
    (folder / file).unlink()
    (folder / file).mkdir()
    with pytest.raises(ContentMissing, match=f"{file.name} can't be read"):
        read("tiny", folder)


@each_file
@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_a_file_of_another_version_is_said(
    read: Callable[[str, Path], object], file: Path, folder: Path, version: object
):
    change(folder / file, format_version=version)
    with pytest.raises(ContentMissing, match=f"{file.name} is from a different version"):
        read("tiny", folder)


@each_file
@pytest.mark.parametrize("data", ["[]", "null", '"x"', "{}"])
def test_a_file_of_something_else_is_said(read: Callable[[str, Path], object], file: Path, folder: Path, data: str):
    (folder / file).write_text(data, encoding="utf-8")
    with pytest.raises(ContentMissing, match="from a different version"):
        read("tiny", folder)


def test_outlines_that_do_not_have_their_form_are_said(folder: Path):
    change(folder / START, modules=[{"slug": "tiny"}])
    with pytest.raises(ContentMissing, match=r"content/course\.json can't be read"):
        content.outlines(folder)


def test_a_check_of_another_module_is_said(folder: Path):
    with pytest.raises(ContentMissing, match=r"items\.json here belongs to a different check"):
        content.check("other", folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": 1},
        {"points": None},
        {"points": [{"id": "x", "name": 1, "text": "x"}]},
        {"practice": [{"id": "x"}]},
        {"practice": [{"id": "x", "kind": "x"}]},
        {"stories": [{"id": "x"}]},
        {"stories": {}, "practice": 3},
    ],
    ids=json.dumps,
)
def test_a_lesson_that_does_not_have_its_form_is_said(folder: Path, changes: dict[str, Any]):
    change(folder / LESSON, **changes)
    with pytest.raises(ContentMissing, match=r"content/tiny\.json can't be read"):
        content.lesson("tiny", folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": 1},
        {"items": None},
        {"items": [1]},
        {"items": [{"id": "x", "kind": "x"}]},
        {"items": [{"id": "x", "kind": "single", "stem": "?"}]},
    ],
    ids=json.dumps,
)
def test_a_check_that_does_not_have_its_form_is_said(folder: Path, changes: dict[str, Any]):
    change(folder / CHECK, **changes)
    with pytest.raises(ContentMissing, match=r"items\.json can't be read"):
        content.check("tiny", folder)


@given(st.data(), BAD)
def test_damage_anywhere_in_a_lesson_is_borne_or_said(small_built: Path, data: st.DataObject, bad: object):
    whole = (small_built / "course/modules" / LESSON).read_bytes()
    with damaged(whole, LESSON, data, bad) as folder:
        try:
            assert isinstance(content.lesson("tiny", folder), Lesson)
        except ContentMissing:
            return


@given(st.data(), BAD)
def test_damage_anywhere_in_the_outlines_is_borne_or_said(small_built: Path, data: st.DataObject, bad: object):
    whole = (small_built / "course/modules" / START).read_bytes()
    with damaged(whole, START, data, bad) as folder:
        try:
            assert isinstance(content.outlines(folder), tuple)
        except ContentMissing:
            return


@given(st.data(), BAD)
def test_damage_anywhere_in_a_check_is_borne_or_said(small_built: Path, data: st.DataObject, bad: object):
    whole = (small_built / "course/source/tiny" / CHECK).read_bytes()
    with damaged(whole, CHECK, data, bad) as folder:
        try:
            assert isinstance(content.check("tiny", folder), Check)
        except ContentMissing:
            return
