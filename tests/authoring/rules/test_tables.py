from __future__ import annotations

from authoring.rules import tables
from tests.authoring.author import CHECK, LESSON, Author, Slip

BARE = "A header cell of this table is empty"
SLIPS = [
    Slip(LESSON, "Ask the owner.", "Ask.\n\n| | Ladder |\n|-|-|\n| a | b |", BARE, "| | Ladder |"),
    Slip(LESSON, "## A story", "| Ladder | |\n|-|-|\n| a | b |\n\n## A story", BARE, "| Ladder | |"),
    Slip(CHECK, ":::{item} tiny-owner", "| | |\n|-|-|\n| a | b |\n\n:::{item} tiny-owner", BARE, "| | |"),
]


def test_cells_below_may_be_empty(author: Author):
    author.writes(LESSON, "Ask the owner.", "| Whose | Ladder |\n|-|-|\n| | b |")
    assert author.problems(tables.check) == []
