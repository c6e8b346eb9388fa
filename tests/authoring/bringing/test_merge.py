from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from authoring.bringing import merge, text
from authoring.bringing.merge import Shown

SOURCE = """\
Before everything.

## One

:::{teaches} a
:::

First line.
Second line.

:::{practice} p-one
:::


## Two
:::{teaches} b c
:::
- a list
- of two

:::{practice} p-two
:::
"""
OLD = [
    Shown("Before everything.", "c0", True),
    Shown("## One", "c1", True),
    Shown("First line.", "c1", True),
    Shown("Second line.", "c1", False),
    Shown(":::{practice} p-one", "c2", True, True),
    Shown("## Two", "c3", True),
    Shown("- a list", "c3", True),
    Shown("- of two", "c3", False),
    Shown(":::{practice} p-two", "c4", True, True),
]
OTHERS = [Shown("New words.", "x", True), Shown("and more", "x", False), Shown("## New", "c3", True)]


def shows(source: str) -> list[str]:
    return [mark.key for mark in text.read(source).marks]


def test_what_is_shown_alike_is_byte_for_byte_the_same():
    result = merge.merged(text.read(SOURCE), OLD, OLD)
    assert result == merge.Merged(SOURCE, (), ())


@given(st.lists(st.sampled_from([*OLD, *OTHERS]), max_size=14))
def test_whatever_is_shown_comes_out_and_nothing_that_was_taught_is_lost(new: list[Shown]):
    result = merge.merged(text.read(SOURCE), OLD, new)
    # A line that is not apart from a list above it, or that stands alone, is still the same line.
    assert shows(result.source) == [mark.key for mark in new]
    assert text.teaches(text.read(result.source)) == ["a", "b c"]


@given(st.permutations(OLD))
def test_what_was_moved_is_put_together_of_the_same_lines(new: list[Shown]):
    result = merge.merged(text.read(SOURCE), OLD, new)
    assert sorted(filter(None, result.source.split("\n"))) == sorted(filter(None, SOURCE.split("\n")))
    assert result.adrift == ()


@given(st.integers(0, len(OLD) - 1))
def test_one_new_line_changes_no_other(place: int):
    new = [*OLD[:place], Shown("Quite new.", "x", True), *OLD[place:]]
    before = SOURCE.splitlines()
    after = merge.merged(text.read(SOURCE), OLD, new).source.splitlines()
    left = [line for line in after if line != "Quite new."]
    assert list(filter(None, left)) == list(filter(None, before))


def test_a_line_that_is_now_apart_gets_an_empty_line_above_it():
    new = [mark if mark.key != "Second line." else Shown("Second line.", "c1", True) for mark in OLD]
    result = merge.merged(text.read(SOURCE), OLD, new)
    assert result.source == SOURCE.replace("First line.\n", "First line.\n\n")
