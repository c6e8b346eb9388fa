"""What a practice scenario is made of: a story of scenes, with decisions between them.

These records are both the author's format (checked when content is built) and what is played.
``str`` fields are prose (:mod:`casebook.prose`) unless they are said to be identifiers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from casebook.conditions import Value

Verdict = Literal["sound", "too-much", "too-little", "recovery"]
Basis = Literal["section", "inference"]


@dataclass(frozen=True)
class Passage:
    """A piece of text; with ``when``, only where that holds."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    text: str
    when: str | None = None


Text = str | tuple[str | Passage, ...]


@dataclass(frozen=True)
class Road:
    """One way on from a choice: to scene ``to``, where ``when`` holds (or always)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    to: str
    when: str | None = None


@dataclass(frozen=True)
class Choice:
    """Something the officer may say or do, what comes of it, and why."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    text: str
    verdict: Verdict
    told: Text
    why: str
    points: tuple[str, ...]
    basis: Basis
    go: str | tuple[Road, ...]
    when: str | None = None
    set: dict[str, bool | int | float] = field(default_factory=dict)
    add: dict[str, int | float] = field(default_factory=dict)
    unsafe: str | None = None
    """The unsafe act, as the end of the sentence "You came to …"; the debrief always names it."""


@dataclass(frozen=True)
class Scene:
    """A moment of the story: a decision (``asks`` and ``choices``) or an ``ending``."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    title: str
    text: Text
    asks: str | None = None
    choices: tuple[Choice, ...] = ()
    ending: str | None = None


@dataclass(frozen=True)
class Telling:
    """One way the facts may lie when the story begins."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    carries: dict[str, bool | int | float] = field(default_factory=dict)


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
    tellings: tuple[Telling, ...] = (Telling("only"),)
    content_note: str | None = None

    def starting(self, telling: int) -> dict[str, Value]:
        """What is carried at the beginning of telling number ``telling`` (from 0; they go round)."""
        return {**self.carries, **self.tellings[telling % len(self.tellings)].carries}
