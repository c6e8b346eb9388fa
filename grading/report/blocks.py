"""What a report is made of: sections of words, tables and figures. Plain data; ``page`` makes HTML of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Cell:
    """A cell of a table. ``look`` colours it (``yes``, ``part``, ``not``), and never says what its text does not."""

    text: str
    look: str = ""


@dataclass(frozen=True)
class Words:
    """A paragraph. ``strong`` sets it apart: a warning, or what to do."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Listing:
    """A list."""

    entries: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row names it. ``numbers`` are the columns that are set to the right."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Figure:
    """A picture as SVG; ``alt`` says what it shows to whoever does not see it. Its numbers stand in a table."""

    svg: str
    alt: str
    caption: str


Block: TypeAlias = "Words | Listing | Table | Figure | Part"


@dataclass(frozen=True)
class Part:
    """A part of a section, with a heading of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """A section of the report; ``id`` is where a link leads."""

    id: str
    title: str
    blocks: tuple[Block, ...]


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str | Cell]], numbers: str = "") -> Table:
    """A table; ``numbers`` has a letter for each column, ``n`` for one of numbers."""
    columns = frozenset(n for n, letter in enumerate(numbers) if letter == "n")
    return Table(caption, tuple(heads), tuple(tuple(row) for row in rows), columns)
