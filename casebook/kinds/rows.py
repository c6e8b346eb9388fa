"""What the kinds that ask for one choice in each of several rows share: their fields, and what an answer is.

The answer is ``{"a": "b", "c": "a"}``: row to choice. Rows may be missing; an answer in part counts as it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from casebook.kinds.base import Field, Given


def fields(rows: Iterable[Mapping[str, Any]], choices: tuple[tuple[str, str], ...]) -> tuple[Field, ...]:
    """A group of radio buttons for each row."""
    return tuple(Field(row["id"], "one", row["text"], choices, layout="row") for row in rows)


def problem(rows: Iterable[Mapping[str, Any]], choices: Collection[str], given: Given) -> str | None:
    """Why ``given`` is no answer, in plain words."""
    if not given:
        return "Nothing has been chosen."
    if not set(given) <= {row["id"] for row in rows}:
        return "One of the rows answered doesn't exist."
    if not all(isinstance(choice, str) and choice in choices for choice in given.values()):
        return "One of the options chosen doesn't exist."
    return None
