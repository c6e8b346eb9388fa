from __future__ import annotations

import pytest

from authoring import course
from authoring.course import Course
from authoring.markup import Placed, Words
from authoring.problems import BadContent, Problem
from casebook.kinds import KINDS
from tests.authoring.author import (
    BANK,
    CHECK,
    COURSE,
    LESSON,
    PLAN,
    POINTS,
    PRACTICE,
    START,
    STORY,
    Author,
    Slip,
)

TEXTS = (LESSON, CHECK, START)
DATA = (COURSE, POINTS, PRACTICE, STORY, PLAN, BANK)

SLIPS = [
    Slip(COURSE, "pass_mark: 0.5", "pass_mark: half", "'pass_mark' should be a number", "pass_mark: half"),
    Slip(COURSE, "ready: true", "ready: perhaps", "'ready' should be true or false", "ready: perhaps"),
    Slip(POINTS, "    name: It comes back\n", "", "'name' is missing here", "id: ladder-back"),
    Slip(PLAN, "unsafe: 1", "unsafe: one", "'unsafe' should be a whole number", "unsafe: one"),
    Slip(STORY, "minutes: 1", "minutes: two", "'minutes' should be a whole number", "minutes: two"),
    Slip(BANK, "format_version: 1", "format_version: 2", "'format_version' isn't 1", "format_version: 2"),
    Slip(BANK, "format_version: 1\n", "", "'format_version' isn't 1", "items:"),
    Slip(BANK, "items:", "notes: x\nitems:", "'notes' isn't a key here", "notes: x"),
    Slip(BANK, "kind: single", "kind: signle", "Item 1 has no known 'kind'", "kind: signle"),
    Slip(BANK, "    kind: single\n", "", "Item 1 has no known 'kind'", "id: tiny-owner"),
    Slip(BANK, "kind: single", "kind: [single]", "Item 1 has no known 'kind'", "kind: [single]"),
    Slip(BANK, "  - id: tiny-return", "  - words\n  - id: tiny-return", "Item 2 has no known 'kind'", "- words"),
    Slip(BANK, "stem: Who", "stam: Who", "'stem' is missing here", "id: tiny-owner"),
    Slip(BANK, "        right: true\n", "", "tiny-owner: exactly one option must", "id: tiny-owner"),
    Slip(PRACTICE, "right: true", "right: false", "tiny-p-who: exactly one option must", "id: tiny-p-who"),
    Slip(LESSON, "Ask the owner.", "<div>Ask</div>", "Course texts don't use HTML", "<div>"),
    Slip(CHECK, "A short check.", "# A short check.", "The title comes from course.yml", "# A short"),
    Slip(START, "{modules}", "{moduls}", "'{moduls}' can't be placed", "{moduls}"),
]


@pytest.fixture
def tiny(author: Author) -> Course:
    return author.course()


def test_the_whole_course_is_read(tiny: Course, author: Author):
    module, final = tiny.modules
    assert tiny.root == author.root
    assert (tiny.about.title, tiny.about.pass_mark) == ("A tiny course", 0.5)
    assert list(tiny.points) == ["ladder-asks", "ladder-back"]
    assert (module.slug, module.number, module.entry.check_minutes) == ("tiny", 2, 5)
    assert [item.id for item in module.practice.items] == ["tiny-p-who", "tiny-p-which"]
    assert [item.id for item in module.bank.items] == ["tiny-owner", "tiny-return"]
    assert [piece.id for piece in module.check if isinstance(piece, Placed)] == ["tiny-owner", "tiny-return"]
    assert isinstance(module.lesson[0], Words)
    assert tiny.pages["start"].text[1:] == tuple(
        Placed(line, name, "") for line, name in ((3, "review"), (6, "modules"), (9, "aids"), (12, "certificate"))
    )
    (scenario,) = module.scenarios
    assert (scenario.story.id, len(scenario.walks)) == ("the-ladder", 4)
    assert (final.slug, final.has_lesson, final.lesson, final.practice.items) == ("last", False, (), ())
    assert {slot: [item.id for item in variants] for slot, variants in final.slots().items()} == {
        "last-ask": ["last-ask-a", "last-ask-b"],
        "last-back": ["last-back-a", "last-back-b"],
    }


def test_the_capstone_has_a_lesson_and_needs_no_practice_items(author: Author):
    author.writes(COURSE, "part: final", "part: capstone")
    folder = author.root / "course/content/last"
    (problem,) = author.read_problems()
    assert (problem.file, problem.what) == (folder / "lesson.md", "This file is missing.")
    (folder / "lesson.md").write_text("Look back.\n", encoding="utf-8")
    _, last = author.course().modules
    assert (last.has_lesson, len(last.lesson), last.practice.items) == (True, 1, ())


def test_items_are_of_their_own_kinds(tiny: Course):
    for items in tiny.item_files():
        assert all(type(item) is KINDS[item.kind].record for item in items.items)
    assert len(list(tiny.item_files())) == 3 * len(tiny.modules)


