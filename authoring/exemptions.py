"""Which rules are off for which files until their texts are rewritten: ``course/exemptions.yml``.

The list can only shrink. What a listed file breaks of its rule is excused; an entry that excuses nothing is a warning
and fails a test; ``make rules EXEMPT=prune`` takes it out. An entry is a file, or a pattern such as ``grading/*.py``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import ClassVar

from authoring import files, rules, schema, yamlfile
from authoring.course import Course
from authoring.problems import BadContent, Problem
from authoring.rule import Rule
from authoring.yamlfile import YamlFile

FILE = Path("course/exemptions.yml")
_KNOWN = frozenset(rule.code for rule in rules.RULES)


@dataclass(frozen=True)
class ExemptionsFile:
    """``course/exemptions.yml``: the files that each rule leaves alone, by the rule's code."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    exempt: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Sorted:
    """Problems, sorted by the exemptions, of which there are ``entries``; some of these may be ``unneeded``."""

    left: list[Problem]
    excused: list[Problem]
    unneeded: list[Problem]
    entries: int


def found(course: Course, among: Iterable[Rule] = rules.RULES) -> Sorted:
    """What breaks a rule ``among`` these in ``course``, sorted by its exemptions. Raises :class:`BadContent`."""
    ran: list[str] = []
    problems = [problem for rule in among for problem in _by(rule, course, ran)]
    return sort(course.root, sorted(set(problems)), ran)


def _by(rule: Rule, course: Course, ran: list[str]) -> list[Problem]:
    ran.append(rule.code)
    return rules.found(rule, course)


def sort(root: Path, problems: Sequence[Problem], ran: Collection[str]) -> Sorted:
    """What the exemptions of the course under ``root`` make of the ``problems`` that the rules ``ran`` found."""
    file, exempt = _read(root)
    excused = [problem for problem in problems if _entry(root, exempt.get(problem.rule, ()), problem.file)]
    used = {(problem.rule, _entry(root, exempt[problem.rule], problem.file)) for problem in excused}
    unneeded = [
        _unneeded(file, rule, n, entry)
        for rule, entries in exempt.items()
        for n, entry in enumerate(entries)
        if (rule, entry) not in used and (rule in ran or rule not in _KNOWN)
    ]
    aside = set(excused)
    return Sorted([each for each in problems if each not in aside], excused, unneeded, sum(map(len, exempt.values())))


def _unneeded(file: YamlFile, rule: str, n: int, entry: str) -> Problem:
    what = f"{entry} doesn't break '{rule}' anymore."
    return Problem(file.path, file.line(("exempt", rule, n)), what, _REMEDY, "exemptions", smells=True)


_REMEDY = "Run 'make rules EXEMPT=prune', which takes it out, and commit the list."


def shown(root: Path, found: Sorted) -> str:
    """What is excused, counted: a line for each rule, and under it one for each module or package."""
    lines = [f"{_counted(len(found.excused), 'fault')} excused by {_counted(found.entries, 'exemption')} in {FILE}."]
    by_rule = Counter(problem.rule for problem in found.excused)
    for rule, number in sorted(by_rule.items(), key=lambda each: (-each[1], each[0])):
        where = Counter(_module(root, problem.file) for problem in found.excused if problem.rule == rule)
        named = ", ".join(f"{name} {times}" for name, times in where.most_common())
        lines.append(f"  {number:5}  {rule}: {named}")
    return "\n".join(lines)


def counted(root: Path) -> str:
    """How many exemptions are left, in one line; empty where there are none. Raises :class:`BadContent`."""
    entries = sum(map(len, _read(root)[1].values()))
    if not entries:
        return ""
    return f"{_counted(entries, 'exemption')} left in {FILE}; 'make rules EXEMPT=yes' lists what they excuse."


def prune(root: Path, found: Sorted) -> int:
    """Takes the entries out that excuse nothing, and says how many those were. Each has a line of its own there."""
    gone = {problem.line for problem in found.unneeded}
    if gone:
        path = root / FILE
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for number, line in enumerate(lines, start=1) if number not in gone]
        named = [line for n, line in enumerate(kept) if not (_is_rule(line) and _is_rule((*kept, "  x:")[n + 1]))]
        if not any(map(_is_rule, named)):
            named = [line.replace("exempt:", "exempt: {}") for line in named]
        files.replace(path, ("\n".join(named) + "\n").encode())
    return len(gone)


def _is_rule(line: str) -> bool:
    """Whether a line of the list names a rule, with its entries under it."""
    return re.fullmatch(r"  [\w-]+:", line) is not None


def _read(root: Path) -> tuple[YamlFile, dict[str, tuple[str, ...]]]:
    path = root / FILE
    if not path.is_file():
        return yamlfile.empty(path), {}
    file = yamlfile.read(path)
    record, problems = schema.shape(ExemptionsFile, file)
    if record is None or problems:
        raise BadContent(problems)
    return file, record.exempt


def _entry(root: Path, entries: Iterable[str], path: Path) -> str:
    """The entry that stands for ``path``; empty where none does."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    return next((entry for entry in entries if fnmatchcase(name, entry)), "")


def _module(root: Path, path: Path) -> str:
    """The module or package that a file belongs to, as a word."""
    parts = path.relative_to(root).parts
    if parts[:2] == ("course", "content"):
        return parts[2]
    return f"bank of {path.stem}" if parts[:2] == ("grading", "bank") else "/".join(parts[:-1][:2]) or path.name


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
