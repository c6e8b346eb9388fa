from __future__ import annotations

import pytest

from authoring.rules import placing
from tests.authoring.author import BANK, CHECK, LESSON, PRACTICE, STORY, Author, Slip

LAST, LAST_BANK = "course/content/last/check.md", "grading/bank/last.yml"
SLIPS = [
    Slip(LESSON, ":::{practice} tiny-p-who\n:::\n", "", "tiny-p-who isn't placed anywhere", "tiny-p-who", PRACTICE),
    Slip(LESSON, ":::{scenario} the-ladder\n:::\n", "", "scenario isn't placed anywhere", "id: the-ladder", STORY),
    Slip(CHECK, ":::{item} tiny-return\n:::\n", "", "tiny-return isn't placed anywhere", "id: tiny-return", BANK),
    Slip(LESSON, "## A story", ":::{practice} nope\n:::", "no practice called 'nope'", "{practice} nope"),
    Slip(LESSON, "## A story", ":::{scenario} nope\n:::", "no scenario called 'nope'", "{scenario} nope"),
    Slip(LESSON, "## A story", ":::{practice} the-ladder\n:::", "no practice called 'the-ladder'", "{practice} the-l"),
    Slip(LESSON, "## A story", ":::{practice} tiny-owner\n:::", "no practice called 'tiny-owner'", "tiny-owner"),
    Slip(CHECK, "Some days", ":::{item} tiny-p-who\n:::\n", "no item called 'tiny-p-who'", "tiny-p-who"),
    Slip(CHECK, "Some days", ":::{item}  tiny-owner\n:::\n", "'tiny-owner' is placed twice", "{item}  tiny-owner"),
    Slip(LESSON, "## A story", ":::{scenario}  the-ladder\n:::", "'the-ladder' is placed twice", "} the-ladder"),
    Slip(LAST, ":::{slot} last-ask\n:::\n", "", "The slot last-ask isn't placed anywhere", "last-ask-a", LAST_BANK),
    Slip(
        LAST,
        ":::{slot} last-back",
        ":::{slot}  last-ask\n:::\n:::{slot} last-back",
        "'last-ask' is placed twice",
        "}  l",
    ),
    Slip(LAST, "Two questions", ":::{slot} last-ask-a\n:::\n", "no slot called 'last-ask-a'", "last-ask-a"),
    Slip(LAST, "Two questions", ":::{item} last-ask-a\n:::\n", "no item called 'last-ask-a'", "last-ask-a"),
    Slip(LESSON, "## A story", "::::{partners}\n::::\n", "'partners' is placed twice", ":::{partners}"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_what_is_placed_wrongly_or_nowhere_is_named(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(placing.check)
    author.is_told(problem, slip)


def test_a_name_misspelt_is_said_of_the_text_and_of_what_is_missing(author: Author):
    author.writes(CHECK, "tiny-owner", "tiny-ower")
    assert [problem.what for problem in sorted(author.problems(placing.check))] == [
        "There's no item called 'tiny-ower'.",
        "tiny-owner isn't placed anywhere.",
    ]


def test_a_course_with_everything_in_its_place_has_no_problem(author: Author):
    assert author.problems(placing.check) == []
