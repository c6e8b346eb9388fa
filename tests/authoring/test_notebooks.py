from __future__ import annotations

import json
import re
from typing import Any

import nbformat
import pytest
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

from authoring import notebooks
from authoring.course import GLOSSARY, PAGES, Course
from authoring.rules import links
from tests.authoring.author import CHECK, COURSE, LESSON, Author

Notebook = dict[str, Any]
ROLES = ("start", "refresher", "lesson", "check")


def made(course: Course, role: str) -> bytes:
    return notebooks.page(course, role) if role in PAGES else getattr(notebooks, role)(course, course.modules[0])


def notebook(author: Author, role: str) -> Notebook:
    data: Notebook = json.loads(made(author.course(), role))
    return data


def sources(cells: list[dict[str, Any]]) -> list[str]:
    return ["".join(cell["source"]) for cell in cells]


def graded(author: Author) -> list[dict[str, Any]]:
    cells = notebook(author, "check")["cells"]
    return [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]


each_role = pytest.mark.parametrize("role", ROLES)


@each_role
def test_a_notebook_is_valid(author: Author, role: str):
    nbformat.validate(nbformat.reads(made(author.course(), role).decode(), as_version=4))


@each_role
def test_the_same_text_gives_the_same_bytes(author: Author, role: str):
    assert made(author.course(), role) == made(author.course(), role)


@each_role
def test_a_notebook_is_marked_as_the_courses_own(author: Author, role: str):
    metadata = notebook(author, role)["metadata"]
    module = role if role in PAGES else "tiny"
    assert metadata["casebook"] == {"format_version": 1, "module": module, "role": role}
    assert metadata["kernelspec"]["name"] == "casebook"
    assert metadata["title"] == "A tiny course"


@each_role
def test_no_cell_can_be_changed_or_deleted(author: Author, role: str):
    for cell in notebook(author, role)["cells"]:
        assert cell["metadata"]["editable"] is False
        assert cell["metadata"]["deletable"] is False


@each_role
def test_every_cell_has_an_id_of_its_own(author: Author, role: str):
    ids = [cell["id"] for cell in notebook(author, role)["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", id) for id in ids)


def test_cells_of_the_same_words_have_ids_of_their_own(author: Author):
    author.writes(LESSON, "## A story", "## Asking\n\n:::{practice} tiny-p-who\n:::\n\n## A story")
    ids = [cell["id"] for cell in notebook(author, "lesson")["cells"]]
    assert len(set(ids)) == len(ids)


def test_an_id_follows_its_words_and_not_its_place(author: Author):
    before = {cell["id"] for cell in notebook(author, "lesson")["cells"]}
    author.writes(LESSON, "## Asking", "## New\n\nNew words.\n\n## Asking")
    after = {cell["id"] for cell in notebook(author, "lesson")["cells"]}
    assert before < after
    assert len(after - before) == 1


@each_role
def test_code_is_one_line_that_calls_the_course_and_is_hidden(author: Author, role: str):
    for cell in notebook(author, role)["cells"]:
        if cell["cell_type"] == "code":
            assert re.fullmatch(r'import casebook; casebook\.\w+\(("tiny"(, "[\w-]+")?)?\)\n?', cell["source"][0])
            assert cell["metadata"]["jupyter"] == {"source_hidden": True}
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


HELP = "---\n\n**If you need help, or somebody you serve does:**\n\n- Emergency: **911**"


def test_every_page_ends_with_who_to_turn_to_and_a_course_may_name_nobody(author: Author):
    for role in ("lesson", "start", "refresher"):
        assert sources(notebook(author, role)["cells"])[-1] == HELP
    assert sources(notebook(author, "check")["cells"])[-2] == HELP  # before the instructor's comments
    author.writes(COURSE, "help:\n  - {who: Emergency, how: '911'}\n", "")
    assert HELP not in sources(notebook(author, "lesson")["cells"])


def test_a_lesson_holds_its_text_and_what_is_placed_in_it_in_order(author: Author):
    assert sources(notebook(author, "lesson")["cells"])[:-2] == [
        "# Lending a ladder\n\n*About 5 minutes, 1 of them reading. Nothing in it is graded.*",
        'import casebook; casebook.opening("tiny")',
        "**After this lesson, you can:**\n\n- Find out who asks for a ladder.\n- Get a ladder back.",
        "Ladders are *lent*.",
        "## Asking\n\n\n\n\nAsk the owner.",
        'import casebook; casebook.practice("tiny", "tiny-p-who")',
        'import casebook; casebook.practice("tiny", "tiny-p-which")',
        "## A story",
        'import casebook; casebook.scenario("tiny", "the-ladder")',
        'import casebook; casebook.aid("tiny", "ladder-card")',
        "## Your neighbours",
        'import casebook; casebook.partners("tiny")',
    ]


def test_a_lesson_leads_to_its_check(author: Author):
    last = sources(notebook(author, "lesson")["cells"])[-2]
    assert "(tiny/tiny-check.ipynb)" in last
    assert "5 minutes" in last


