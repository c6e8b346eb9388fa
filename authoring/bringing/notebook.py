"""A notebook's cells, as far as they matter to the text that it was made from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from authoring import markup
from authoring.problems import BadContent, Problem

COPIED = "casebook_copy"
"""Where a copy for editing says what it is of: what the course's extension looks for is not there."""

_CALL = re.compile(r"^import casebook; casebook\.(?P<name>\w+)\((?P<arguments>.*)\)$")
_DERIVED = re.compile(r"(?P<digest>[0-9a-f]{12})-\d+")


@dataclass(frozen=True)
class Cell:
    """A cell: its id, its type, its source without what is blank round it, its line in the file, and what it calls."""

    id: str
    type: str
    source: str
    line: int
    call: tuple[str, ...] = ()

    @property
    def begins(self) -> str:
        """Its first words, as somebody would look for it."""
        words = next((line for line in self.source.splitlines() if line.strip()), "")
        return f"'{words[:50]}{'…' if len(words) > 50 else ''}'"

    @property
    def is_made(self) -> bool:
        """Whether its id says what it was generated from."""
        return bool(_DERIVED.fullmatch(self.id))

    @property
    def is_as_made(self) -> bool:
        """Whether it still is what it was generated as."""
        made = _DERIVED.fullmatch(self.id)
        return made is not None and sha256(self.source.encode()).hexdigest().startswith(made["digest"])


@dataclass(frozen=True)
class Notebook:
    """A notebook of the course: whether it is a lesson or a check, of which module, and its cells."""

    path: Path
    role: str
    module: str
    cells: tuple[Cell, ...]


def read(path: Path) -> Notebook:
    """The notebook at ``path``; raises :class:`BadContent` where there is none, or it is none of the course."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise BadContent([Problem(path, 1, "This file doesn't exist.", "Write NOTEBOOK= and its path.")]) from None
    return of(path, data)


def of(path: Path, data: bytes) -> Notebook:
    """The notebook of these bytes, which stands at ``path``."""
    try:
        text = data.decode("utf-8")
        raw = json.loads(text)
        about = raw["metadata"].get("casebook") or raw["metadata"][COPIED]
        if about["role"] not in markup.DIRECTIVES:
            raise ValueError
        cells = tuple(_cell(text, one) for one in raw["cells"])
        return Notebook(path, about["role"], str(about["module"]), cells)
    except (ValueError, KeyError, TypeError, AttributeError):
        what, remedy = "This isn't a notebook of the course.", "Make a copy of one with make edit-notebook."
        raise BadContent([Problem(path, 1, what, remedy)]) from None


def _cell(text: str, raw: dict[str, Any]) -> Cell:
    source = raw["source"]
    source = source if isinstance(source, str) else "".join(source)
    id = str(raw["id"])
    at = text.find(f'"id": "{id}"')
    call = _call(source) if raw["cell_type"] == "code" else ()
    return Cell(id, str(raw["cell_type"]), source.strip(), text.count("\n", 0, at) + 1 if at >= 0 else 1, call)


def _call(source: str) -> tuple[str, ...]:
    """A course call's name and arguments; hidden tests below it are nothing of the text's."""
    match = _CALL.match(source.split("\n", 1)[0].strip())
    if not match:
        return ()
    try:
        arguments = json.loads(f"[{match['arguments']}]")
    except ValueError:
        return ()
    return (match["name"], *(str(argument) for argument in arguments))
