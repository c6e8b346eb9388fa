"""What content must keep to, beyond its form: one rule a file, each found here."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import replace

from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Rule

RULES: tuple[Rule, ...] = tuple(
    importlib.import_module(f"{__name__}.{module.name}").RULE for module in pkgutil.iter_modules(__path__)
)
"""Every rule: a file in this folder is found by being there."""

OF_ONE = tuple(rule for rule in RULES if not rule.of_whole)
"""Those that judge each item, scenario and text by itself."""


def problems(course: Course, among: Iterable[Rule] = RULES) -> list[Problem]:
    """Everything in ``course`` that breaks a rule ``among`` these, warnings too, in the order of files and lines."""
    return sorted({problem for rule in among for problem in found(rule, course)})


def found(rule: Rule, course: Course) -> list[Problem]:
    """What one rule finds in ``course``, under its code."""
    return [replace(problem, rule=rule.code, smells=rule.smells) for problem in rule.check(course)]
