"""What a graded check shows of each teaching point, and where to read it again. Pure but for the course's own lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from casebook.content import Taught
from grading import bank
from grading.words import Sign

NEAR = 0.75
"""From this share on a point is known, but for a slip; the refresher and the start page go by the same."""


@dataclass(frozen=True)
class Place:
    """Where a point is taught: a lesson's notebook, its number in the course, its title, the heading and its cell."""

    page: str
    cell: str
    number: int
    title: str
    heading: str


@dataclass(frozen=True)
class Standing:
    """One teaching point: the share of it that was right in a check, over ``questions`` questions.

    ``unsafe`` says whether something that was done endangers somebody; then it is to be read again, whatever the share.
    """

    name: str
    text: str
    share: float
    questions: int
    unsafe: bool
    place: Place | None

    @property
    def is_known(self) -> bool:
        """Whether it need not be looked at again."""
        return self.share >= NEAR and not self.unsafe

    @property
    def sign(self) -> Sign:
        """What the page marks it with."""
        if self.unsafe:
            return "unsafe"
        if self.is_known:
            return "right"
        return "part" if self.share > 0 else "missed"

    @property
    def said(self) -> str:
        """The share in words."""
        words = {"unsafe": "Safety comes first", "right": "Known", "part": "Partly", "missed": "Not yet"}
        return words[self.sign]

    @property
    def percent(self) -> int:
        """The share; never a hundred for what is not all of it."""
        return round(self.share * 100) if self.share >= 1 else min(99, round(self.share * 100))


def standings(facts: Iterable[Mapping[str, Any]]) -> list[Standing]:
    """Every teaching point that the questions are about (see :func:`item_feedback.facts`), in the course's order."""
    shares: dict[str, list[float]] = defaultdict(list)
    unsafe: set[str] = set()
    for one in facts:
        unsafe.update(point for choice in one.get("unsafe", ()) for point in choice["points"])
        for point, share in one.get("points", {}).items():
            shares[point].append(share)
    known, taught, numbers = bank.points(), bank.taught(), _numbers()
    return [
        Standing(about.name, about.text, fmean(found), len(found), point in unsafe, _place(taught.get(point), numbers))
        for point, about in known.items()
        if (found := shares.get(point))
    ]


def to_review(standings: Iterable[Standing]) -> list[Standing]:
    """What to read again: what was not safe, and then the weakest, first."""
    weak = (one for one in standings if not one.is_known)
    return sorted(weak, key=lambda one: (not one.unsafe, one.share))


def strongest(standings: Iterable[Standing]) -> list[Standing]:
    """What went well, the best and the most often asked first."""
    return sorted((one for one in standings if one.is_known), key=lambda one: (-one.share, -one.questions))


def _numbers() -> dict[str, int]:
    """The number of each module's lesson, as the start page counts them."""
    return {slug: number for number, slug in enumerate(bank.course().titles, start=1)}


def _place(taught: Taught | None, numbers: Mapping[str, int]) -> Place | None:
    if taught is None or taught.module not in numbers:
        return None
    return Place(taught.lesson, taught.cell, numbers[taught.module], taught.title, taught.heading)
