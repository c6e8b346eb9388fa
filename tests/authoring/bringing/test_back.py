from __future__ import annotations

from pathlib import Path

import pytest

from authoring import course, notebooks
from authoring.bringing import back, merge
from authoring.bringing.merge import Merged
from authoring.problems import BadContent, Refused
from tests import real
from tests.authoring.author import CHECK, COURSE, LESSON, Author
from tests.authoring.bringing.editor import Editor

ROOT = Path(__file__).resolve().parents[3]
READY = [entry for entry in real.ENTRIES if entry.ready]
TEACHES = ":::{teaches} ladder-asks ladder-back\n:::\n"


def words(root: Path, file: str = LESSON) -> str:
    return (root / file).read_bytes().decode()


@pytest.mark.parametrize(
    ("slug", "role"),
    [(entry.slug, role) for entry in READY for role in (("check",) if entry.part == "final" else ("lesson", "check"))],
)
def test_a_notebook_that_nobody_edited_changes_nothing(slug: str, role: str, tmp_path: Path):
    module = real.module(slug)
    path = module.lesson_path if role == "lesson" else module.check_path
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    copy = tmp_path / "copy.ipynb"
    copy.write_bytes(getattr(notebooks, role)(real.read(), module))
    assert back.bring(ROOT, copy) == back.Brought(path, (), (), ())
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)


@pytest.mark.parametrize("slug", [entry.slug for entry in READY if entry.part != "final"])
def test_an_edit_in_every_cell_of_the_real_course_changes_those_lines_alone(slug: str, tmp_path: Path):
    module = real.module(slug)
    root = tmp_path / "root"
    pages = (page.path for page in real.read().pages.values())
    for file in (ROOT / COURSE, ROOT / "course/points.yml", *pages, module.lesson_path, module.check_path):
        copied(file, root)
    for items in module.items():
        if items.file.path.exists():  # the capstone need not have practice items
            copied(items.file.path, root)
    for scenario in module.scenarios:
        copied(scenario.file.path, root)
        copied(scenario.plan_file.path, root)
    path = root / module.lesson_path.relative_to(ROOT)
    before = path.read_bytes().decode().splitlines(keepends=True)
    read = course.read(root, only=module.slug)
    generated = tmp_path / "made.ipynb"
    generated.write_bytes(notebooks.lesson(read, read.modules[0]))
    editor = Editor(root, generated, tmp_path / "copy.ipynb")
    objectives = bool(module.entry.objectives)  # generated, like the title before and the way to the check behind
    edited = [cell for cell in editor.cells if cell["cell_type"] == "markdown"][1 + objectives : -2]
    for cell in edited:
        cell["source"] = [*cell["source"][:-1], "Quite another last line."]
    assert len(editor.brings().changes) == len(edited)
    after = path.read_bytes().decode().splitlines(keepends=True)
    changed = [other for one, other in zip(before, after, strict=True) if one != other]
    assert changed == ["Quite another last line.\n"] * len(edited)


def copied(path: Path, root: Path) -> None:
    to = root / path.relative_to(ROOT)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(path.read_bytes())


def test_edited_words_are_brought_and_all_else_stays(lesson: Editor):
    before = words(lesson.root)
    lesson.writes("Ask the owner.", "Ask the owner first.\n\nThen wait.")
    brought = lesson.brings()
    assert words(lesson.root) == before.replace("Ask the owner.", "Ask the owner first.\n\nThen wait.")
    assert brought.changes == ("changed: the words that begin '## Asking'",)


def test_a_teaches_stays_under_its_heading_when_that_is_reworded(lesson: Editor):
    before = words(lesson.root)
    lesson.writes("## Asking", "## Asking first")
    lesson.brings()
    assert words(lesson.root) == before.replace("## Asking", "## Asking first")


def test_a_cell_that_is_written_anew_keeps_what_it_teaches(lesson: Editor):
    lesson.cell("## Asking")["source"] = "## Who lends it\n\nOnly its owner."
    lesson.brings()
    assert f"## Who lends it\n\n{TEACHES}\nOnly its owner.\n" in words(lesson.root)


def test_a_heading_that_goes_leaves_its_teaches_and_says_so(lesson: Editor):
    lesson.cell("## Asking")["source"] = "Only its owner."
    brought = lesson.brings()
    assert "Ladders are *lent*.\n\n" + TEACHES in words(lesson.root)
    assert brought.kept == ("what '## Asking' taught; see if it still holds where it is now",)


