"""What is wrong with the content, said so that its author can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where, what, and what to do about it.

    ``rule`` is the code of the rule that found it (none where a file does not have its form). What only ``smells``
    is a warning.
    """

    file: Path
    line: int
    what: str
    remedy: str
    rule: str = ""
    smells: bool = False

    def __str__(self) -> str:
        warning = "warning: " if self.smells else ""
        rule = f" [{self.rule}]" if self.rule else ""
        return f"{self.file}:{self.line}: {warning}{self.what}{rule}\n    {self.remedy}"


class BadContent(Exception):
    """The content cannot be built; ``problems`` says everything that is wrong at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Refused(Exception):
    """A command cannot do what it was asked to: why, and what to do instead."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}\n    {remedy}")