def test_a_part_says_what_it_teaches(author: Author):
    teaching = [cell for cell in notebook(author, "lesson")["cells"] if "casebook" in cell["metadata"]]
    assert [(cell["source"][0], cell["metadata"]["casebook"]) for cell in teaching] == [
        ("## Asking\n", {"teaches": ["ladder-asks", "ladder-back"]})
    ]


def test_nothing_in_a_lesson_is_graded(author: Author):
    assert not any("nbgrader" in cell["metadata"] for cell in notebook(author, "lesson")["cells"])
    assert b"HIDDEN" not in made(author.course(), "lesson")


def test_a_check_holds_its_text_and_its_questions_in_order(author: Author):
    words = [source.split("\n### BEGIN")[0] for source in sources(notebook(author, "check")["cells"])]
    assert words[:8] == [
        "# Check: Lending a ladder\n\n*About 5 minutes.*",
        'import casebook; casebook.opening("tiny")',
        "A short check.",
        "## Question 1 of 2",
        'import casebook; casebook.item("tiny", "tiny-owner")',
        "Some days later.",
        "## Question 2 of 2",
        'import casebook; casebook.item("tiny", "tiny-return")',
    ]
    assert "When you have finished" in words[8]
    assert words[9] == 'import casebook; casebook.handing_in("tiny")'
    assert words[10] == HELP
    assert "Comments on the whole check" in words[11]
    assert len(words) == 12


def test_questions_stand_a_level_under_the_section_they_are_in(author: Author):
    author.writes(CHECK, "Some days later.", "## Some days later")
    headings = [source for source in sources(notebook(author, "check")["cells"]) if "Question" in source]
    assert headings[:2] == ["## Question 1 of 2", "### Question 2 of 2"]


def test_questions_follow_the_text_and_not_the_bank(author: Author):
    author.writes(CHECK, ":::{item} tiny-owner\n:::\n\nSome days later.\n\n:::{item} tiny-return\n:::\n",
                  ":::{item} tiny-return\n:::\n\n:::{item} tiny-owner\n:::\n")  # fmt: skip
    assert [cell["id"] for cell in graded(author)] == ["tiny-return", "tiny-owner"]


def test_each_item_is_a_grade_cell_with_its_marks(author: Author):
    assert [(cell["id"], cell["metadata"]["nbgrader"]) for cell in graded(author)] == [
        (
            id,
            {
                "grade": True,
                "grade_id": id,
                "locked": True,
                "points": points,
                "schema_version": 3,
                "solution": False,
                "task": False,
            },
        )
        for id, points in (("tiny-owner", 2), ("tiny-return", 3))
    ]


def test_a_hidden_test_is_one_call_that_scores_the_item(author: Author):
    for cell in graded(author):
        _, begin, test, end = (line.rstrip("\n") for line in cell["source"])
        assert (begin, end) == ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
        assert test == f'import grading; grading.score("tiny", "{cell["id"]}")'


def test_an_instructor_can_comment_on_the_whole_check(author: Author):
    *_, comments = notebook(author, "check")["cells"]
    nbgrader = comments["metadata"]["nbgrader"]
    assert (nbgrader["grade_id"], nbgrader["task"], nbgrader["points"]) == ("tiny-comments", True, 0)
    assert nbgrader["grade"] is False


def test_nbgrader_finds_its_metadata_valid(author: Author):
    MetadataValidatorV3().validate_nb(nbformat.reads(made(author.course(), "check").decode(), as_version=4))


def test_words_for_the_page_alone_are_marked(author: Author):
    marked = [cell for cell in notebook(author, "check")["cells"] if cell["metadata"].get("casebook")]
    assert [cell["metadata"]["casebook"] for cell in marked] == [{"page_only": True}] * 4
    assert [cell["source"][0].strip() for cell in marked] == [
        "# Check: Lending a ladder",
        "A short check.",
        "## When you have finished",
        "---",
    ]


def test_the_start_page_holds_its_text_the_list_of_modules_and_the_job_aids(author: Author):
    assert sources(notebook(author, "start")["cells"])[:-1] == [
        "# A tiny course\n\n*Only tests use it*",
        "Welcome.",
        "import casebook; casebook.review()",
        "import casebook; casebook.modules()",
        "import casebook; casebook.aids()",
        "import casebook; casebook.certificate()",
    ]


def test_json_is_written_in_one_way():
    assert notebooks.as_json({"b": "ä", "a": [1, True]}) == ('{\n "a": [\n  1,\n  true\n ],\n "b": "ä"\n}\n'.encode())


def test_a_course_may_have_a_glossary_and_link_its_terms(author: Author):
    assert GLOSSARY not in author.course().pages
    page = author.root / "course/content/glossary/lesson.md"
    page.parent.mkdir()
    page.write_text("Words.\n\n### Long ladder\n\nOne of twenty rungs.\n", encoding="utf-8")
    assert sources(notebook(author, GLOSSARY)["cells"])[0] == "# What the words mean"
    author.writes(LESSON, "Ask the owner.", "Ask for the [long ladder](glossary.ipynb#Long-ladder).")
    assert author.problems(links.check) == []
    author.writes(LESSON, "#Long-ladder", "#Short-ladder")
    assert [problem.what for problem in author.problems(links.check)] == ["The glossary has no 'Short-ladder'."]
