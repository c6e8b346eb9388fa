"""Which questions to look at, and why, in words. Pure.

A flag is a reason to read a question again, no verdict. The bounds are chosen so that a sound question is flagged
rarely: of a class of two hundred, about one in fifty (``tests/grading/report/test_planted.py`` measures it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from casebook.kinds.base import Item
from grading.report.items import Chosen, ItemFigures
from grading.report.statistics import Z90_ONE_SIDED, Z995_ONE_SIDED, bounds, share_bounds

Code = Literal["key", "unrelated", "giveaway", "blank"]

EASY = 0.95
"""Facility from which a question says little: nearly everybody had it right, whatever they know."""
POOR = 0.20
"""A discrimination below this is poor (Ebel & Frisbie 1991, p. 232)."""
_MIDDLE = (0.10, 0.90)
"""Outside, hardly anybody differs from the others, and a low correlation says nothing."""
_BLANK = 0.10
_OFTEN = 0.05


@dataclass(frozen=True)
class Flag:
    """Why to look at a question: ``code`` for programs, ``words`` for people."""

    code: Code
    words: str


def flags(of: ItemFigures) -> list[Flag]:
    """Every reason to look at a question; none where there are too few answers to say so."""
    if not of.enough or of.facility is None:
        return []
    found = [_key(of) or _unrelated(of), _giveaway(of), _blank(of)]
    return [flag for flag in found if flag]


def _key(of: ItemFigures) -> Flag | None:
    """What is not the key is chosen by the strong rather than by the weak, and the item does not tell them apart."""
    if of.discrimination is None or of.discrimination >= POOR:
        return None
    wrong = [one for one in of.chosen if not one.choice.key and _is_for_the_strong(one, of)]
    if not wrong:
        return None
    worst = max(wrong, key=lambda one: one.correlation or 0)
    return Flag("key", f"Stronger trainees choose {named(worst)} more often than weaker ones: check the key.")


def _is_for_the_strong(one: Chosen, of: ItemFigures) -> bool:
    if one.correlation is None or one.count < _OFTEN * of.asked:
        return False
    return bounds(one.correlation, of.asked, Z995_ONE_SIDED)[0] > max(0.0, of.discrimination or 0.0)


def _unrelated(of: ItemFigures) -> Flag | None:
    """Even a fair guess upwards leaves it below what is poor: one-sided, 90 percent."""
    facility = of.facility or 0.0
    if of.discrimination is None or not _MIDDLE[0] <= facility <= _MIDDLE[1]:
        return None
    if bounds(of.discrimination, of.asked, Z90_ONE_SIDED)[1] >= POOR:
        return None
    return Flag("unrelated", "Trainees who do well elsewhere hardly do better here than weaker ones: is it clear?")


def _giveaway(of: ItemFigures) -> Flag | None:
    if (of.facility or 0.0) < EASY:
        return None
    words = "Almost everybody got it right: it's well taught, or its wording gives it away."
    return Flag("giveaway", words)


def _blank(of: ItemFigures) -> Flag | None:
    all_asked = of.asked if not of.item.slot else max(of.asked, of.blank)
    if share_bounds(of.blank, all_asked)[0] <= _BLANK:
        return None
    return Flag("blank", f"Many left it blank ({of.blank}): too long, too late in the check, or unclear?")


def named(one: Chosen) -> str:
    """Something that was chosen, as a reader finds it: "option c", "“Community” for “A shelter's advocate”"."""
    choice = one.choice
    if not choice.row:
        return f"option {choice.option}"
    return f"“{choice.text}” for “{choice.row}”"


def instead(of: ItemFigures) -> Chosen | None:
    """What was chosen most often of all that is not the key, where anybody chose that."""
    wrong = [one for one in of.chosen if not one.choice.key and one.count]
    return max(wrong, key=lambda one: one.count, default=None)


def is_reviewed(item: Item) -> bool:
    """Whether an expert has confirmed its key."""
    return bool(item.reviewed_by)
