from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

from authoring import rules
from authoring.rules import RULES
from tests.authoring.author import Author, Slip

NAMES = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
SLIPS: list[Slip] = [
    slip for name in NAMES for slip in importlib.import_module(f"tests.authoring.rules.test_{name}").SLIPS
]


def test_every_file_of_a_rule_is_followed():
    assert sorted(rule.__module__.rpartition(".")[2] for rule in RULES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_slips_that_break_it(name: str):
    assert (Path(__file__).parent / f"test_{name}.py").is_file()
    assert importlib.import_module(f"tests.authoring.rules.test_{name}").SLIPS


def test_an_unbroken_course_has_no_problems(author: Author):
    assert rules.problems(author.course()) == []


@pytest.mark.parametrize("slip", SLIPS, ids=[f"{slip.file.rpartition('/')[2]}: {slip}" for slip in SLIPS])
def test_a_slip_is_named_whatever_the_other_rules_make_of_it(author: Author, slip: Slip):
    author.makes(slip)
    problems = rules.problems(author.course())
    (problem,) = [problem for problem in problems if slip.said in problem.what]
    author.is_told(problem, slip)


def test_problems_stand_in_the_order_of_files_and_lines_each_once(author: Author):
    for slip in SLIPS[:2]:
        author.makes(slip)
    problems = rules.problems(author.course())
    assert problems == sorted(set(problems))
