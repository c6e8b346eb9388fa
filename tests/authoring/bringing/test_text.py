from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from authoring.bringing import text
from authoring.bringing.text import Text

PIECES = st.sampled_from(
    [
        "Words.",
        "  - more",
        "## Heading",
        "",
        "  ",
        ":::{practice} a-b\n:::",
        ":::{teaches} one two\n:::",
        ":::{partners}\n:::",
    ]
)
SOURCES = st.builds(
    lambda pieces, end, last: end.join("\n".join(pieces).split("\n")) + (end if last else ""),
    st.lists(PIECES, max_size=12),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)


def joined(read: Text) -> str:
    return read.head + "".join(mark.before + mark.raw + mark.after for mark in read.marks) + read.tail


@given(SOURCES)
def test_a_text_as_marks_is_the_text(source: str):
    assert joined(text.read(source)) == source


def test_marks_are_lines_and_directives_and_a_teaches_goes_with_what_is_above_it():
    read = text.read("One.\n\n## Two\n\n:::{teaches} a b\n:::\n\nThree.\nFour.\n:::{partners}\n:::\n\n")
    assert [(mark.key, mark.before, mark.after) for mark in read.marks] == [
        ("One.", "", ""),
        ("## Two", "\n", "\n:::{teaches} a b\n:::\n"),
        ("Three.", "\n", ""),
        ("Four.", "", ""),
        (":::{partners}", "", ""),
    ]
    assert (read.head, read.tail, text.teaches(read)) == ("", "\n", ["a b"])


def test_a_teaches_above_everything_is_the_texts_head():
    read = text.read("\n:::{teaches} a\n:::\nOne.\n")
    assert (read.head, [mark.key for mark in read.marks]) == ("\n:::{teaches} a\n:::\n", ["One."])
    assert text.teaches(read) == ["a"]
