from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

from authoring import rules
from authoring.problems import Problem
from authoring.rule import Rule
from authoring.rules import RULES
from tests.authoring.author import Author, Slip

FILES = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
MORE = sorted(path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py"))
SLIPS: list[Slip] = [
    slip
    for name in MORE
    if name != "rules"
    for slip in getattr(importlib.import_module(f"tests.authoring.rules.test_{name}"), "SLIPS", [])
]


def code(rule: Rule) -> str:
    return rule.code


def test_every_file_is_one_rule_that_is_followed_under_the_files_name():
    assert sorted(rule.code.replace("-", "_") for rule in RULES) == FILES


def test_the_tests_of_single_rules_are_tests_of_rules_that_are_there():
    assert set(MORE) - {"rules"} <= set(FILES)


@pytest.mark.parametrize("rule", RULES, ids=code)
def test_a_rule_says_why_it_is_there(rule: Rule):
    assert rule.why.endswith(".")
    assert rule.why in str(rule)
    assert rule.example.says in str(rule)


@pytest.mark.parametrize("rule", RULES, ids=code)
def test_a_rules_own_example_breaks_it_and_is_named_with_the_rules_code(author: Author, rule: Rule):
    assert rules.found(rule, author.course()) == []
    author.writes(rule.example.file, rule.example.old, rule.example.new)
    found = rules.found(rule, author.course())
    assert any(rule.example.says in problem.what for problem in found), found
    assert {(problem.rule, problem.smells) for problem in found} == {(rule.code, rule.smells)}
    assert all(problem.remedy.endswith(".") for problem in found)
    assert {problem.rule for problem in rules.problems(author.course())} >= {rule.code}


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


def test_a_warning_is_said_to_be_one():
    assert "a.md:3: warning: It smells. [reading]" in str(
        Problem(Path("a.md"), 3, "It smells.", "Air it.", "reading", True)
    )
