from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring import yamlfile
from authoring.problems import BadContent, Problem
from authoring.yamlfile import Place, YamlFile

SOURCE = """\
format_version: 1
# a comment
items:
  - id: a
    text: >-
      One
      two.
    points: [x, y]
  - id: b
    nested:
      deep: true
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.yml"


def read(path: Path, source: str | bytes) -> YamlFile:
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return yamlfile.read(path)


def problem(path: Path, source: str | bytes) -> Problem:
    with pytest.raises(BadContent) as bad:
        read(path, source)
    (found,) = bad.value.problems
    assert found.file == path
    assert found.remedy.endswith(".")
    return found


def test_a_file_is_read_as_plain_data(path: Path):
    data = read(path, SOURCE).data
    assert data == {
        "format_version": 1,
        "items": [
            {"id": "a", "text": "One two.", "points": ["x", "y"]},
            {"id": "b", "nested": {"deep": True}},
        ],
    }
    assert type(data) is dict
    assert type(data["items"]) is list
    assert type(data["items"][0]["text"]) is str


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("format_version",), 1),
        (("items",), 3),
        (("items", 0), 4),
        (("items", 0, "text"), 5),
        (("items", 0, "points"), 8),
        (("items", 0, "points", 1), 8),
        (("items", 1), 9),
        (("items", 1, "nested", "deep"), 11),
    ],
)
def test_everything_has_its_line(path: Path, place: Place, line: int):
    assert read(path, SOURCE).line(place) == line


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("nothing",), 1),
        (("items", 1, "nothing"), 9),
        (("items", 9), 3),
        (("items", "text"), 3),
        (("items", 0, "id", "deeper"), 4),
    ],
)
def test_what_is_not_there_has_the_line_of_what_it_should_be_in(path: Path, place: Place, line: int):
    assert read(path, SOURCE).line(place) == line


def test_a_problem_stands_in_its_file_on_its_line(path: Path):
    file = read(path, SOURCE)
    assert file.problem(("items", 1, "id"), "Wrong.", "Mend it.") == Problem(path, 9, "Wrong.", "Mend it.")


def test_a_missing_file_is_named(path: Path):
    with pytest.raises(BadContent) as bad:
        yamlfile.read(path)
    (problem,) = bad.value.problems
    assert (problem.file, problem.line, problem.what) == (path, 1, "This file is missing.")


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("a: 1\nb: [1\n", 3, "isn't YAML"),
        ("a: 1\na: 2\n", 2, "duplicate"),
        ("a: 1\n b: 2\n", 2, "isn't YAML"),
        ("a: b: c\n", 1, "isn't YAML"),
        ("a: 'x\n", 2, "isn't YAML"),
        ("a:\n\t- x\n", 2, "isn't YAML"),
        ("a: *nothing\n", 1, "isn't YAML"),
        ("a: 1\n---\nb: 1\n", 2, "isn't YAML"),
        ("a: \x07\n", 1, "isn't YAML"),
        ("a: &a [*a]\n", 1, "contains itself"),
        ("a: 1\n? [b]\n: c\n", 2, "a key has to be text"),
        ("a: !!int x\n", 1, "doesn't match its tag"),
        (b"a: \xff\n", 1, "isn't UTF-8"),
        ("", 1, "doesn't have any keys"),
        ("# only a comment\n", 1, "doesn't have any keys"),
        ("- a\n- b\n", 1, "doesn't have any keys"),
        ("words\n", 1, "doesn't have any keys"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(path: Path, source: str | bytes, line: int, said: str):
    found = problem(path, source)
    assert said in found.what
    assert found.line == line


_LINES = st.lists(
    st.sampled_from(
        ["a:", "b: 1", "- x", "  c: [1, {d: e}]", "  - y", "? z", ": w", "2026-02-30: f", "<<: *h", "i: &h {}"]
    )
    | st.text(max_size=12),
    max_size=6,
).map("\n".join)


@given(_LINES)
def test_any_text_is_read_or_refused_in_plain_words(tmp_path_factory: pytest.TempPathFactory, source: str):
    path = tmp_path_factory.getbasetemp() / "any.yml"
    path.write_text(source, encoding="utf-8", errors="replace")
    try:
        file = yamlfile.read(path)
    except BadContent:
        return
    assert isinstance(file.data, dict)
