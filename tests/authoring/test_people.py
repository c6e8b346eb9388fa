from __future__ import annotations

import pytest

from authoring import people
from tests.authoring.author import Author

COMMON = frozenset(["the", "she", "officer", "will", "a", "on", "asks"])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Neil asks about Leila. Leila is Neil's wife.", ["Neil", "Leila"]),
        ("Dana Reyes calls. Dana wants a number.", ["Dana Reyes"]),
        ("Mrs. Tran and Judge Lee wait.", ["Tran", "Lee"]),
        ("The officer asks *Ada*.", ["Ada"]),
        ("She lives in Dayton, near Toledo.", []),
        ("Harbor House calls on Monday. Will she go?", []),
        ("Quietly, Ada asks.", ["Ada"]),
        ("Her brother asks.", ["Her"]),  # "her" is no word of this course
    ],
)
def test_people_are_told_by_their_capital_letters(text: str, named: list[str]):
    assert people.named(text, COMMON) == named


def test_the_words_of_a_course_are_those_it_writes_in_small_letters(author: Author):
    common = people.common_words(author.course())
    assert {"owner", "what", "bringing"} <= common
    assert "ada" not in common
