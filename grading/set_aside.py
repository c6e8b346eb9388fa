"""What of a collected submission is not what a trainee's page hands in: set aside, before anything copies or opens it.

nbgrader copies whole folders: it follows links, waits for pipes, and takes whatever size there is. So before a
submission is graded, or collected from the exchange, its folder is looked over by the names and kinds of what lies in
it. Nothing is opened, and nothing is deleted: what is set aside lies in ``grading/set-aside/<trainee>/<check>/``.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from traitlets.log import get_logger

from casebook.answers import FILE_NAME
from grading import times
from grading.bulk.submitted import NBGRADERS_OWN, TIME, has_sound_time, notebook
from grading.submission import LARGEST

FOLDER = "set-aside"
MOST_FILES, MOST_BYTES = 1_000, 4 * LARGEST
"""Of one submission. A sparse file takes no room where it lies, and all of its size where it is copied to."""
_EXCHANGED = "It was swapped for something else while it was being collected"
_INSTEAD = json.dumps({"instead": "of something that was no answers file"}) + "\n"
"""No answer, so grading says that a line could not be read: the trainee, too, is told that something was wrong."""
_EMPTY = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n'
_MOST_NAMED = 10
"""Things that were set aside of one submission: a page full of them hides what else is told."""
_KINDS = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


@dataclass(frozen=True)
class Left:
    """Something in a submission that is not taken, and why."""

    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.name.encode('unicode_escape', 'replace').decode()} was set aside: it is {self.why}."


def before_autograding(notebooks: list[str], **_: object) -> None:
    """nbgrader's hook: looks over the submission in which ``notebooks`` lie, which it is about to copy."""
    for folder in {Path(path).parent for path in notebooks}:
        try:
            for words in made_sound(folder):
                get_logger().warning("%s: %s", folder, words)
        except OSError as error:
            # nbgrader goes on after a hook that fails, and would copy what is still there.
            raise SystemExit(
                f"{folder} couldn't be checked ({error.strerror or error}), so nothing in it was graded. Move this "
                "folder out of grading/submitted, and run the command again."
            ) from None


def made_sound(folder: Path) -> list[str]:
    """Sets aside what is no plain file of a submission. Says what that was, and what is wrong with its time.

    Raises ``OSError`` where that cannot be done.
    """
    left = tidy(folder)
    about_time = times.trouble(folder, was_set_aside=any(one.name == TIME for one in left))
    return [*said(left), *([about_time] if about_time else [])]


def said(left: Sequence[Left]) -> list[str]:
    """A line for each of the first things that were left, what grading reads before all, and one for the others."""
    left = sorted(left, key=lambda one: one.name not in (FILE_NAME, TIME))
    more = len(left) - _MOST_NAMED
    others = [f"{more} more {'things were' if more > 1 else 'thing was'} set aside."] if more > 0 else []
    return [*map(str, left[:_MOST_NAMED]), *others]


def tidy(folder: Path) -> list[Left]:
    """Sets aside what is no plain file of a submission; what was. Raises ``OSError`` where that cannot be done.

    In place of answers, or of a notebook, something is laid that says nothing, for nbgrader goes by their names.
    """
    aside = folder.parents[1].with_name(FOLDER) / folder.parent.name / folder.name
    for link in (folder.parent, folder):
        if link.is_symlink():
            _move(link, aside, f"{link.name} itself")
            folder.mkdir(parents=True)
            lay_in(folder, FILE_NAME)
            lay_in(folder, notebook(folder.name))
            return [Left(link.name, "a link")]
    wrong = [Left(entry.name, why) for entry, why in looked_over(folder) if why]
    if not any(left.name == TIME for left in wrong) and not has_sound_time(folder):
        wrong.append(Left(TIME, "no time"))
    for left in wrong:
        _move(folder / left.name, aside, left.name)
        lay_in(folder, left.name)
    return wrong


