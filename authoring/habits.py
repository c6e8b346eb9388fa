"""Habits of translated English, and what an American says instead: STYLE.md's own table, read from there.

A phrase stands in quotation marks. ``…`` in it is any run of words within one sentence, a capital letter at its
beginning is the beginning of a sentence, and a period at its end is the end of one. ``course/fine.txt`` has longer
phrases that are fine all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from authoring import terms
from authoring.terms import QUOTED, rows

HEADING = "## Habits"

_BEGINNING = r"""(?:^|(?<=[.!?]\s)|(?<=[.!?]["')*]\s)|(?<=[\n|*-]\s)|(?<=\#\s)|(?<=\n\n)|(?<="))"""
_GAP = r"[^.?!;|]{1,120}?"


@dataclass(frozen=True)
class Habit:
    """A phrase that we don't write, what we write instead, and the phrases with it that are fine."""

    avoided: str
    used: str
    fine: tuple[str, ...] = ()

    @cached_property
    def _hint(self) -> str:
        """The phrase up to its first gap: a text without these words is not searched any further."""
        return self.avoided.partition(" …")[0].removesuffix(".")

    def may_be_in(self, squeezed: str, small: str) -> bool:
        """Whether a text, with single spaces, and in small letters besides, is worth a search."""
        return self._hint in (squeezed if self.avoided[0].isupper() else small)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        fine = "".join(f"(?:{_expression(phrase)})|" for phrase in self.fine)
        return re.compile(f"{fine}(?P<found>{_expression(self.avoided)})")

    def found(self, words: str) -> Iterator[re.Match[str]]:
        """Where ``words`` have the phrase."""
        return (match for match in self._pattern.finditer(words) if match["found"])


def read(root: Path) -> list[Habit]:
    """The habits in the table under ``## Habits`` of the course's STYLE.md; none where there is no such table."""
    fine = terms.fine(root)
    named = ((phrase, used) for avoided, used, *_ in rows(root, HEADING) for phrase in QUOTED.findall(avoided))
    return [_with_fine(Habit(phrase, used), fine) for phrase, used in named]


def _with_fine(habit: Habit, fine: Sequence[str]) -> Habit:
    """The habit with those of the ``fine`` phrases that hold it; they are in small letters."""
    plain = habit.avoided.removesuffix(".").lower()
    return Habit(habit.avoided, habit.used, tuple(one for one in fine if re.search(_expression(plain), one)))


def search(words: str, among: Sequence[Habit]) -> Iterator[tuple[Habit, int, str]]:
    """The habits ``among`` these that ``words`` have: each with where it begins there, and the phrase on one line."""
    squeezed = " ".join(words.split()).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    small = squeezed.lower()
    for habit in among:
        if habit.may_be_in(squeezed, small):
            for match in habit.found(words):
                yield habit, match.start(), " ".join(match["found"].split())


def _expression(phrase: str) -> str:
    """The regular expression of a phrase as the table writes it."""
    words = phrase.removesuffix(".").split()
    gaps = (_GAP if word == "…" else _word(word) for word in words)
    body = r"\s+".join(gaps).replace(rf"\s+{_GAP}\s+", rf"\s{_GAP}\s").replace(rf"\s+{_GAP}", rf"\s{_GAP}")
    begin = _BEGINNING if phrase[0].isupper() else r"(?<![\w'-])"
    return begin + body + (r"\." if phrase.endswith(".") else r"(?![\w'-])")


def _word(word: str) -> str:
    """A word, with either apostrophe; where it begins in small letters, in capitals, too."""
    first, rest = word[0], re.escape(word[1:]).replace("'", "['\N{RIGHT SINGLE QUOTATION MARK}]")
    return (f"[{first.upper()}{first}]" if first.islower() else re.escape(first)) + rest
