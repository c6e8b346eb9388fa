"""What a rule is: a name, why it is there, how it looks, and an example that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from authoring.course import Course
from authoring.problems import Problem


@dataclass(frozen=True)
class Example:
    """A slip in the tiny course that tests use: ``old`` became ``new`` in ``file``, and the rule ``says`` so."""

    file: str
    old: str
    new: str
    says: str


def over_a_bank(options: Sequence[str], *, right: int, says: str) -> Example:
    """A slip that takes a whole bank to see: twenty items with these ``options`` in the tiny course."""
    listed = ""
    for n, (letter, text) in enumerate(zip("abcde", options, strict=False)):
        listed += f"      - id: {letter}\n        text: {text}\n        feedback: So it is.\n"
        listed += "        right: true\n" * (n == right)
    items = "".join(_ITEM.format(n=n, options=listed) for n in range(20))
    return Example("grading/bank/tiny.yml", "items:\n", f"items:\n{items}", says)


_ITEM = """\
  - id: tiny-{n}
    kind: single
    points: [ladder-asks]
    basis: section
    marks: 1
    stem: Who lends a ladder?
    options:
{options}"""


@dataclass(frozen=True)
class Rule:
    """A rule for content.

    ``code`` is its name, and its file's; ``why`` says what would go wrong without it. What a rule that ``smells``
    finds is a warning: look at it, and leave it if it is well so. A rule ``of_whole`` judges a check, a module or the
    course: of one item or scenario alone it can say nothing.
    """

    code: str
    why: str
    check: Callable[[Course], Iterable[Problem]]
    example: Example
    smells: bool = False
    of_whole: bool = False

    def __str__(self) -> str:
        level = "warning" if self.smells else "error"
        broken = (
            f"{self.example.file}: instead of '{_shown(self.example.old)}' somebody writes '{_shown(self.example.new)}'"
        )
        return f"{self.code} ({level})\n  {self.why}\n  Example, in {broken}.\n  It says: {self.example.says}"


def _shown(text: str) -> str:
    """The beginning of ``text``, on one line."""
    line = " / ".join(line.strip() for line in text.strip().splitlines())
    return line if len(line) <= 60 else f"{line[:59]}…"
