"""What a scenario is made of: a story of scenes, with decisions between them.

These records are both the author's format (checked when content is built) and what is played.
``str`` fields are prose (:mod:`casebook.prose`) unless they are said to be identifiers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal, TypeVar

from casebook.conditions import Value, renamed

Verdict = Literal["sound", "too-much", "too-little", "recovery"]
Basis = Literal["section", "inference"]

VERDICTS: dict[Verdict, str] = {
    "sound": "Sound",
    "too-much": "Too much",
    "too-little": "Too little",
    "recovery": "Put right",
}
"""What a debrief calls each verdict: in words, never by colour alone."""


@dataclass(frozen=True)
class Passage:
    """A piece of text; with ``when``, only where that holds."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    text: str
    when: str | None = None


Text = str | tuple[str | Passage, ...]
V = TypeVar("V")


@dataclass(frozen=True)
class Road:
    """One way on from a choice: to scene ``to``, where ``when`` holds (or always)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    to: str
    when: str | None = None


T = TypeVar("T", Passage, Road)


@dataclass(frozen=True)
class Choice:
    """Something the officer may say or do, and what comes of it.

    ``verdict``, ``why``, ``points`` and ``basis`` are for the debrief: every author writes them, and only
    the public part of a graded story (:func:`blind`) is without. ``score`` is what the choice earns in a graded one.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    text: str
    told: Text
    go: str | tuple[Road, ...]
    verdict: Verdict | None = None
    why: str = ""
    points: tuple[str, ...] = ()
    basis: Basis | None = None
    score: float | None = None
    when: str | None = None
    set: dict[str, bool | int | float] = field(default_factory=dict)
    add: dict[str, int | float] = field(default_factory=dict)
    unsafe: str | None = None
    """The unsafe act, as the end of the sentence "You came to …"; the debrief always names it."""
    repairs: tuple[str, ...] = ()
    """Earlier unsafe choices that this one puts right, each as ``scene/choice``."""


@dataclass(frozen=True)
class Scene:
    """A moment of the story: a decision (``asks`` and ``choices``) or an ``ending``."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    title: str
    text: Text
    asks: str | None = None
    choices: tuple[Choice, ...] = ()
    ending: str | None = None

    def judges(self, choice: Choice) -> bool:
        """Whether a graded path is judged by ``choice``, one of this scene's.

        It isn't where nothing that could be chosen earns marks and the choice's verdict is an inference: then no
        trainee is told that a decision was wrong that cost nothing and that no expert has reviewed.
        """
        return choice.basis != "inference" or any(one.score for one in self.choices)


@dataclass(frozen=True)
class Telling:
    """One way the facts may lie when the story begins."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    carries: dict[str, bool | int | float] = field(default_factory=dict)


ONLY = (Telling("only"),)
"""The tellings of a story in which the facts lie one way."""


@dataclass(frozen=True)
class Person:
    """Somebody in the story, and who they are in one line."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    name: str
    who: str


@dataclass(frozen=True)
class Story:
    """A whole scenario. ``carries`` is what it remembers, with the values it begins with."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    title: str
    minutes: int
    begin: str
    scenes: dict[str, Scene]
    people: tuple[Person, ...] = ()
    carries: dict[str, bool | int | float] = field(default_factory=dict)
    tellings: tuple[Telling, ...] = ONLY
    content_note: str | None = None

    def starting(self, telling: int) -> dict[str, Value]:
        """What is carried at the beginning of telling number ``telling`` (from 0; they go round)."""
        return {**self.carries, **self.tellings[telling % len(self.tellings)].carries}


@dataclass(frozen=True)
class Walk:
    """One way through a story: choices to an ending, and what must be met on it."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    name: str
    telling: str
    choices: tuple[str, ...]
    ends: str
    unsafe: int
    meets: tuple[str, ...] = ()


def blind(story: Story) -> Story:
    """``story`` as a graded one is played: told in full, but not judged.

    What is unsafe stays, with why: safety is never held back until marks are released. What the story remembers gets
    names that say nothing, for its author's ("well", "slips") would tell which choice is which.
    """
    to = _nameless(story)
    scenes = {
        key: replace(scene, text=_text(scene.text, to), choices=tuple(_blind(choice, to) for choice in scene.choices))
        for key, scene in story.scenes.items()
    }
    tellings = tuple(replace(telling, carries=_keys(telling.carries, to)) for telling in story.tellings)
    return replace(story, scenes=scenes, carries=_keys(story.carries, to), tellings=tellings)


def _nameless(story: Story) -> dict[str, str]:
    """A name without meaning for each that the story carries, in an order that says nothing either."""
    names = sorted(story.carries, key=lambda name: hashlib.sha256(f"{story.id} {name}".encode()).digest())
    return {name: f"n{number}" for number, name in enumerate(names, start=1)}


def _blind(choice: Choice, to: Mapping[str, str]) -> Choice:
    return replace(
        choice,
        told=_text(choice.told, to),
        go=choice.go if isinstance(choice.go, str) else tuple(_asking(road, to) for road in choice.go),
        when=choice.when and renamed(choice.when, to),
        set=_keys(choice.set, to),
        add=_keys(choice.add, to),
        verdict=None,
        why=choice.why if choice.unsafe else "",
        points=(),
        basis=None,
        score=None,
        repairs=(),
    )


def _text(text: Text, to: Mapping[str, str]) -> Text:
    return text if isinstance(text, str) else tuple(p if isinstance(p, str) else _asking(p, to) for p in text)


def _asking(one: T, to: Mapping[str, str]) -> T:
    """A passage or a road whose condition asks by the new names."""
    return replace(one, when=renamed(one.when, to)) if one.when else one


def _keys(values: Mapping[str, V], to: Mapping[str, str]) -> dict[str, V]:
    return {to.get(name, name): value for name, value in values.items()}
