"""The words that this course uses of people, and those that it does not: STYLE.md's own table, read from there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

STYLE = "STYLE.md"
HEADING = "## Words"

_ROW = re.compile(r"^\|(?P<avoided>[^|]+)\|(?P<used>[^|]+)\|")
_QUOTED = re.compile(r'"([^"]+)"')


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
    try:
        text = (root / STYLE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    _, _, after = text.partition(f"\n{HEADING}\n")
    table, _, _ = after.partition("\n## ")
    rows = (match for line in table.splitlines() if (match := _ROW.match(line)))
    return [Term(word, row["used"].strip()) for row in rows for word in _QUOTED.findall(row["avoided"])]