def test_a_module_that_is_not_ready_is_not_read(author: Author):
    author.writes(COURSE, "ready: true", "ready: false")
    (author.root / BANK).unlink()
    assert [module.slug for module in author.course().modules] == ["last"]


def test_a_draft_is_read_alone_where_it_is_asked_for(author: Author):
    whole = author.course().modules[0]
    author.writes(COURSE, "ready: true", "ready: false")
    (module,) = course.read(author.root, only="tiny").modules
    assert module.entry.ready is False
    assert (module.number, module.lesson, module.check) == (whole.number, whole.lesson, whole.check)
    assert [item.id for item in module.bank.items] == [item.id for item in whole.bank.items]


def test_a_module_that_is_not_listed_is_said_with_those_that_are(author: Author):
    with pytest.raises(BadContent) as bad:
        course.read(author.root, only="tny")
    (problem,) = bad.value.problems
    assert (problem.file, problem.line) == (author.root / COURSE, author.line(COURSE, "modules:"))
    assert (problem.what, problem.remedy) == ("There's no module 'tny'.", "Name one of: later, tiny, last.")


@pytest.mark.parametrize("file", [PRACTICE, BANK, STORY])
def test_a_file_is_read_alone_whatever_else_is_broken(author: Author, file: str):
    for other in {LESSON, CHECK, PRACTICE, BANK, PLAN, STORY} - {file, *((PLAN,) if file == STORY else ())}:
        (author.root / other).unlink()
    found, problems = course.excerpt(author.root, "tiny", author.root / file)
    assert problems == []
    assert found is not None
    (module,) = found.modules
    shown = [*module.practice.items, *module.bank.items, *(one.story for one in module.scenarios)]
    assert [one.id for one in shown] == {
        PRACTICE: ["tiny-p-who", "tiny-p-which"],
        BANK: ["tiny-owner", "tiny-return"],
        STORY: ["the-ladder"],
    }[file]


def test_of_a_file_that_cannot_be_read_there_is_no_excerpt(author: Author):
    (author.root / BANK).write_text("items: [", encoding="utf-8")
    found, problems = course.excerpt(author.root, "tiny", author.root / BANK)
    assert found is None
    assert [problem.file for problem in problems] == [author.root / BANK]


def test_a_module_keeps_its_number_in_the_list(tiny: Course):
    assert [module.number for module in tiny.modules] == [2, 3]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.file.rpartition('/')[2]}: {slip}")
def test_a_slip_is_named_with_its_line(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = [problem for problem in author.read_problems() if slip.said in problem.what]
    author.is_told(problem, slip)


def test_scenarios_are_found_and_never_listed(author: Author):
    (author.root / STORY).unlink()
    assert author.course().modules[0].scenarios == ()


@pytest.mark.parametrize("file", sorted({*TEXTS, *DATA} - {STORY}))
def test_a_file_that_is_missing_is_named(author: Author, file: str):
    (author.root / file).unlink()
    assert author.read_problems() == [
        Problem(author.root / file, 1, "This file is missing.", "Create it; see CONTRIBUTING.md.")
    ]


@pytest.mark.parametrize("file", TEXTS + DATA)
def test_a_file_that_is_not_utf8_is_named(author: Author, file: str):
    path = author.root / file
    path.write_bytes(path.read_bytes() + "# Größe\n".encode("cp1252"))
    (problem,) = author.read_problems()
    assert (problem.file, problem.line) == (path, 1)


@pytest.mark.parametrize("file", DATA)
def test_a_file_that_is_not_yaml_is_named(author: Author, file: str):
    path = author.root / file
    path.write_text("a: [1\n", encoding="utf-8")
    assert [problem.file for problem in author.read_problems()] == [path]


def test_items_that_are_no_list_are_named(author: Author):
    (author.root / BANK).write_text("format_version: 1\nitems: 5\n", encoding="utf-8")
    (problem,) = author.read_problems()
    assert (problem.line, problem.what) == (2, "'items' should be a list.")


def test_every_problem_of_every_file_is_said_at_once(author: Author):
    slips = [slip for n, slip in enumerate(SLIPS) if slip.file not in {earlier.file for earlier in SLIPS[:n]}]
    for slip in slips:
        author.makes(slip)
    with pytest.raises(BadContent) as bad:
        course.read(author.root)
    said = {(problem.file, problem.what) for problem in bad.value.problems}
    # Without a list of modules, no module is read.
    read = [slip for slip in slips if slip.file in (COURSE, POINTS, START)]
    assert len(said) == len(read)
    author.writes(COURSE, "pass_mark: half", "pass_mark: 0.5")
    assert {problem.file for problem in author.read_problems()} == {
        author.root / slip.file for slip in slips if slip.file != COURSE
    }


def test_a_plan_is_no_scenario(tiny: Course):
    assert [scenario.file.path.name for scenario in tiny.modules[0].scenarios] == ["the-ladder.yml"]
    assert [scenario.plan_file.path.name for scenario in tiny.modules[0].scenarios] == ["the-ladder.plan.yml"]
