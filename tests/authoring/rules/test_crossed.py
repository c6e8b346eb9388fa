from __future__ import annotations

import pytest

from authoring.rules import crossed
from tests.authoring.author import BANK, Author

FIRST = "      - id: a\n        text: Its finder\n"


def options(author: Author, *texts: str) -> list[str]:
    """What is said of a question that has these options, too."""
    lettered = zip("xyzu", texts, strict=False)
    listed = "".join(f"      - {{id: {letter}, text: '{text}', feedback: No.}}\n" for letter, text in lettered)
    author.writes(BANK, FIRST, listed + FIRST)
    return [problem.what for problem in author.problems(crossed.check)]


@pytest.mark.parametrize(
    "texts",
    [
        ("Some do, and she asks.", "Most do, and she asks.", "Some do, and he asks.", "Most do, and he asks."),
        ("Ask her. She decides", "Ask him. She decides", "Ask her. He decides"),
        ("Call because it is late", "Wait because it is late", "Wait because it is early"),
    ],
)
def test_halves_that_are_crossed_are_named(author: Author, texts: tuple[str, ...]):
    assert options(author, *texts) == ["tiny-owner: its options mix and match two parts."]


@pytest.mark.parametrize(
    "texts",
    [
        ("Tell her, and wait", "Tell him, and call", "Ask her, and go"),
        ("Yes, she asked", "Yes, he asked", "No, nobody did", "No, it rained"),
        ("Call her", "Call him", "Call the program"),
    ],
)
def test_options_of_one_kind_are_not_crossed(author: Author, texts: tuple[str, ...]):
    assert options(author, *texts) == []


def test_the_one_and_not_the_other_is_named(author: Author):
    assert options(author, "On the first, and not on the second") == [
        "tiny-owner: an option takes one thing and leaves the other."
    ]
