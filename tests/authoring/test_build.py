from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from authoring import build, course
from authoring.problems import BadContent
from casebook import content
from casebook.kinds.options import OptionsItem
from tests.authoring.author import BANK, CHECK, COURSE, LESSON, POINTS, PRACTICE, START, STORY, Author

NOTEBOOK = "course/modules/02-tiny.ipynb"
CONTENT = "course/modules/content/tiny.json"
SOURCE = "course/source/tiny/tiny-check.ipynb"
ITEMS = "course/source/tiny/items.json"
OF_THE_FINAL = {"course/source/last/last-check.ipynb", "course/source/last/items.json"}
OPENING = "course/modules/00-start.ipynb"
OUTLINES = "course/modules/content/course.json"
COVERAGE = "course/guide/coverage.md"
REPORT = "grading/report.ipynb"
NAMED_SO = {NOTEBOOK, CONTENT, SOURCE, ITEMS, COVERAGE}
REFRESHER = "course/modules/refresher.ipynb"
QUESTIONS = "course/modules/content/refresher.json"
AID = "course/modules/job-aids/ladder-card.html"
MADE_FROM = {
    OPENING: "course/content/start/lesson.md and course/course.yml",
    OUTLINES: "course/course.yml and each module's texts",
    REFRESHER: "course/content/refresher/lesson.md and course/course.yml",
    QUESTIONS: "course/points.yml and each module's texts",
    AID: "course/content/job-aids/ladder-card.md and course/course.yml",
    NOTEBOOK: "course/content/tiny/",
    CONTENT: "course/content/tiny/",
    SOURCE: "course/content/tiny/check.md and grading/bank/tiny.yml",
    ITEMS: "course/content/tiny/check.md and grading/bank/tiny.yml",
    COVERAGE: "course/points.yml, course/course.yml, the lessons, scenarios and banks",
    REPORT: "authoring/report_notebook.py and course/course.yml",
    **dict.fromkeys(sorted(OF_THE_FINAL), "course/content/last/check.md and grading/bank/last.yml"),
}
each_file = pytest.mark.parametrize("file", MADE_FROM)


def generated(root: Path) -> dict[str, bytes]:
    folders = (root / "course/modules", root / "course/source", root / "course/guide")
    paths = [*(path for folder in folders for path in folder.rglob("*")), root / REPORT]
    return {str(path.relative_to(root)): path.read_bytes() for path in paths if path.is_file()}


def test_everything_is_generated(author: Author):
    assert generated(author.root).keys() == MADE_FROM.keys()


def test_what_is_up_to_date_does_not_drift(author: Author):
    assert build.check(author.root) == []


def test_updating_again_changes_nothing(author: Author):
    before = {file: (author.root / file).stat().st_mtime_ns for file in MADE_FROM}
    assert build.update(author.root) == []
    assert {file: (author.root / file).stat().st_mtime_ns for file in MADE_FROM} == before


def test_the_same_texts_give_the_same_bytes(author: Author, small_built: Path):
    for file in MADE_FROM:
        (author.root / file).unlink()
    assert [str(path) for path in build.update(author.root)] == sorted(MADE_FROM)
    assert generated(author.root) == generated(small_built)


@each_file
def test_a_generated_file_that_was_changed_is_named_with_the_text_to_edit(author: Author, file: str):
    path = author.root / file
    path.write_bytes(path.read_bytes() + b" ")
    (problem,) = build.check(author.root)
    assert (problem.file, problem.line) == (path, 1)
    assert f"match {MADE_FROM[file]}. It's generated" in problem.what
    assert "edit the text, not this file" in problem.what
    assert "make update" in problem.remedy


@each_file
def test_a_generated_file_that_is_missing_is_named_with_the_text_that_makes_it(author: Author, file: str):
    (author.root / file).unlink()
    (problem,) = build.check(author.root)
    assert problem.file == author.root / file
    assert "This file is missing" in problem.what
    assert f"{MADE_FROM[file]}." in problem.what
    assert "make update" in problem.remedy


@pytest.mark.parametrize(
    "file",
    ["course/modules/03-old.ipynb", "course/modules/content/old.json", "course/source/old/x.csv", "course/source/x"],
)
def test_a_file_that_no_text_makes_is_named(author: Author, file: str):
    path = author.root / file
    path.parent.mkdir(exist_ok=True)
    path.touch()
    (problem,) = build.check(author.root)
    assert (problem.file, problem.what) == (path, "No text produces this file.")
    assert "make update" in problem.remedy


