"""Two hundred answers files over all checks, as Hypothesis chooses them; the same each time."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casebook.answers import Answer
from grading import bank
from tests.grading import a_class
from tests.grading.random_answers import lines

FILES = 200
CHECKS = tuple(bank.course().titles)
_OF_EACH = dict.fromkeys(CHECKS, 20) | {"caseload": 5}  # a day of many decisions: its best path takes seconds


def hand_in(root: Path) -> list[tuple[str, str]]:
    """Lays the submissions where collecting puts them: each trainee, and the check."""
    trainees = []
    for check in CHECKS:
        for number, answers in enumerate(_chosen(check, _OF_EACH[check])):
            trainees.append((f"{check}-{number:02}", check))
            a_class.submit(root, *trainees[-1], answers)
    assert len(trainees) >= FILES
    return trainees


def _chosen(check: str, number: int) -> list[list[Answer]]:
    found: list[list[Answer]] = []

    @settings(max_examples=number, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(chance=st.randoms(use_true_random=False))
    def answer(chance: random.Random) -> None:
        found.append(list(lines(list(bank.items(check).values()), check, chance)))

    answer()
    assert len(found) >= number
    return found[:number]
