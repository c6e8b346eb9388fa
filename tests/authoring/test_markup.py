from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring import markup
from authoring.markup import DIRECTIVES, NAMELESS, Piece, Placed, Words
from authoring.problems import BadContent, Problem


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lesson.md"


def pieces(path: Path, source: str, kind: str = "lesson") -> list[Piece]:
    path.write_text(source, encoding="utf-8")
    return markup.read(path, kind)


def problems(path: Path, source: str, kind: str = "lesson") -> list[Problem]:
    with pytest.raises(BadContent) as bad:
        pieces(path, source, kind)
    for problem in bad.value.problems:
        assert problem.file == path
        assert problem.remedy.endswith(".")
    return bad.value.problems


def test_a_text_without_headings_is_one_piece(path: Path):
    assert pieces(path, "One.\n\nTwo.\n") == [Words(1, "One.\n\nTwo.")]


def test_an_empty_text_has_no_pieces(path: Path):
    assert pieces(path, "\n\n") == []


def test_a_heading_begins_a_piece(path: Path):
    assert pieces(path, "Before.\n\n## One\n\nWords.\n\n### Deeper\n\n## Two\n") == [
        Words(1, "Before."),
        Words(3, "## One\n\nWords.\n\n### Deeper"),
        Words(9, "## Two"),
    ]


def test_what_is_placed_stands_between_the_words_round_it(path: Path):
    assert pieces(path, "Before.\n\n:::{practice} one\n:::\n\nAfter.\n\n:::{scenario} two\n:::\n") == [
        Words(1, "Before."),
        Placed(3, "practice", "one"),
        Words(6, "After."),
        Placed(8, "scenario", "two"),
    ]


def test_a_directive_stands_under_words_without_an_empty_line(path: Path):
    assert pieces(path, "Before.\n:::{practice} one\n:::\nAfter.") == [
        Words(1, "Before."),
        Placed(2, "practice", "one"),
        Words(4, "After."),
    ]


def test_what_a_part_teaches_stands_with_its_words_and_is_not_shown(path: Path):
    assert pieces(path, "## One\n\n:::{teaches} a b\n:::\n\n:::{teaches} c\n:::\n\nWords.\n\n## Two\n") == [
        Words(1, "## One\n\n\n\n\n\n\n\nWords.", ("a", "b", "c")),
        Words(11, "## Two"),
    ]


def test_what_a_part_teaches_ends_with_the_part(path: Path):
    assert pieces(path, "## One\n\n:::{teaches} a\n:::\n\n:::{practice} p\n:::\n\nAfter.\n") == [
        Words(1, "## One", ("a",)),
        Placed(6, "practice", "p"),
        Words(9, "After."),
    ]


def test_a_longer_fence_is_a_directive_too(path: Path):
    assert pieces(path, "::::{practice}   one  \n::::\n") == [Placed(1, "practice", "one")]


def test_a_list_of_modules_needs_no_name(path: Path):
    assert pieces(path, "Welcome.\n\n:::{modules}\n:::\n", "start") == [Words(1, "Welcome."), Placed(3, "modules", "")]


def test_a_list_of_partners_needs_no_name(path: Path):
    assert pieces(path, ":::{partners}\n:::\n") == [Placed(1, "partners", "")]


