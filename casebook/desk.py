"""The trainee's desk: the folder a notebook works in, with its answers file.

The only place where time and the file system meet the trainee's answers.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock

from casebook import attempts, results, trainee
from casebook.answers import FILE_NAME, Answer, Book, append, read
from casebook.kinds.base import Given

Clock = Callable[[], datetime]


class NotSaved(Exception):
    """An answer could not be kept; the message tells the trainee why and what to do."""


class Desk:
    """Reads and keeps the answers of one folder.

    ``where`` tells what the folder is called now, where it may be renamed while the desk is in use; ``who`` tells the
    trainee's id.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock = lambda: datetime.now(UTC),
        where: Callable[[], Path] | None = None,
        who: Callable[[], str] = trainee.id,
    ) -> None:
        self.who = who
        self._where = where or (lambda: folder)
        # JupyterLab handles widget messages in a thread of their own, beside the cells that are run.
        self.lock = RLock()
        self._clock = clock
        self._seen: tuple[int, int] | None = None
        self._book = Book()

    @property
    def folder(self) -> Path:
        """The folder. ``FileNotFoundError`` where it is gone and its name is not known any more."""
        return self._where()

    @property
    def book(self) -> Book:
        """What the answers file holds now; read again only where the file has changed."""
        path = self.folder / FILE_NAME
        try:
            stat = path.stat()
        except FileNotFoundError:
            self._seen, self._book = None, Book()
            return self._book
        seen = (stat.st_size, stat.st_mtime_ns)
        if seen != self._seen:
            self._book = read(path)
            self._seen = seen
        return self._book

    def last(self, module: str, item_id: str) -> Answer | None:
        """The answer that counts for an item, if there is one."""
        return self.book.last(module, item_id)

    def keep(self, module: str, item_id: str, given: Given, rev: str | None = None, *, checked: bool = False) -> Answer:
        """Saves an answer; once this returns it is on disk. Raises :class:`NotSaved`.

        The first answer of another attempt goes with the line that says which attempt it is.
        """
        answer = Answer(module, item_id, given, self._clock().isoformat(timespec="milliseconds"), rev, checked)
        try:
            append(self.folder / FILE_NAME, *self._beginning(module, answer.at), answer)
        except OSError as error:
            raise NotSaved(_plainly(error)) from error
        return answer

    def _beginning(self, module: str, at: str) -> tuple[Answer, ...]:
        """The line with which another attempt's answers begin, where there are none of it yet."""
        number = results.attempt(self.folder)
        if number == 1 or attempts.first(self.book, module) is not None:
            return ()
        return (attempts.marker(module, number, at),)

    def attempt(self, module: str) -> int:
        """Which attempt at a check the answers here belong to.

        One more than was put away here; or what the answers say, where they came here alone from another machine.
        """
        return max(results.attempt(self.folder), attempts.number(self.book, module))

    def now(self) -> datetime:
        """The time, with its zone."""
        return self._clock()

    def today(self) -> date:
        """The day where this is run."""
        return self._clock().astimezone().date()

    def notices(self) -> list[str]:
        """What the trainee should know about their answers file: nothing, mostly."""
        try:
            lines = self.book.unreadable
        except OSError as error:
            return [
                f"Your answers file ({FILE_NAME}) can't be read ({error.strerror or error}). "
                "Ask whoever set up the course to look at it; nothing in it was changed."
            ]
        if not lines:
            return []
        which = ", ".join(str(number) for number in lines[:5]) + (", …" if len(lines) > 5 else "")
        return [
            f"Part of your answers file ({FILE_NAME}, line {which}) can't be read and was skipped. "
            "Nothing was deleted. Look through your answers here, and give any missing ones again."
        ]


def _plainly(error: OSError) -> str:
    # EFBIG: the file may not grow further, which is a disk full for this user.
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "The disk is full. Free up some space, then choose Try again. Leave this page open until then."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "This folder can't be written to. Ask whoever set up the course; leave this page open until then."
    if error.errno == errno.EMSGSIZE:
        return "The answer is too long to save. Shorten it."
    if error.errno == errno.EINVAL:
        return "The answer has something in it that can't be saved. Reload the page and answer again."
    if error.errno == errno.ENOENT:
        return "The folder of this notebook has been moved or deleted. Open the notebook again from its new place."
    return f"The answer couldn't be written to disk ({error.strerror or error}). Choose Try again."
