from __future__ import annotations

import pytest

from authoring.rules import order_steps
from tests.authoring.author import BANK, Author

LAST = "grading/bank/last.yml"
ITEM = """\
  - id: {id}
    kind: order
    points: [ladder-back]
    basis: section
    marks: 1
    stem: {stem}
    steps:
      - {{id: a, text: Dry it, place: 2, feedback: Then.}}
      - {{id: b, text: Wipe it, place: 1, feedback: First.}}
      - {{id: c, text: Carry it, place: 3, feedback: Last.}}
"""


def said(author: Author, file: str, *stems: str) -> list[str]:
    items = "".join(ITEM.format(id=f"tiny-{n}", stem=stem) for n, stem in enumerate(stems))
    author.writes(file, "items:\n", f"items:\n{items}")
    return [problem.what for problem in author.problems(order_steps.check)]


def test_steps_in_time_are_well_once_in_a_check(author: Author):
    assert said(author, BANK, "What do you do first, and what next?") == []


@pytest.mark.parametrize(
    "stem", ["Which ladder has the most rungs?", "Which comes first, the fewest rungs?", "How good?"]
)
def test_a_ranking_is_named(author: Author, stem: str):
    assert said(author, BANK, stem) == ["tiny-0 doesn't ask for steps in time."]


def test_a_second_one_is_named(author: Author):
    assert said(author, BANK, "What comes first?", "What comes next?") == [
        "tiny-1 orders steps; one item like that is enough for a check."
    ]


def test_the_final_orders_none(author: Author):
    assert said(author, LAST, "What comes first?") == ["tiny-0 orders steps; the final never does."]
