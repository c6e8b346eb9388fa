"""The words that this course uses of people, and those that it does not: STYLE.md's own table, read from there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

STYLE = "STYLE.md"
HEADING = "## Words"
FINE = "course/fine.txt"
"""Longer phrases that are fine although they hold what one of the tables would change."""

QUOTED = re.compile(r'"([^"]+)"')
"""A word or phrase as STYLE.md's tables name it."""


@dataclass(frozen=True)
class Term:
    """A word that is not used of people here, and what is written instead."""

    avoided: str
    used: str

    def pattern(self) -> re.Pattern[str]:
        """Finds the word and its plural, as a word of its own; not as a part of a name such as victim-offender."""
        return re.compile(rf"(?<![\w-]){re.escape(self.avoided)}(e?s|'s|s')?(?![\w-])", re.IGNORECASE)


def read(root: Path) -> list[Term]:
    """The terms in the table under ``## Words`` of the course's STYLE.md; none where there is no such table."""
    return [Term(word, used) for avoided, used, *_ in rows(root, HEADING) for word in QUOTED.findall(avoided)]


def fine(root: Path) -> list[str]:
    """The phrases in ``course/fine.txt``, in small letters; none where there is no such file."""
    try:
        lines = (root / FINE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [line.strip().lower() for line in lines if line.strip() and not line.startswith("#")]


def rows(root: Path, heading: str) -> list[list[str]]:
    """The rows, each as its cells, of the table under a heading of the course's STYLE.md; none where there is none."""
    try:
        text = (root / STYLE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    _, _, after = text.partition(f"\n{heading}\n")
    table, _, _ = after.partition("\n## ")
    cells = ([cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line.startswith("|"))
    return [row for row in cells if len(row) > 1]
