"""What in a trainee's answers no page of the course writes. It proves nothing: ``patterns`` says so. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebook import slots
from casebook.kinds.simulation import SimulationItem, standing
from grading.scoring import Scorer


@dataclass(frozen=True)
class Traces:
    """``at_once``: simulations whose best path came in one answer, for a page keeps each decision by itself.

    ``several``: slots of which more than one variant was answered, for a page shows one. ``not_drawn``: slots whose
    variant is not the one that is drawn for the trainee's id. That says something only where no machine knows the
    trainee by another id.
    """

    at_once: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    not_drawn: tuple[str, ...] = ()


def of(student: str, scorer: Scorer) -> Traces:
    """The traces in a scorer's answers file. Where lines of it are lost, what is left looks odd for that reason."""
    if scorer.book.unreadable:
        return Traces()
    return Traces(tuple(_at_once(scorer)), tuple(_several(scorer)), tuple(_not_drawn(student, scorer)))


def _at_once(scorer: Scorer) -> Iterator[str]:
    for item in scorer.items.values():
        if isinstance(item, SimulationItem) and _came_at_once(item, scorer):
            yield item.id


def _came_at_once(item: SimulationItem, scorer: Scorer) -> bool:
    stories = {each.story.id: each.story for each in item.stories}
    given = [answer.given for answer in scorer.book.all(scorer.module, item.id)]
    each = (standing(stories, [one]) for one in given)
    first = next((one for one in each if one and one["path"]), None)
    if first is None or len(first["path"]) < 2:
        return False
    # The first path counts: it is the best one, and nothing of it was decided later.
    return first == standing(stories, given) and item.outcome(first).share == 1.0


def _several(scorer: Scorer) -> Iterator[str]:
    for slot, variants in _slots(scorer).items():
        if sum(bool(scorer.book.all(scorer.module, one)) for one in variants) > 1:
            yield slot


def _not_drawn(student: str, scorer: Scorer) -> Iterator[str]:
    for slot, variants in _slots(scorer).items():
        recorded = slots.recorded(scorer.book, scorer.module, variants)
        if recorded is not None and recorded != slots.draw(student, slot, variants):
            yield slot


def _slots(scorer: Scorer) -> dict[str, tuple[str, ...]]:
    """The variants of each slot, in the bank's order."""
    found: dict[str, tuple[str, ...]] = {}
    for item in scorer.items.values():
        if item.slot:
            found[item.slot] = (*found.get(item.slot, ()), item.id)
    return found
