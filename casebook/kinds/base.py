"""What every kind of item has in common.

A kind is one file: what its author writes, what of it is public, how it is shown and answered, how
it is scored, and examples of its own that a test scores. See CONTRIBUTING.md for adding one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

Given: TypeAlias = Mapping[str, Any]
"""An answer as it came from a page or a file: checked by the kind before anything is made of it."""

Basis = Literal["section", "inference"]


class NotAnAnswer(ValueError):
    """What was given is no answer to this item; the message says why, in plain words."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of an item that has feedback of its own: an option, a statement. ``text`` and ``feedback`` are prose.

    ``basis`` says what settles that choosing it is unsafe, where that's not what settles the item.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    text: str
    feedback: str
    points: tuple[str, ...] = ()
    basis: Basis | None = None


@dataclass(frozen=True)
class Field:
    """One thing to fill in, by its control.

    ``one`` is a group of radio buttons, ``several`` of check boxes, ``order`` a list to put in order, ``text``
    an area to write in. ``label`` is prose; it is empty where the item's stem says it all. ``words`` is the guide
    to a text's length, ``note`` stands under the field.
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
    """One line of feedback: on a part, what the trainee did with it, what is right, and why.

    ``part`` and ``why`` are prose; ``did`` and ``wanted`` plain words that make one sentence: "You chose this:
    not right." ``picked`` says whether the trainee did anything with it, ``right`` whether that (or leaving it
    alone) was right, ``unsafe`` whether it would endanger somebody. An unsafe choice ``blocks`` the check (it isn't
    met, whatever its points) unless a later choice ``repaired`` it.
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
        """The sentence."""
        return f"{self.did}: {self.wanted}."


@dataclass(frozen=True)
class Outcome:
    """An answer, scored: ``share`` of the marks from 0 to 1, and a remark for each part.

    ``share`` is ``None`` where an instructor has yet to mark it.
    """

    share: float | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Example:
    """One of a kind's own examples: an answer to it, and the share of the marks it must earn.

    ``share`` is ``None`` where an instructor marks it; ``refused`` where it must raise :class:`NotAnAnswer`.
    """

    given: Given
    share: float | None = None
    refused: bool = False


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item as its author wrote it, key and feedback included; each kind adds its own fields.

    ``points`` are the teaching points that settle it; ``basis`` says whether the section itself
    settles it. ``marks`` is what it scores (none for practice); ``reviewed_by`` the expert who
    confirmed its key. ``slot`` names the place in the final assessment of which this is one variant.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    lists: ClassVar[dict[str, tuple[int, int]]] = {}
    """The lists of lettered parts that an author writes: the fewest and the most of each."""
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
        """What a trainee's page may hold: no key, no feedback, no weights. Each kind adds its own."""
        shown: dict[str, Any] = {"id": self.id, "kind": self.kind, "stem": self.stem}
        also = {"case": self.case, "slot": self.slot}
        return shown | {name: words for name, words in also.items() if words}

    def parts(self) -> tuple[Part, ...]:
        """Every part that has feedback of its own."""
        listed = (part for name in self.lists for part in getattr(self, name))
        return tuple(part for part in listed if isinstance(part, Part))

    def blocks(self, basis: Basis | None) -> bool:
        """Whether an unsafe choice in this item keeps a check from being met.

        ``basis`` is the choice's own, or nothing where it is the item's.
        """
        return (basis or self.basis) == "section" or bool(self.reviewed_by)

    def secrets(self) -> tuple[str, ...]:
        """The words of a graded item that no trainee may see before its feedback is released."""
        return tuple(part.feedback for part in self.parts())

    def counting(self, given: Sequence[Given]) -> Given | None:
        """The answer that counts of all that were ``given``, in their order: the last. ``None`` is no answer."""
        return given[-1] if given else None

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

    @property
    def hint(self) -> str:
        """What there is to do, in a sentence under the stem."""

    @property
    def manual(self) -> bool:
        """Whether an instructor marks it by hand."""

    def fields(self, public: Mapping[str, Any]) -> tuple[Field, ...]:
        """The fields that a page shows for an item's public part."""

    def problem(self, public: Mapping[str, Any], given: Given) -> str | None:
        """Why ``given`` is no answer to the item, in plain words; ``None`` if it is one."""

    def faults(self, item: Any) -> list[str]:
        """What is wrong with an item as written, in its author's terms."""

    def examples(self) -> tuple[Item, tuple[Example, ...]]:
        """An item of this kind and answers to it: right, partly right, wrong, refused."""


def revision(public: Mapping[str, Any]) -> str:
    """A short name of an item's wording: another one as soon as any word that the trainee sees is another."""
    words = json.dumps(public, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode("utf-8", errors="replace")).hexdigest()[:8]


def refuse(problem: str | None) -> None:
    """Raises :class:`NotAnAnswer` where there is a problem."""
    if problem:
        raise NotAnAnswer(problem)


def shown(parts: Iterable[Any]) -> list[dict[str, str]]:
    """What a page may hold of parts: their letters and their words."""
    return [{"id": part.id, "text": part.text} for part in parts]


def pairs(listed: Iterable[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """A list of a public part as a field's options."""
    return tuple((entry["id"], entry["text"]) for entry in listed)
