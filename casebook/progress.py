"""How far a trainee has come, from the answers alone. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casebook import slots
from casebook.answers import Answer, Book
from casebook.blank import is_blank
from casebook.content import Outline

Fits = Callable[[str, Answer], bool]
"""Whether an item's answer is one to the item as it is now."""


@dataclass(frozen=True)
class Progress:
    """A lesson's steps (practice items and scenarios) and a check's items: how many of how many."""

    steps_done: int
    steps: int
    items_answered: int
    items: int
    begun: bool

    @property
    def is_done(self) -> bool:
        """Whether every step of the lesson has been taken; or every question answered, where it has no steps."""
        return self.steps_done == self.steps if self.steps else self.items_answered == self.items


def of(outline: Outline, lesson: Book, check: Book) -> Progress:
    """The progress in a module, from the answers kept beside its lesson and beside its check."""
    items = tuple(slots.recorded(check, outline.slug, outline.slots.get(one, ())) or one for one in outline.items)
    return Progress(
        steps_done=len(outline.steps) - len(missing(outline.steps, lesson, outline.slug)),
        steps=len(outline.steps),
        items_answered=len(items) - len(missing(items, check, outline.slug)),
        items=len(items),
        begun=any(lesson.last(outline.slug, step) for step in outline.steps),
    )


def missing(
    items: tuple[str, ...], book: Book, module: str, fits: Fits = lambda _item, _answer: True
) -> tuple[int, ...]:
    """The numbers (from 1) of items, or of a lesson's steps, that have no answer yet, or only one that fits no more."""

    def stands(item: str) -> bool:
        answer = book.last(module, item)
        return answer is not None and is_answered(answer) and fits(item, answer)

    return tuple(n for n, item in enumerate(items, start=1) if not stands(item))


def is_answered(answer: Answer | None) -> bool:
    """Whether something is given; what was taken back again (no box ticked), or is played half, is not."""
    if answer is not None and "ended" in answer.given:
        return is_through(answer)
    return answer is not None and any(_says_something(value) for value in answer.given.values())


def _says_something(value: object) -> bool:
    return not is_blank(value) if isinstance(value, str) else bool(value)


def is_through(answer: Answer | None) -> bool:
    """Whether a scenario was played to an ending, or skipped: both count."""
    return answer is not None and bool(answer.given.get("ended") or answer.given.get("skipped"))
