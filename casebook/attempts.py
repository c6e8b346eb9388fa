"""Attempts at a check: which one an answers file holds, which one an instructor has opened, and how another begins.

The answers file of every attempt but the first begins with a line that says its number. It goes with the answers
wherever they are handed in, so grading knows which attempt it has before it. In a class, an instructor opens another
attempt: the feedback page says so, and the trainee begins it here. Alone, :mod:`casebook.results` begins it.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from casebook import results
from casebook.answers import FILE_NAME, Answer, Book

ID = "attempt"
"""What stands in place of an item's id; no item has it (``authoring/rules/identifiers.py``)."""
LARGEST = 99
"""Nobody needs more attempts. A larger number is a mistake, or somebody's joke."""
META = "casebook-attempt"
"""The feedback page's element that names the attempt an instructor has opened."""
_HEAD, _MOST_PAGES = 4096, 50
"""Bytes of a page in which the element stands, and pages that are looked at: the newest."""
_TOLD = re.compile(rf'<meta name="{META}" content="([1-9][0-9]?)">'.encode())
_CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def marker(module: str, number: int, at: str) -> Answer:
    """The line with which the answers of attempt ``number`` begin."""
    return Answer(module, ID, {"number": number}, at)


def number(book: Book, module: str) -> int:
    """Which attempt at a check the answers belong to: the first, unless the check's first line says otherwise."""
    return told(first(book, module))


def first(book: Book, module: str) -> Answer | None:
    """The check's first line."""
    return next((one for one in book.answers if one.module == module), None)


def told(line: Answer | None) -> int:
    """The attempt that a check's first line tells; 1 where it tells none, or no possible number."""
    said = line.given.get("number") if line and line.id == ID else 1
    return said if type(said) is int and 1 <= said <= LARGEST else 1


def opened(folder: Path) -> int:
    """The latest attempt that feedback pages fetched into ``folder`` call open; 0 where none does.

    Anybody may have changed a page since: nothing of it counts but a number of two digits in its head.
    """
    try:
        pages = sorted(folder.glob("feedback/*/*.html"))[-_MOST_PAGES:]
    except OSError:
        return 0
    return max(map(_opened, pages), default=0)


def _opened(page: Path) -> int:
    try:
        handle = os.open(page, os.O_RDONLY | _CAREFUL)
        with open(handle, "rb") as file:
            head = file.read(_HEAD) if stat.S_ISREG(os.fstat(handle).st_mode) else b""
    except OSError:
        return 0
    found = _TOLD.search(head)
    return int(found[1]) if found else 0


def begin(folder: Path, number: int) -> None:
    """Puts the answers in ``folder`` away, so that attempt ``number`` begins with none. ``OSError``.

    One step of the file system, as in :func:`casebook.results.begin_again`; answers put away before are never touched.
    """
    away = folder / results.FOLDER / str(number - 1) / FILE_NAME
    away.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(away):
        raise FileExistsError(f"{away} is there already")
    if (folder / FILE_NAME).exists():
        (folder / FILE_NAME).rename(away)
    else:
        away.touch()


def go_back(folder: Path) -> None:
    """Brings the answers put away last back, in place of an attempt that has none. ``OSError``."""
    *_, last = results.put_away(folder)
    last.replace(folder / FILE_NAME)