def test_tables_lists_and_links_are_words(path: Path):
    source = "| a | b |\n|---|---|\n| c | d |\n\n- e\n- [f](https://a.b)\n\n> g"
    assert pieces(path, source) == [Words(1, source)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_ends_of_lines_do_not_matter(path: Path, end: str):
    path.write_bytes(f"One.{end}{end}:::{{practice}} p{end}:::{end}".encode())
    assert markup.read(path, "lesson") == [Words(1, "One."), Placed(3, "practice", "p")]


@pytest.mark.parametrize("separator", ["\u2028", "\x0b", "\x0c", "\x85"])
def test_a_stray_separator_from_another_program_moves_nothing(path: Path, separator: str):
    source = f"Pasted{separator}words.\n\n:::{{practice}} p\n:::\n\nAfter.\n"
    assert pieces(path, source) == [
        Words(1, f"Pasted{separator}words."),
        Placed(3, "practice", "p"),
        Words(6, "After."),
    ]


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("One.\n\n<div>x</div>\n", 3, "Course texts don't use HTML"),
        ("<!-- x -->\n", 1, "Course texts don't use HTML"),
        ("One.\n\n```\ncode\n```\n", 3, "never see code"),
        ("~~~\ncode\n~~~\n", 1, "never see code"),
        ("One.\n\n    code\n", 3, "never see code"),
        ("One.\n\n# Title\n", 3, "title comes from course.yml"),
        ("Title\n=====\n", 1, "title comes from course.yml"),
        ("One.\n\n:::{picture} x\n:::\n", 3, "'{picture} x' can't be placed here"),
        ("::: practice x\n:::\n", 1, "'practice x' can't be placed here"),
        (":::{item} x\n:::\n", 1, "'{item} x' can't be placed"),
        (":::{practice} x\nwords\n:::\n", 1, "'practice' can't have text inside it"),
        ("One.\n\n:::{practice}\n:::\n", 3, "'practice' doesn't say which"),
        ("One.\n\n:::{partners} x\n:::\n", 3, "'partners' doesn't take a name"),
        (":::{practice} x\n\nwords that are never shown\n", 1, "'practice' can't have text inside it"),
    ],
)
def test_what_a_text_cannot_hold_is_said_with_its_line(path: Path, source: str, line: int, what: str):
    (problem,) = problems(path, source)
    assert problem.line == line
    assert what in problem.what


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("One <b>bold</b> word.\n", 1, "Course texts don't use HTML"),
        ("One.\n\n- two\n\n  <div>x</div>\n", 5, "Course texts don't use HTML"),
        ("One.\n\n> <div>x</div>\n", 3, "Course texts don't use HTML"),
        ("- two\n\n  ```\n  code\n  ```\n", 3, "never see code"),
        ("One.\n\n- :::{practice} x\n  :::\n", 3, "practice"),
        ("One.\n\n> # Title\n", 3, "title comes from course.yml"),
    ],
    ids=[
        "html in words",
        "html in a list",
        "html in a quote",
        "code in a list",
        "directive in a list",
        "title in a quote",
    ],
)
def test_what_a_text_cannot_hold_is_said_however_deep_it_stands(path: Path, source: str, line: int, what: str):
    (problem,) = problems(path, source)
    assert problem.line == line
    assert what in problem.what


def test_everything_wrong_is_said_at_once(path: Path):
    found = problems(path, "# Title\n\n```\ncode\n```\n\n:::{x} y\n:::\n")
    assert [problem.line for problem in found] == [1, 3, 7]


@pytest.mark.parametrize("kind", DIRECTIVES)
def test_each_kind_of_text_says_what_it_can_hold(path: Path, kind: str):
    (problem,) = problems(path, ":::{nonsense} x\n:::\n", kind)
    assert all(name in problem.remedy for name in DIRECTIVES[kind])


@pytest.mark.parametrize("kind", DIRECTIVES)
def test_each_kind_of_text_can_hold_what_it_says(path: Path, kind: str):
    for name in DIRECTIVES[kind] - {"teaches"}:
        which = "" if name in NAMELESS else "x"
        assert pieces(path, f":::{{{name}}} {which}\n:::\n", kind) == [Placed(1, name, which)]


def test_a_missing_text_is_named(path: Path):
    with pytest.raises(BadContent) as bad:
        markup.read(path, "lesson")
    (problem,) = bad.value.problems
    assert (problem.file, problem.line, problem.what) == (path, 1, "This file is missing.")


def test_a_text_that_is_not_utf8_is_named(path: Path):
    path.write_bytes("Größe\n".encode("cp1252"))
    with pytest.raises(BadContent) as bad:
        markup.read(path, "lesson")
    (problem,) = bad.value.problems
    assert "UTF-8" in problem.what


_LINES = st.sampled_from(["## Head", "", "Words.", "- point", ":::{practice} p\n:::", ":::{teaches} t\n:::", "> quote"])


@given(st.lists(_LINES, max_size=10))
def test_no_words_are_lost_and_none_told_twice(tmp_path_factory: pytest.TempPathFactory, lines: list[str]):
    path = tmp_path_factory.getbasetemp() / "any.md"
    found = pieces(path, "\n\n".join(lines))
    shown = [line for piece in found if isinstance(piece, Words) for line in piece.source.splitlines() if line]
    assert shown == [line for line in lines if line and ":::" not in line]
    assert len([piece for piece in found if isinstance(piece, Placed)]) == sum("practice" in line for line in lines)
    starts = [piece.line for piece in found]
    assert starts == sorted(starts)
