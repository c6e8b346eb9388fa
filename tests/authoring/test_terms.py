from __future__ import annotations

import pytest

from authoring import terms
from authoring.rules import terms as rule
from tests.authoring.author import LESSON, Author


def test_the_table_of_style_md_is_read_and_nothing_after_it(author: Author):
    path = author.root / "STYLE.md"
    path.write_text(path.read_text(encoding="utf-8") + '\n| "rung" | step |\n', encoding="utf-8")
    assert [(term.avoided, term.used) for term in terms.read(author.root)] == [
        ("proprietor", "the owner"),
        ("landlady", "the owner"),
    ]


def test_without_a_style_md_no_word_is_avoided(author: Author):
    (author.root / "STYLE.md").unlink()
    assert terms.read(author.root) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask the proprietor.", True),
        ("Ask the Proprietors.", True),
        ("The proprietor's ladder.", True),
        ('"Ask the proprietor," says Ada.', False),
        ("The co-proprietor scheme.", False),
        ("A proprietorial look.", False),
        ("The Proprietor's License office.", False),
    ],
)
def test_a_word_is_found_as_a_word_but_for_what_somebody_says(author: Author, text: str, found: bool):
    author.writes(LESSON, "Ask the owner.", text)
    problems = author.problems(rule.check)
    assert bool(problems) == found
    assert all(problem.remedy == "STYLE.md has: the owner." for problem in problems)
