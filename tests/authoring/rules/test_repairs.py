from __future__ import annotations

import pytest

from authoring.rules import repairs
from tests.authoring.author import STORY, Author, Slip

SHELTER = "        verdict: sound\n        told: It stays dry."
SLIPS = [
    Slip(
        STORY,
        SHELTER,
        "        verdict: recovery\n        repairs: [street/gone]\n        told: It stays dry.",
        "'shelter' repairs 'street/gone', which isn't an unsafe choice",
        "repairs: [street/gone]",
    ),
    Slip(
        STORY,
        SHELTER,
        "        verdict: sound\n        repairs: [yard/take]\n        told: It stays dry.",
        "'shelter' repairs something but isn't a recovery",
        "repairs: [yard/take]",
    ),
]


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_repair_that_repairs_nothing_is_named(author: Author, slip: Slip):
    author.makes(slip)
    (problem,) = author.problems(repairs.check)
    author.is_told(problem, slip)


def test_a_recovery_may_repair_an_unsafe_choice(author: Author):
    author.writes(
        STORY, SHELTER, "        verdict: recovery\n        repairs: [yard/take]\n        told: It stays dry."
    )
    assert author.problems(repairs.check) == []