@each_file
def test_updating_puts_right_what_was_changed_or_is_missing(author: Author, small_built: Path, file: str):
    (author.root / file).write_bytes(b"changed")
    assert build.update(author.root) == [Path(file)]
    (author.root / file).unlink()
    assert build.update(author.root) == [Path(file)]
    assert generated(author.root) == generated(small_built)


def test_updating_deletes_what_no_text_makes_any_more(author: Author):
    extra = author.root / "course/modules/03-old.ipynb"
    extra.touch()
    assert build.update(author.root) == [Path("course/modules/03-old.ipynb")]
    assert not extra.exists()
    assert build.check(author.root) == []


@pytest.mark.parametrize(
    "file", ["course/modules/.ipynb_checkpoints/02-tiny.ipynb", "course/source/tiny/answers.jsonl"]
)
def test_what_notebooks_leave_behind_is_nobodys_business(author: Author, file: str):
    path = author.root / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"left behind")
    assert build.check(author.root) == []
    assert build.update(author.root) == []
    assert path.read_bytes() == b"left behind"


def test_a_page_of_the_guide_that_is_written_by_hand_is_nobodys_business(author: Author):
    page = author.root / "course/guide/modules/tiny.md"
    page.parent.mkdir()
    page.write_text("Ask the room.", encoding="utf-8")
    assert build.check(author.root) == []
    assert build.update(author.root) == []
    assert page.read_text(encoding="utf-8") == "Ask the room."


def test_drift_is_named_for_every_file_at_once(author: Author):
    for file in MADE_FROM:
        (author.root / file).write_bytes(b"changed")
    (author.root / "course/modules/extra").touch()
    assert len(build.check(author.root)) == len(MADE_FROM) + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "drifting"),
    [
        (LESSON, "Ask the owner.", "Ask them.", {NOTEBOOK, QUESTIONS}),
        (CHECK, "A short check.", "Shorter.", {SOURCE}),
        (START, "Welcome.", "Hello.", {OPENING}),
        (PRACTICE, "Whom do you ask?", "Whom?", {CONTENT}),
        (STORY, "In the yard", "The yard", {CONTENT}),
        (BANK, "Who lends a ladder?", "Who lends?", {ITEMS}),
        (BANK, "marks: 2", "marks: 1", {SOURCE}),
        (BANK, "SECRET-FEEDBACK", "OTHER-FEEDBACK", set()),
        (COURSE, "Only tests use it", "For tests", {OPENING}),
        (COURSE, "title: Lending a ladder", "title: Lending", {OUTLINES, QUESTIONS, *NAMED_SO}),
        (POINTS, "name: It comes back", "name: Back", {CONTENT, QUESTIONS, COVERAGE}),
    ],
)  # fmt: skip
def test_a_text_that_was_edited_drifts_from_what_it_makes(
    author: Author, file: str, old: str, new: str, drifting: set[str]
):
    author.writes(file, old, new)
    assert {str(problem.file.relative_to(author.root)) for problem in build.check(author.root)} == drifting
    assert {str(path) for path in build.update(author.root)} == drifting
    assert build.check(author.root) == []


def test_a_module_that_is_withdrawn_takes_its_files_along(author: Author):
    author.writes(COURSE, "ready: true", "ready: false")
    build.update(author.root)
    assert generated(author.root).keys() == {
        OPENING,
        REFRESHER,
        OUTLINES,
        QUESTIONS,
        AID,
        COVERAGE,
        REPORT,
        *OF_THE_FINAL,
    }


def test_nothing_is_generated_from_a_course_that_breaks_a_rule(author: Author, small_built: Path):
    author.writes(CHECK, "tiny-owner", "tiny-ower")
    author.writes(LESSON, "Ask the owner.", "Ask them.")
    for act in (build.update, build.check, build.checked):
        with pytest.raises(BadContent, match="no item called 'tiny-ower'"):
            act(author.root)
    assert generated(author.root) == generated(small_built)


def test_what_is_compiled_can_be_played(author: Author):
    module, final = author.course().modules
    lesson = content.lesson("tiny", author.root / "course/modules")
    assert tuple(lesson.practice.values()) == module.practice.items
    assert tuple(lesson.stories.values()) == tuple(scenario.story for scenario in module.scenarios)
    check = content.check("tiny", author.root / "course/source/tiny")
    assert list(check.items.values()) == [item.public() for item in module.bank.items]
    assert (check.slots, check.questions) == ({}, ("tiny-owner", "tiny-return"))
    last = content.check("last", author.root / "course/source/last")
    assert list(last.items.values()) == [item.public() for item in final.bank.items]
    assert last.questions == ("last-ask", "last-back") == tuple(last.slots)
    assert last.slots["last-ask"] == ("last-ask-a", "last-ask-b")


