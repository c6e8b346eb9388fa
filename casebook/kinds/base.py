"""The parts that all kinds of items have in common.

A kind is one file: what its author writes, which part of that is public, how it is shown, answered, and
scored, and examples of its own that a test scores. To add one, see CONTRIBUTING.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

Given: TypeAlias = Mapping[str, Any]
"""An answer as it came from a page or a file. The kind checks it before anything uses it."""

Basis = Literal["section", "inference"]


class NotAnAnswer(ValueError):
    """The data given isn't an answer to this item. The message says why, in plain words."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of an item with feedback of its own, such as an option or a statement.

    ``text`` and ``feedback`` are prose. ``basis`` says what settles that choosing the part is unsafe, if that's not
    what settles the item.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    text: str
    feedback: str
    points: tuple[str, ...] = ()
    basis: Basis | None = None


@dataclass(frozen=True)
class Field:
    """One thing to fill in, and its control.

    ``one`` is a group of radio buttons, ``several`` a group of checkboxes, ``order`` a list to put in order, and
    ``text`` an area to write in. ``label`` is prose; it is empty if the item's stem says it all. ``words`` is the
    suggested length of a text, from and to. ``note`` is shown under the field.
    """

    name: str
    control: Literal["one", "several", "order", "text"]
    label: str = ""
    options: tuple[tuple[str, str], ...] = ()
    layout: Literal["column", "row"] = "column"
    words: tuple[int, int] | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One line of feedback on a part: what the trainee did with it, what is right, and why.

    ``part`` and ``why`` are prose. ``did`` and ``wanted`` are plain words that make one sentence: "You chose this:
    not right." ``picked`` says whether the trainee did anything with the part, ``right`` whether that (or leaving it
    alone) was right, and ``unsafe`` whether it would endanger somebody. An unsafe choice ``blocks`` the check (it
    isn't met, whatever its points) unless a later choice ``repaired`` it.
    """

    part: str
    did: str
    wanted: str
    picked: bool
    right: bool
    why: str
    points: tuple[str, ...]
    unsafe: bool = False
    blocks: bool = False
    repaired: bool = False

    @property
    def said(self) -> str:
        """The sentence that ``did`` and ``wanted`` make."""
        return f"{self.did}: {self.wanted}."


@dataclass(frozen=True)
class Outcome:
    """A scored answer: its ``share`` of the marks, from 0 to 1, and a remark for each part.

    ``share`` is ``None`` if an instructor still has to mark the answer.
    """

    share: float | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Example:
    """One of a kind's own examples: an answer, and the share of the marks it must earn.

    ``share`` is ``None`` if an instructor marks it. ``refused`` says that it must raise :class:`NotAnAnswer`.
    """

    given: Given
    share: float | None = None
    refused: bool = False


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item as its author wrote it, including its key and feedback. Each kind adds its own fields.

    ``points`` are the teaching points that settle it. ``basis`` says whether the section itself settles it.
    ``marks`` is what it is worth (``None`` for practice). ``reviewed_by`` is the expert who confirmed its key.
    ``slot`` names the place in the final assessment, if this item is one of its variants.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    lists: ClassVar[dict[str, tuple[int, int]]] = {}
    """The lists of lettered parts that an author writes, each with its lowest and highest number of parts."""
    id: str
    kind: str
    stem: str
    points: tuple[str, ...]
    basis: Basis
    applied: bool = False
    case: str | None = None
    marks: float | None = None
    reviewed_by: str | None = None
    slot: str | None = None

    def public(self) -> dict[str, Any]:
        """Return what a trainee's page may contain: no key, no feedback, no weights. Each kind adds its own."""
        shown: dict[str, Any] = {"id": self.id, "kind": self.kind, "stem": self.stem}
        also = {"case": self.case, "slot": self.slot}
        return shown | {name: words for name, words in also.items() if words}

    def parts(self) -> tuple[Part, ...]:
        """Return every part that has feedback of its own."""
        listed = (part for name in self.lists for part in getattr(self, name))
        return tuple(part for part in listed if isinstance(part, Part))

    def blocks(self, basis: Basis | None) -> bool:
        """Return whether an unsafe choice in this item keeps a check from being met.

        ``basis`` is the choice's own, or ``None`` if it's the same as the item's.
        """
        return (basis or self.basis) == "section" or bool(self.reviewed_by)

    def secrets(self) -> tuple[str, ...]:
        """Return the words of a graded item that trainees may not see before its feedback is released."""
        return tuple(part.feedback for part in self.parts())

    def counting(self, given: Sequence[Given]) -> Given | None:
        """Return the answer that counts of all ``given``, in order: the last one, or ``None`` if nothing was given."""
        return given[-1] if given else None

    def outcome(self, given: Given | None) -> Outcome:
        """Score ``given``; ``None`` means nothing was given. Raise :class:`NotAnAnswer` if it doesn't fit the item."""
        raise NotImplementedError


class Kind(Protocol):
    """A kind of item: its record, and how its public part is shown and checked."""

    @property
    def name(self) -> str:
        """The name that authors write."""

    @property
    def record(self) -> type[Item]:
        """The record that an author writes for an item of this kind."""

    @property
    def hint(self) -> str:
        """The sentence under the stem that says what to do."""

    @property
    def manual(self) -> bool:
        """Whether an instructor marks items of this kind by hand."""

    def fields(self, public: Mapping[str, Any]) -> tuple[Field, ...]:
        """Return the fields that a page shows for an item's public part."""

    def problem(self, public: Mapping[str, Any], given: Given) -> str | None:
        """Return why ``given`` isn't an answer to the item, in plain words, or ``None`` if it is."""

    def faults(self, item: Any) -> list[str]:
        """Return what is wrong with an item as written, in its author's terms."""

    def examples(self) -> tuple[Item, tuple[Example, ...]]:
        """Return an item of this kind and answers to it: right, partly right, wrong, and refused."""


def revision(public: Mapping[str, Any]) -> str:
    """Return a short name for an item's wording. It changes whenever any word that the trainee sees changes."""
    words = json.dumps(public, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode("utf-8", errors="replace")).hexdigest()[:8]


def refuse(problem: str | None) -> None:
    """Raise :class:`NotAnAnswer` if there is a problem."""
    if problem:
        raise NotAnAnswer(problem)


def shown(parts: Iterable[Any]) -> list[dict[str, str]]:
    """Return what a page may contain from parts: their letters and their words."""
    return [{"id": part.id, "text": part.text} for part in parts]


def pairs(listed: Iterable[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return a list from a public part as a field's options."""
    return tuple((entry["id"], entry["text"]) for entry in listed)
