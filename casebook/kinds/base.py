"""What every kind of item has in common.

A kind is one file: what its author writes, what of it is public, how it is shown and answered, how
it is scored, and examples of its own that a test scores. See CONTRIBUTING.md for adding one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

Given: TypeAlias = Mapping[str, Any]
"""An answer as it came from a page or a file: checked by the kind before anything is made of it."""

Basis = Literal["section", "inference"]


class NotAnAnswer(ValueError):
    """What was given is no answer to this item; the message says why, in plain words."""


@dataclass(frozen=True)
class Option:
    """One option of an item that offers options. ``text`` and ``feedback`` are prose."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    text: str
    feedback: str
    right: bool = False
    unsafe: bool = False
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One thing to fill in: a group of radio buttons (``one``) or of check boxes (``several``)."""

    name: str
    control: Literal["one", "several"]
    label: str
    options: tuple[tuple[str, str], ...]
    hint: str = ""


@dataclass(frozen=True)
class Remark:
    """One line of feedback: on an option, what the trainee did with it, whether that was right, and why."""

    option: str
    picked: bool
    right: bool
    why: str
    points: tuple[str, ...]
    unsafe: bool = False


@dataclass(frozen=True)
class Outcome:
    """An answer, scored: ``share`` of the marks from 0 to 1, and a remark for each option."""

    share: float
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Example:
    """One of a kind's own examples: an answer to it, and the share of the marks it must earn.

    ``share`` is ``None`` where the answer must be refused with :class:`NotAnAnswer`.
    """

    given: Given
    share: float | None


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item as its author wrote it, key and feedback included; each kind adds its own fields.

    ``points`` are the teaching points that settle it; ``basis`` says whether the section itself
    settles it. ``marks`` is what it scores (none for practice); ``reviewed_by`` the expert who
    confirmed its key.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    kind: str
    stem: str
    points: tuple[str, ...]
    basis: Basis
    applied: bool = False
    case: str | None = None
    marks: float | None = None
    reviewed_by: str | None = None

    def public(self) -> dict[str, Any]:
        """What a trainee's page may hold: no key, no feedback, no weights."""
        raise NotImplementedError

    def outcome(self, given: Given | None) -> Outcome:
        """``given`` scored; ``None`` is no answer. Raises :class:`NotAnAnswer`."""
        raise NotImplementedError


class Kind(Protocol):
    """A kind of item: its record, and how its public part is shown and checked."""

    @property
    def name(self) -> str:
        """The name that authors write."""

    @property
    def record(self) -> type[Item]:
        """What an author writes for an item of this kind."""

    def fields(self, public: Mapping[str, Any]) -> tuple[Field, ...]:
        """The fields that a page shows for an item's public part."""

    def problem(self, public: Mapping[str, Any], given: Given) -> str | None:
        """Why ``given`` is no answer to the item, in plain words; ``None`` if it is one."""

    def faults(self, item: Any) -> list[str]:
        """What is wrong with an item as written, in its author's terms."""

    def examples(self) -> tuple[Item, tuple[Example, ...]]:
        """An item of this kind and answers to it: right, partly right, wrong, refused."""
