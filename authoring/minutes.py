"""How long a lesson, a check and a story take: a rule, so that the minutes told to trainees are no guess.

Read are: a text's words; an item's case, question and choices, and half of its feedback (one's own choice and what was
right); of a story the mean of its plan's walks, with all that could be chosen and the debrief. To that come a third
of a minute to think about each item and each decision, and the time to write. A lesson counts each of its practice
items and scenarios once, but for those it can do without. A check counts its items, without feedback, and of the
variants of a slot their mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from statistics import fmean

from authoring.course import Items, Module, Scenario
from authoring.markup import Piece, Placed, Words
from casebook import engine
from casebook.kinds.base import Item
from casebook.kinds.simulation import SimulationItem
from casebook.kinds.written import WrittenItem
from casebook.story import Walk

WORDS_A_MINUTE = 238
"""How fast adults read English prose silently, over many studies (Brysbaert 2019, Journal of Memory and Language)."""
WRITTEN_A_MINUTE = 20
"""Composed and typed, thinking included."""
THINKING = 1 / 3
"""Minutes for each item and each decision."""
STEP = 5
"""A module's minutes are told to the nearest five."""


def lesson(module: Module) -> int:
    """The minutes of a module's lesson."""
    more = {piece.id for piece in module.lesson if isinstance(piece, Placed) and piece.name == "another"}
    stories = sum(_story(scenario) for scenario in module.scenarios if scenario.story.id not in more)
    return _told(_read(_prose(module.lesson)) + _items(module.practice, feedback=0.5) + stories)


def check(module: Module) -> int:
    """The minutes of a module's check."""
    return _told(exactly(module))


def exactly(module: Module) -> float:
    """The minutes of a module's check, as they are."""
    return _read(_prose(module.check)) + _items(module.bank, feedback=0)


def story(scenario: Scenario) -> int:
    """The minutes of a scenario, told to the minute."""
    return max(1, round(_story(scenario)))


def question(item: Item) -> float:
    """The minutes of one item that is answered for practice, with half of its feedback."""
    return _item(item, 0.5)


def walked(scenario: Scenario) -> float:
    """The minutes of a scenario, as they are."""
    return _story(scenario)


def reading(pieces: tuple[Piece, ...]) -> int:
    """The minutes that the words of a text alone take to read."""
    return max(1, round(_read(_prose(pieces))))


def _told(minutes: float) -> int:
    return STEP * max(1, round(minutes / STEP))


def _read(texts: Iterable[str]) -> float:
    return sum(len(text.split()) for text in texts) / WORDS_A_MINUTE


def _prose(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.source for piece in pieces if isinstance(piece, Words)]


def _items(items: Items, *, feedback: float) -> float:
    stories = {id(story.item): 0.0 for story in items.stories()}
    for scenario in items.stories():  # of two of equal worth one is played
        stories[id(scenario.item)] = max(stories[id(scenario.item)], _story(scenario))
    variants = Counter(item.slot for item in items.items)
    return sum(
        (_item(item, feedback) + stories.get(id(item), 0)) / (variants[item.slot] if item.slot else 1)
        for item in items.items
    )


def _item(item: Item, feedback: float) -> float:
    """The minutes of one item, with this share of its feedback; a simulation's story comes on top."""
    if isinstance(item, SimulationItem):
        return _read([item.case or "", item.stem])
    parts = [part for name in item.lists for part in getattr(item, name)]
    asked = _read([item.case or "", item.stem, *(getattr(part, "text", "") for part in parts)])
    told = _read(getattr(part, "feedback", "") for part in parts)
    if isinstance(item, WrittenItem):
        told += _read([item.model or ""])
        asked += fmean(item.words.values()) / WRITTEN_A_MINUTE
    return asked + feedback * told + THINKING


def _story(scenario: Scenario) -> float:
    return fmean(_walk(scenario, walk) for walk in scenario.walks) if scenario.walks else 0.0


def _walk(scenario: Scenario, walk: Walk) -> float:
    """What is read on a walk: each scene, all that can be chosen there, what is told, the ending and the debrief."""
    story = scenario.story
    tellings = [telling.id for telling in story.tellings]
    number = tellings.index(walk.telling) if walk.telling in tellings else 0
    state = engine.replay_as_far_as_possible(story, number, walk.choices)
    shown = [
        text for step in engine.steps(story, state) for text in (*step.text, step.asks, *step.told, step.choice.why)
    ]
    shown += [choice.text for step in engine.steps(story, state) for choice in story.scenes[step.scene].choices]
    shown += engine.passages(engine.scene(story, state).text, state.carried)
    return _read(shown) + THINKING * len(state.path)
