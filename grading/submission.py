"""The one file of a submission that is read, read as what it is: something that anybody may have put there."""

from __future__ import annotations

import os
import stat
from itertools import islice
from pathlib import Path

from casebook import answers
from casebook.answers import FILE_NAME, Answer, Book

LARGEST = 16 * 2**20
"""Bytes. The final with every answer changed a hundred times over is less."""
MOST_LINES = 20_000
"""As many answers to one check nobody gives; reading as many lines takes a tenth of a second."""


def read(folder: Path) -> tuple[Book, str | None]:
    """The answers in ``folder``, and in words what was wrong with the file; what cannot be read counts as empty."""
    try:
        handle = os.open(folder / FILE_NAME, os.O_RDONLY | _CAREFUL)
    except FileNotFoundError:
        return Book(), None
    except OSError as error:
        # A link is refused with "Too many levels of symbolic links", which would tell nobody anything.
        why = "it is a link" if (folder / FILE_NAME).is_symlink() else str(error.strerror or error)
        return Book(), _UNREAD.format(why=why)
    try:
        if wrong := _why_not(os.fstat(handle)):
            return Book(), _UNREAD.format(why=wrong)
        with open(handle, "rb", closefd=False) as file:
            lines = answers.lines(file)
            book = answers.parse(islice(lines, MOST_LINES))
            more = next(lines, None) is not None
    except OSError as error:
        return Book(), _UNREAD.format(why=error.strerror or error)
    finally:
        os.close(handle)
    if more:
        return book, f"The answers file has more than {MOST_LINES:,} lines; what comes after them was skipped."
    return book, _passed_over(len(book.unreadable))


def first(folder: Path, module: str) -> Answer | None:
    """The first answer in ``folder`` to a check, as :func:`read` finds it; what comes after it is not read."""
    try:
        with open(os.open(folder / FILE_NAME, os.O_RDONLY | _CAREFUL), "rb") as file:
            if _why_not(os.fstat(file.fileno())):
                return None
            found = answers.each(islice(answers.lines(file), MOST_LINES))
            return next((one for _, one in found if one is not None and one.module == module), None)
    except OSError:
        return None


def plain(path: Path, most: int = -1) -> bytes | None:
    """The bytes, or the first ``most``, of a plain file that anybody may have put there.

    Nothing where it is no plain file, or is larger than any.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _CAREFUL)
    except OSError:
        return None
    with open(handle, "rb") as file:
        return None if _why_not(os.fstat(handle)) else file.read(most)


def _why_not(about: os.stat_result) -> str | None:
    if not stat.S_ISREG(about.st_mode):
        return "it isn't a file"
    if about.st_size > LARGEST:
        return f"it has more than {LARGEST // 2**20} MB"
    return None


_CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
"""No link is followed, and a pipe that nobody writes to is not waited for."""
_UNREAD = "The answers file could not be read ({why}); it counts as empty."


def _passed_over(lines: int) -> str | None:
    if not lines:
        return None
    if lines == 1:
        return "1 line of the answers file could not be read and was skipped."
    return f"{lines} lines of the answers file could not be read and were skipped."