def test_a_cell_that_is_added_is_brought_to_its_place(lesson: Editor):
    lesson.adds("An added word.\n", after="tiny-p-who")
    brought = lesson.brings()
    assert ":::{practice} tiny-p-who\n:::\n\nAn added word.\n\n:::{practice} tiny-p-which\n" in words(lesson.root)
    assert brought.changes == ("added: the words that begin 'An added word.'",)


def test_a_call_that_was_moved_moves_its_directive(lesson: Editor):
    lesson.moves("tiny-p-who", after="## A story")
    brought = lesson.brings()
    assert "## A story\n\n:::{practice} tiny-p-who\n:::\n\n:::{scenario} the-ladder\n" in words(lesson.root)
    assert brought.changes == ("moved: practice tiny-p-who",)


def test_a_section_that_was_moved_takes_its_teaches_along(lesson: Editor):
    lesson.moves("## Asking", after="## Your neighbours")
    lesson.brings()
    assert f"## Your neighbours\n\n## Asking\n\n{TEACHES}\nAsk the owner.\n\n:::{{partners}}\n" in words(lesson.root)


def test_what_was_deleted_is_kept_unless_it_is_asked_for(lesson: Editor):
    before = words(lesson.root)
    lesson.deletes("tiny-p-who")
    lesson.deletes("## A story")
    brought = lesson.brings()
    assert words(lesson.root) == before
    assert [said.split(",")[0] for said in brought.kept] == [
        "practice tiny-p-who",
        "the words that begin '## A story'",
    ]
    brought = lesson.brings(deletes=True)
    assert words(lesson.root) == before.replace(":::{practice} tiny-p-who\n:::\n\n", "").replace("## A story\n\n", "")
    assert brought.changes == ("taken out: practice tiny-p-who", "taken out: the words that begin '## A story'")


def test_cells_that_were_put_together_are_not_there_twice(lesson: Editor):
    lesson.moves("## A story", after="## Asking")
    lesson.deletes("## A story")
    lesson.writes("Ask the owner.", "Ask the owner.\n\n## A story")
    lesson.brings()
    assert words(lesson.root).count("## A story") == 1
    assert "Ask the owner.\n\n## A story\n\n:::{practice} tiny-p-who\n" in words(lesson.root)


def test_bringing_it_twice_changes_nothing_more(lesson: Editor):
    lesson.writes("Ask the owner.", "Ask the owner first.")
    lesson.adds("An added word.", after="tiny-p-who")
    lesson.brings()
    before = words(lesson.root)
    assert lesson.brings().changes == ()
    assert words(lesson.root) == before


def test_a_check_is_brought_back_without_what_is_generated_in_it(check: Editor):
    before = words(check.root, CHECK)
    check.writes("Some days later.", "A week later.")
    check.moves("tiny-return", after="Question 1")
    brought = check.brings()
    after = words(check.root, CHECK)
    assert "Question" not in after
    assert after == ("A short check.\n\n:::{item} tiny-return\n:::\n\n:::{item} tiny-owner\n:::\n\nA week later.\n")
    assert before != after
    assert len(brought.changes) == 2


def test_what_is_generated_is_not_brought_and_it_is_said_where_to_edit(lesson: Editor, check: Editor):
    before = words(lesson.root), words(lesson.root, CHECK)
    lesson.writes("# Lending a ladder", "# Borrowing a ladder")
    lesson.writes("- Get a ladder back.", "- Get it back.")
    lesson.writes("When you're ready", "As soon as you can")
    lesson.writes("- Emergency: **911**", "- Emergency: **112**")
    assert [problem.remedy for problem in lesson.brings().left] == [
        "Edit the module's 'title' or minutes in course/course.yml.",
        "Edit the module's 'objectives' in course/course.yml.",
        "Its minutes are in course/course.yml; its words are the same in every lesson: ask a developer.",
        "Edit 'help' in course/course.yml.",
    ]
    check.writes("Look back over", "Look over")
    (problem,) = check.brings().left
    assert "## When you have finished" in problem.what
    assert (words(lesson.root), words(lesson.root, CHECK)) == before


