"""Slots: places in a check for which there are several variants of one question; each trainee has one of them. Pure.

Which variant is whose is drawn from the trainee's id and the slot, and so is the same each time. But one person has one
id on their own machine and another on a hub, so the draw alone decides nothing for good: as soon as any variant of a
slot is answered, that one is the trainee's, whatever their id is then.

An answer is kept under its variant's own id, and the file is only ever added to. So the file alone says which variant
was before the trainee: the one that its first line for the slot names. The page and the grading both go by that line,
as they go by the last line of that variant for the answer; nothing need be kept beside it that could say otherwise. An
answer to a second variant, put there by hand, changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from casebook.answers import Book
from casebook.content import Check


def draw(trainee: str, slot: str, variants: Sequence[str], attempt: int = 1) -> str:
    """The variant of ``slot`` for a trainee's id: the same on every machine, and for each slot another throw.

    Whoever tries a check again (``attempt`` from 2) has the next one, until all were had.
    """
    digest = hashlib.sha256(json.dumps([trainee, slot]).encode()).digest()
    return variants[(int.from_bytes(digest[:8], "big") + attempt - 1) % len(variants)]


def recorded(book: Book, module: str, variants: Sequence[str]) -> str | None:
    """The variant that was answered first, if any was."""
    return next((one.id for one in book.answers if one.module == module and one.id in variants), None)


def standing(book: Book, module: str, slot: str, variants: Sequence[str], trainee: str, attempt: int = 1) -> str:
    """The variant that a trainee has before them: the recorded one, or else the one drawn."""
    return recorded(book, module, variants) or draw(trainee, slot, variants, attempt)


def items(check: Check, book: Book, trainee: str, attempt: int = 1) -> tuple[str, ...]:
    """The items of a check that a trainee has before them, in its order: of each slot one variant."""
    return tuple(
        standing(book, check.module, question, check.slots[question], trainee, attempt)
        if question in check.slots
        else question
        for question in check.questions
    )
