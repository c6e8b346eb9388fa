"""What in a trainee's answers no page of the course writes. It proves nothing: ``patterns`` says so. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from casebook import attempts, slots
from casebook.kinds.simulation import SimulationItem, standing, standings
from grading.scoring import Scorer


@dataclass(frozen=True)
class Traces:
    """``at_once``: simulations of whose best path one answer brought several decisions; a page keeps each by itself.

    ``several``: slots of which more than one variant was answered, for a page shows one. ``not_drawn``: slots whose
    variant is not the one that is drawn for the trainee's id. That says something only where no machine knows the
    trainee by another id.
    """

    at_once: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    not_drawn: tuple[str, ...] = ()


def of(student: str, scorer: Scorer) -> Traces:
    """The traces in a scorer's answers file."""
    return Traces(tuple(_at_once(scorer)), tuple(_several(scorer)), tuple(_not_drawn(student, scorer)))


def _at_once(scorer: Scorer) -> Iterator[str]:
    for item in scorer.items.values():
        if isinstance(item, SimulationItem) and _came_at_once(item, scorer):
            yield item.id


def _came_at_once(item: SimulationItem, scorer: Scorer) -> bool:
    """Whether the path is the best one, and more of it came without a line of its own than lines are lost."""
    stories = {each.story.id: each.story for each in item.stories}
    given = [answer.given for answer in scorer.book.all(scorer.module, item.id)]
    lengths = [0, *(len(stood["path"]) for stood in standings(stories, given))]
    skipped = sum(max(0, after - before - 1) for before, after in pairwise(lengths))
    return skipped > len(scorer.book.unreadable) and item.outcome(standing(stories, given)).share == 1.0


def _several(scorer: Scorer) -> Iterator[str]:
    for slot, variants in _slots(scorer).items():
        if sum(bool(scorer.book.all(scorer.module, one)) for one in variants) > 1:
            yield slot


def _not_drawn(student: str, scorer: Scorer) -> Iterator[str]:
    attempt = attempts.number(scorer.book, scorer.module)
    for slot, variants in _slots(scorer).items():
        recorded = slots.recorded(scorer.book, scorer.module, variants)
        if recorded is not None and recorded != slots.draw(student, slot, variants, attempt):
            yield slot


def _slots(scorer: Scorer) -> dict[str, tuple[str, ...]]:
    """The variants of each slot, in the bank's order."""
    found: dict[str, tuple[str, ...]] = {}
    for item in scorer.items.values():
        if item.slot:
            found[item.slot] = (*found.get(item.slot, ()), item.id)
    return found