def test_code_and_calls_that_have_no_place_are_left_and_said(lesson: Editor):
    before = words(lesson.root)
    lesson.adds("print(1)", after="tiny-p-who", type="code")
    lesson.adds('import casebook; casebook.item("tiny", "tiny-owner")', after="tiny-p-who", type="code")
    lesson.adds('import casebook; casebook.practice("other", "x")', after="tiny-p-who", type="code")
    lesson.adds("", after="tiny-p-who", type="code")
    assert len(lesson.brings().left) == 3
    assert words(lesson.root) == before


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<b>Ask</b>", "Course texts don't use HTML"),
        ("    code", "Trainees never see code"),
        ("Words.\n\n# A title", "The title comes from"),
        (":::{practice} tiny-p-who\n:::", "There's a directive among the words"),
        ("![](attachment:x.png)", "There's a picture in"),
    ],
)
def test_words_that_a_text_may_not_have_are_said_and_nothing_is_brought(lesson: Editor, source: str, said: str):
    before = words(lesson.root)
    lesson.writes("Ladders are *lent*.", "Ladders are lent.")
    lesson.adds(f"Well.\n\n{source}", after="tiny-p-who")
    with pytest.raises(BadContent) as bad:
        lesson.brings()
    (problem,) = bad.value.problems
    assert said in problem.what
    assert "9c0ffee" in lesson.path.read_text().splitlines()[problem.line - 1]
    assert words(lesson.root) == before


def test_a_text_that_was_changed_meanwhile_is_kept(lesson: Editor, author: Author):
    author.writes(LESSON, "Ask the owner.", "Ask Ada.")
    lesson.writes("Ladders are *lent*.", "Ladders are lent.")
    lesson.brings()
    assert "Ladders are lent.\n" in words(lesson.root)
    assert "Ask Ada.\n" in words(lesson.root)
    assert "Ask the owner." not in words(lesson.root)


def test_words_that_were_changed_on_both_sides_are_for_the_author_to_settle(lesson: Editor, author: Author):
    author.writes(LESSON, "Ask the owner.", "Ask Ada.")
    before = words(lesson.root)
    lesson.writes("Ask the owner.", "Ask them.")
    with pytest.raises(BadContent, match="changed since this notebook was made, and so has this cell"):
        lesson.brings()
    assert words(lesson.root) == before


def test_other_line_ends_are_kept(lesson: Editor):
    path = lesson.root / LESSON
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    lesson.writes("Ask the owner.", "Ask the owner.\n\nThen wait.")
    lesson.moves("tiny-p-who", after="tiny-p-which")
    lesson.brings()
    assert b"Ask the owner.\r\n\r\nThen wait.\r\n" in path.read_bytes()
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")


def test_a_last_line_without_an_end_is_no_trouble(lesson: Editor):
    path = lesson.root / LESSON
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    lesson.adds("The end.", after='partners("tiny")')
    lesson.brings()
    assert path.read_bytes().endswith(b":::{partners}\n:::\n\nThe end.\n")


def test_a_draft_is_brought_back_too(lesson: Editor, author: Author):
    author.writes(COURSE, "ready: true", "ready: false")
    lesson.writes("Ask the owner.", "Ask them.")
    assert len(lesson.brings().changes) == 1


def test_the_start_page_is_brought_back_too(small: Path, tmp_path: Path):
    start = Editor(small, small / "course/modules/00-start.ipynb", tmp_path / "copy.ipynb")
    before = words(small, "course/content/start/lesson.md")
    start.writes("Welcome.", "Come in.")
    start.brings()
    assert words(small, "course/content/start/lesson.md") == before.replace("Welcome.", "Come in.")


def test_a_check_that_places_what_is_not_there_is_said_first(check: Editor, author: Author):
    author.writes(CHECK, "tiny-owner", "tiny-ower")
    with pytest.raises(BadContent, match="no item called 'tiny-ower'"):
        check.brings()


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"\xff", b'{"metadata": {"casebook": {"role": "x"}}, "cells": []}']
)
def test_what_is_no_notebook_of_the_course_is_refused(small: Path, tmp_path: Path, data: bytes):
    path = tmp_path / "copy.ipynb"
    path.write_bytes(data)
    with pytest.raises(BadContent, match="isn't a notebook of the course"):
        back.bring(small, path)
    with pytest.raises(BadContent, match="doesn't exist"):
        back.bring(small, tmp_path / "other.ipynb")


def test_a_text_that_would_not_come_out_whole_is_left_as_it_is(lesson: Editor, monkeypatch: pytest.MonkeyPatch):
    before = words(lesson.root)
    lesson.writes("Ask the owner.", "Ask them.")
    monkeypatch.setattr(merge, "merged", lambda *_: Merged("Ask them.\n", (), ()))
    with pytest.raises(Refused, match="wouldn't come out whole"):
        lesson.brings()
    assert words(lesson.root) == before
