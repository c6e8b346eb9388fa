from __future__ import annotations

import pytest

from authoring.rules import variants
from tests.authoring.author import Author

FINAL = "grading/bank/last.yml"
SORT = "kind: sort\n    groups: [{id: a, text: A}, {id: b, text: B}]\n    statements:"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("marks: 2", "marks: 1.5", "last-ask-b: marks is 2; last-ask-a, of the same slot, has 1.5."),
        ("points: [ladder-asks]", "points: [ladder-back]", "last-ask-b: points is ladder-asks;"),
        ("basis: section", "basis: inference", "last-ask-b: basis is section; last-ask-a, of the same slot, has infer"),
        ("applied: true", "applied: false", "last-ask-b: applied is true; last-ask-a, of the same slot, has false."),
        ("kind: several", "kind: single", "last-back-b: kind is several; last-back-a, of the same slot, has single."),
        (
            "      - id: c\n        text: The neighbor\n        feedback: SECRET-FEEDBACK the neighbor of a.\n",
            "      - {id: c, text: X, feedback: X}\n      - {id: d, text: Y, feedback: Y}\n",
            "last-ask-b: options is a list of 3; last-ask-a, of the same slot, has 4.",
        ),
    ],
    ids=["marks", "points", "basis", "applied", "kind", "options"],
)
def test_variants_that_are_not_alike_are_named(author: Author, old: str, new: str, said: str):
    if new == "kind: single":
        author.writes(FINAL, "        text: Thank Olu\n        right: true\n", "        text: Thank Olu\n")
    author.writes(FINAL, old, new)
    (problem,) = author.problems(variants.check)
    assert problem.what.startswith(said)
    assert problem.file == author.root / FINAL


def test_the_same_points_in_another_order_are_the_same(author: Author):
    text = (author.root / FINAL).read_text(encoding="utf-8")
    assert "points: [ladder-back, ladder-asks]" in text
    assert "points: [ladder-asks, ladder-back]" in text
    assert author.problems(variants.check) == []


def test_nobody_is_stopped_by_the_draw(author: Author):
    neighbor = "      - id: c\n        text: The neighbor\n"
    author.writes(FINAL, neighbor, f"{neighbor}        unsafe: true\n")
    (problem,) = author.problems(variants.check)
    assert problem.what == "last-ask-b: unsafe is none; last-ask-a, of the same slot, has section."
    author.writes(
        FINAL, f"{neighbor}        unsafe: true\n", f"{neighbor}        unsafe: true\n        basis: inference\n"
    )
    (problem,) = author.problems(variants.check)
    assert problem.what.endswith("has inference.")