def looked_over(folder: Path) -> Iterator[tuple[os.DirEntry[str], str | None]]:
    """Each thing in ``folder``, and why it is not taken, if it is not; nothing is followed or opened."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            yield entry, _why_not(entry.stat(follow_symlinks=False)) or _by_name(entry.name)


def copy(source: Path, to: Path, uid: int | None = None) -> list[Left]:
    """Copies the plain files of ``source`` into the new folder ``to``; what was left out.

    The folder is opened once, and everything is read by way of that: its owner may put another in its place meanwhile.
    ``uid`` says whose it has to be. Raises ``OSError``.
    """
    folder = _opened(source)
    try:
        whose = os.fstat(folder).st_uid
        if uid not in (None, whose):
            raise PermissionError(errno.EPERM, _EXCHANGED, str(source))
        to.mkdir(parents=True)
        left = list(_copied(folder, to, whose))
    finally:
        os.close(folder)
    for one in left:
        lay_in(to, one.name)
    if not has_sound_time(to):
        (to / TIME).unlink()
        left.append(Left(TIME, "no time"))
    return left


def _opened(folder: Path) -> int:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            raise OSError(error.errno, _EXCHANGED, str(folder)) from None
        raise


def _copied(folder: int, to: Path, whose: int) -> Iterator[Left]:
    """Copies as much as a submission may hold, what counts first; what was left out."""
    room = MOST_BYTES
    for number, name in enumerate(_names(folder)):
        if number == MOST_FILES or room < 0:
            most = f"{MOST_FILES:,} files, {MOST_BYTES // 2**20} MB"
            yield Left("the rest", f"more than any submission holds ({most})")
            return
        about = os.stat(name, dir_fd=folder, follow_symlinks=False)
        room -= about.st_size if stat.S_ISREG(about.st_mode) and about.st_size <= LARGEST else 0
        if why := _why_not(about, whose) or _by_name(name) or copy_file(name, to / name, folder, whose):
            yield Left(name, why)


def _names(folder: int) -> list[str]:
    """What lies in an open folder, the answers before all else; where there is too much, not all of it."""
    with os.scandir(folder) as entries:
        names = {entry.name for entry in islice(entries, MOST_FILES + 1)}
    first = [name for name in (FILE_NAME, *NBGRADERS_OWN) if name in names or _is_there(name, folder)]
    return [*first, *sorted(names.difference(first))]


def _is_there(name: str, folder: int) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _by_name(name: str) -> str | None:
    """nbgrader copies what it doesn't know from step to step, so that it would end up beside the feedback page."""
    return "a web page, which trainees don't turn in" if name.casefold().endswith((".html", ".htm")) else None


def _why_not(about: os.stat_result, whose: int | None = None) -> str | None:
    for is_one, words in _KINDS:
        if is_one(about.st_mode):
            return words
    if whose not in (None, about.st_uid):
        return "somebody else's: a different login put it in this folder"
    if about.st_nlink > 1:
        return "a file that's also somewhere else (a hard link)"
    return _TOO_LARGE if about.st_size > LARGEST else None


_TOO_LARGE = f"a file of more than {LARGEST // 2**20} MB"


def copy_file(source: str | Path, to: Path, folder: int | None = None, whose: int | None = None) -> str | None:
    """Copies one file, or says why not; it is looked at once it is open, for until then it may become another.

    ``folder``: an open folder in which ``source`` is a name. ``whose``: whose it has to be, if that matters.
    """
    try:
        with open(os.open(source, os.O_RDONLY | _CAREFUL, dir_fd=folder), "rb") as reading:
            why = _why_not(os.fstat(reading.fileno()), whose)
            data = b"" if why else reading.read(LARGEST + 1)  # it may grow while it is read
    except PermissionError:
        return "not readable"
    if why is None and len(data) > LARGEST:
        return _TOO_LARGE
    if why is None:
        with to.open("xb") as writing:
            writing.write(data)
    return why


_CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def _move(what: Path, to: Path, name: str) -> None:
    """Into the folder ``to``, or where it has that name, into one beside it: a name may be as long as names can be."""
    folders = (to, *(to.with_name(f"{to.name}.{number}") for number in range(2, 10_000)))
    free = next(folder for folder in folders if not os.path.lexists(folder / name))
    free.mkdir(parents=True, exist_ok=True)
    what.rename(free / name)


def lay_in(folder: Path, name: str) -> None:
    """Puts what says nothing in place of answers or of a notebook; nbgrader looks for submissions by these names."""
    instead: dict[str, Any] = {FILE_NAME: _INSTEAD}
    text = instead.get(name, _EMPTY if name.endswith(".ipynb") else None)
    if text is not None:
        (folder / name).write_text(text, encoding="utf-8")
