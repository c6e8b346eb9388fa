"""Files that may be a trainee's answers under another name: browsers and learning platforms rename what they handle.

Nothing is taken for answers here. What is found is named, and an instructor decides.
"""

from __future__ import annotations

import io
import os
import shlex
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from casebook import answers
from grading import roster_ids, submission

_MOST_ENTRIES, _DEEPEST = 500, 4
"""Of what a trainee handed in; more is no attempt at handing in answers."""
_BEGINNING = 256 * 1024
"""Bytes of a file that are looked at: room for many answers."""


@dataclass(frozen=True)
class Lookalike:
    """A file that may be answers, and the checks to which it holds answers: none where only its name looks like it."""

    path: Path
    modules: tuple[str, ...] = ()

    def said(self, module: str, root: Path, known: Collection[str]) -> str:
        """The file, from ``root``, and what it holds, for an instructor who grades ``module``, one of ``known``.

        A trainee gave it its name, so the name is quoted for a shell, and cut where it is long.
        """
        path = self.path.relative_to(root) if self.path.is_relative_to(root) else self.path
        shown = "/".join("" if part == "/" else roster_ids.shown(part) for part in path.parts)
        return f"{shlex.quote(shown)} ({self._holds(module, known)})"

    def _holds(self, module: str, known: Collection[str]) -> str:
        if module in self.modules:
            return "it has answers to this check"
        if named := [one for one in self.modules if one in known]:
            return f"it has answers to {', '.join(named)}, not to this check"
        return "it doesn't have answers to any check in this course" if self.modules else "going by its name"


def found(folder: Path) -> list[Lookalike]:
    """What in ``folder``, and in folders in it, may be answers; no link is followed. The best guess comes first."""
    likely = [one for path in islice(_files(folder, _DEEPEST), _MOST_ENTRIES) if (one := _lookalike(path))]
    return sorted(likely, key=lambda one: (not one.modules, str(one.path)))


def _files(folder: Path, deep: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            listed = sorted(islice(entries, _MOST_ENTRIES), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path), deep - 1) if deep else ()
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)


def _lookalike(path: Path) -> Lookalike | None:
    if path.suffix == ".ipynb":
        return None
    beginning = submission.plain(path, _BEGINNING)
    if beginning is None:
        return None
    book = answers.parse(answers.lines(io.BytesIO(beginning)))
    modules = tuple(sorted({answer.module for answer in book.answers}))
    name = path.name.casefold()
    return Lookalike(path, modules) if modules or "answers" in name or ".jsonl" in name else None
