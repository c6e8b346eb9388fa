from __future__ import annotations

import pytest

from authoring.rules import reading
from tests.authoring.author import LESSON, Author


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("The cat sat. The dog ran.", -4, 1),
        ("She asked him what the advocate had said about the hearing, and he told her.", 4, 9),
        ("Organizational considerations necessitate interdisciplinary communication.", 20, 60),
        ("", 0, 0),
    ],
)
def test_harder_words_and_longer_sentences_read_at_a_higher_grade(text: str, least: float, most: float):
    assert least <= reading.level([text]) <= most


def test_marks_cells_and_addresses_are_no_words():
    plain = reading.level(["Call the office."])
    assert reading.level(["**Call** the [office](https://example.org/a/very/long-address)."]) == pytest.approx(plain)
    assert reading.level(["| Call the office | Call the office |"]) == pytest.approx(plain)


def test_a_sentence_without_end_is_named(author: Author):
    author.writes(LESSON, "Ask the owner.", "ask " * 41 + ".")
    (problem,) = [p for p in author.problems(reading.check) if "sentence" in p.what]
    assert problem.what.startswith("A sentence of 41 words: 'ask ask")
