from __future__ import annotations

import pytest
from yaml import MarkedYAMLError

from grading import yaml12


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("1", 1),
        ("0.5", 0.5),
        ("'1'", "1"),
        ("|\n  a\n  b\n", "a\nb\n"),
        ("2026-02-03", "2026-02-03"),
        ("2026-02-30", "2026-02-30"),
        ("0o17", 15),
        ("-.inf", float("-inf")),
        ("1e3", 1000.0),
        ("12:30", "12:30"),
        ("010", 10),
    ],
)
def test_values_are_what_authors_mean(written: str, meant: object):
    value = yaml12.load(f"key: {written}")["key"]
    assert value == meant
    assert type(value) is type(meant)


def test_keys_are_text():
    assert yaml12.load("2: a\ntrue: b\n") == {"2": "a", "True": "b"}


def test_not_a_number_is_read_too():
    assert str(yaml12.load("key: .nan")["key"]) == "nan"


def test_nothing_is_nothing():
    assert yaml12.load("") is None
    assert yaml12.load("# a comment") is None


def test_an_alias_is_the_same_again():
    assert yaml12.load("a: &x {b: 1}\nc: [*x, *x]") == {"a": {"b": 1}, "c": [{"b": 1}, {"b": 1}]}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\na: 2", 1, 'duplicate key "a"'),
        ("a: 1\nb:\n  ? [c]\n  : d", 2, "a key has to be text"),
        ("a: &a\n  - *a", 0, "contains itself"),
        ("a: !!float x", 0, "doesn't match its tag"),
    ],
)
def test_what_is_no_plain_data_is_refused_with_its_line(text: str, line: int, said: str):
    with pytest.raises(MarkedYAMLError) as refused:
        yaml12.load(text)
    assert said in str(refused.value.problem)
    assert refused.value.problem_mark is not None
    assert refused.value.problem_mark.line == line