def test_a_lesson_carries_the_points_it_uses_in_the_courses_order(author: Author):
    points = "  - {id: new, part: Ladders, name: New, text: New.}\n"
    author.writes("course/points.yml", "points:\n", "points:\n" + points)
    build.update(author.root)
    assert list(content.lesson("tiny", author.root / "course/modules").points) == ["ladder-asks", "ladder-back"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (PRACTICE, "points: [ladder-back]", "points: [new]"),
        (PRACTICE, "text: The dog", "text: The dog\n        points: [new]"),
        (STORY, "points: [ladder-back]", "points: [new]"),
    ],
    ids=["item", "option", "decision"],
)
def test_a_point_used_anywhere_is_carried(author: Author, file: str, old: str, new: str):
    points = "  - {id: new, part: Ladders, name: New, text: New.}\n"
    author.writes("course/points.yml", "points:\n", "points:\n" + points)
    author.writes(file, old, new)
    build.update(author.root)
    assert next(iter(content.lesson("tiny", author.root / "course/modules").points)) == "new"


def test_public_items_stand_in_the_order_of_the_check(author: Author):
    text = (author.root / CHECK).read_text(encoding="utf-8")
    swapped = text.replace("tiny-owner", "x").replace("tiny-return", "tiny-owner").replace("x", "tiny-return")
    (author.root / CHECK).write_text(swapped, encoding="utf-8")
    build.update(author.root)
    assert list(content.check("tiny", author.root / "course/source/tiny").items) == ["tiny-return", "tiny-owner"]


def test_nothing_generated_for_a_check_tells_right_from_wrong(author: Author):
    bank = author.course().modules[0].bank.items
    secret = {option.feedback for item in bank if isinstance(item, OptionsItem) for option in item.options}
    assert secret
    for file, data in generated(author.root).items():
        assert not [words for words in secret if words.encode() in data], file
    for file in (ITEMS, SOURCE):
        found = re.findall(
            r'"(right|unsafe|feedback|key|marks|basis)"', (author.root / file).read_text(encoding="utf-8")
        )
        assert found == [], file


def test_the_public_part_is_the_same_whatever_the_key(author: Author):
    before = (author.root / ITEMS).read_bytes()
    author.writes(BANK, "        text: Its owner\n        right: true", "        text: Its owner")
    author.writes(BANK, "text: Its finder", "text: Its finder\n        right: true")
    build.update(author.root)
    assert (author.root / ITEMS).read_bytes() == before


def test_the_start_page_knows_every_module_that_is_ready(author: Author):
    outline, final = content.outlines(author.root / "course/modules")
    assert (outline.slug, outline.title, outline.minutes, outline.check_minutes) == ("tiny", "Lending a ladder", 5, 5)
    assert (outline.lesson, outline.check) == ("02-tiny.ipynb", "tiny/tiny-check.ipynb")
    assert outline.steps == ("tiny-p-who", "tiny-p-which", "the-ladder")
    assert (outline.items, outline.slots) == (("tiny-owner", "tiny-return"), {})
    assert (final.lesson, final.steps, final.check) == ("", (), "last/last-check.ipynb")
    assert final.items == ("last-ask", "last-back") == tuple(final.slots)
    assert final.slots["last-back"] == ("last-back-a", "last-back-b")


def test_another_scenario_is_shown_and_no_step_of_the_lesson(author: Author):
    author.writes(LESSON, ":::{scenario} the-ladder", ":::{another} the-ladder")
    build.update(author.root)
    outline, _ = content.outlines(author.root / "course/modules")
    assert outline.steps == ("tiny-p-who", "tiny-p-which")
    assert 'casebook.another(\\"tiny\\", \\"the-ladder\\")' in (author.root / NOTEBOOK).read_text(encoding="utf-8")


def test_generated_files_say_their_format(author: Author):
    for file in (CONTENT, ITEMS):
        data = json.loads((author.root / file).read_bytes())
        assert (data["format_version"], data["module"], data["title"]) == (1, "tiny", "Lending a ladder")


def test_a_course_is_checked_whole(author: Author):
    assert build.checked(author.root).about == course.read(author.root).about


def test_a_module_that_is_no_longer_ready_leaves_no_folder_behind(author: Author):
    author.writes(COURSE, "check_minutes: 5\n    ready: true", "check_minutes: 5\n    ready: false")
    build.update(author.root)
    assert [folder.name for folder in (author.root / "course/source").iterdir()] == ["last"]
    assert (author.root / "course/modules/00-start.ipynb").is_file()
