"""What a check asks of one trainee, and what of it is still open."""

from __future__ import annotations

from dataclasses import dataclass

from casebook import content, progress, slots
from casebook.answers import Answer
from casebook.desk import Desk
from casebook.kinds import KINDS


@dataclass(frozen=True)
class Asked:
    """The items a trainee has before them, in order (of each slot one variant), and the open ones' numbers (from 1).

    A question is open if it has no answer, or only one that doesn't fit it any more. ``questions`` names what nbgrader
    calls them: the item, or its slot. ``by_hand`` holds the numbers of those that an instructor marks.
    """

    items: tuple[str, ...]
    questions: tuple[str, ...]
    by_hand: tuple[int, ...]
    missing: tuple[int, ...]


def of(module: str, desk: Desk) -> Asked:
    """What the check at ``desk`` asks. Raises :class:`casebook.content.ContentMissing`."""
    check = content.check(module, desk.folder)
    items = slots.items(check, desk.book, desk.who(), desk.attempt(module))

    def fits(item_id: str, answer: Answer) -> bool:
        public = check.items[item_id]
        return KINDS[public["kind"]].problem(public, answer.given) is None

    by_hand = (n for n, item in enumerate(items, start=1) if KINDS[check.items[item]["kind"]].manual)
    return Asked(items, check.questions, tuple(by_hand), progress.missing(items, desk.book, module, fits))
