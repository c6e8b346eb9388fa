"""The parts of a scenario: a story made of scenes, with decisions between them.

These records are both the author's format (checked when content is built) and what is played.
``str`` fields are prose (:mod:`casebook.prose`) unless they're described as identifiers.
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
    "recovery": "Fixed",
}
"""The debrief's words for each verdict, which is never shown by color alone."""


@dataclass(frozen=True)
class Passage:
    """A piece of text. With ``when``, it is shown only if that condition is true."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    text: str
    when: str | None = None


Text = str | tuple[str | Passage, ...]
V = TypeVar("V")


@dataclass(frozen=True)
class Road:
    """One way on from a choice: to scene ``to``, if ``when`` is true or isn't given."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    to: str
    when: str | None = None


T = TypeVar("T", Passage, Road)


@dataclass(frozen=True)
class Choice:
    """Something the officer can say or do, and what happens next.

    ``verdict``, ``why``, ``points``, and ``basis`` are for the debrief. Every author writes them; they are left out
    only from the public part of a graded story (:func:`blind`). ``score`` is what the choice earns in a graded story.
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
    """The unsafe act, as the end of the sentence "You chose to …". The debrief always names it."""
    repairs: tuple[str, ...] = ()
    """The earlier unsafe choices that this one repairs, each as ``scene/choice``."""


@dataclass(frozen=True)
class Scene:
    """A moment in the story: a decision (``asks`` and ``choices``) or an ``ending``."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    title: str
    text: Text
    asks: str | None = None
    choices: tuple[Choice, ...] = ()
    ending: str | None = None

    def judges(self, choice: Choice) -> bool:
        """Return whether ``choice``, one of this scene's, counts when a graded path is judged.

        It doesn't if none of the scene's choices earns marks and the choice's verdict is an inference. That way,
        trainees aren't told a decision was wrong when it cost nothing and no expert has reviewed it.
        """
        return choice.basis != "inference" or any(one.score for one in self.choices)


@dataclass(frozen=True)
class Telling:
    """One version of the facts when the story begins."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    carries: dict[str, bool | int | float] = field(default_factory=dict)


ONLY = (Telling("only"),)
"""The tellings of a story that has only one version of the facts."""


@dataclass(frozen=True)
class Person:
    """Somebody in the story, with one line that says who they are."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    name: str
    who: str


@dataclass(frozen=True)
class Story:
    """A whole scenario. ``carries`` has what the story remembers, with the values at the start."""

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
        """Return what telling number ``telling`` carries at the start (from 0; after the last comes the first)."""
        return {**self.carries, **self.tellings[telling % len(self.tellings)].carries}


@dataclass(frozen=True)
class Walk:
    """One way through a story: the choices that lead to an ending, and what must come up along the way."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    name: str
    telling: str
    choices: tuple[str, ...]
    ends: str
    unsafe: int
    meets: tuple[str, ...] = ()


def blind(story: Story) -> Story:
    """Return ``story`` as it is played when graded: told in full, but not judged.

    Unsafe acts stay, with the reason why: safety is never held back until marks are released. Everything the story
    remembers gets a meaningless name, because the author's ("well", "slips") would give away which choice is which.
    """
    to = _nameless(story)
    scenes = {
        key: replace(scene, text=_text(scene.text, to), choices=tuple(_blind(choice, to) for choice in scene.choices))
        for key, scene in story.scenes.items()
    }
    tellings = tuple(replace(telling, carries=_keys(telling.carries, to)) for telling in story.tellings)
    return replace(story, scenes=scenes, carries=_keys(story.carries, to), tellings=tellings)


def _nameless(story: Story) -> dict[str, str]:
    """Map each name the story carries to a meaningless one, numbered in an order that reveals nothing either."""
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
    """Return a passage or a road with the new names in its condition."""
    return replace(one, when=renamed(one.when, to)) if one.when else one


def _keys(values: Mapping[str, V], to: Mapping[str, str]) -> dict[str, V]:
    return {to.get(name, name): value for name, value in values.items()}
