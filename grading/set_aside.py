"""What of a collected submission is not what a trainee's page hands in: set aside, before anything copies or opens it.

nbgrader copies whole folders: it follows links, waits for pipes, and takes whatever size there is. So before a
submission is graded, or collected from the exchange, its folder is looked over by the names and kinds of what lies in
it. Nothing is opened, and nothing is deleted: what is set aside lies in ``grading/set-aside/<trainee>/<check>/``.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from traitlets.log import get_logger

from casebook.answers import FILE_NAME
from grading import times
from grading.bulk.submitted import TIME, has_sound_time, notebook
from grading.submission import LARGEST

FOLDER = "set-aside"
_INSTEAD = json.dumps({"instead": "of something that was no answers file"}) + "\n"
"""No answer, so grading says that a line could not be read: the trainee, too, is told that something was wrong."""
_EMPTY = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n'
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
                f"{folder} could not be looked over ({error.strerror or error}). Nothing of it was graded. Move this "
                "folder out of grading/submitted, and run it again."
            ) from None


def made_sound(folder: Path) -> list[str]:
    """Sets aside what is no plain file of a submission. Says what that was, and what is wrong with its time.

    Raises ``OSError`` where that cannot be done.
    """
    left = tidy(folder)
    about_time = times.trouble(folder, was_set_aside=any(one.name == TIME for one in left))
    return [*map(str, left), *([about_time] if about_time else [])]


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
            yield entry, _why_not(entry.stat(follow_symlinks=False))


def copy(source: Path, to: Path) -> list[Left]:
    """Copies the plain files of ``source`` into the new folder ``to``; what was left out."""
    to.mkdir(parents=True)
    left = []
    for entry, why in looked_over(source):
        if why is None:
            why = copy_file(Path(entry.path), to / entry.name)
        if why:
            left.append(Left(entry.name, why))
            lay_in(to, entry.name)
    if not has_sound_time(to):
        (to / TIME).unlink()
        left.append(Left(TIME, "no time"))
    return left


def _why_not(about: os.stat_result) -> str | None:
    for is_one, words in _KINDS:
        if is_one(about.st_mode):
            return words
    if about.st_nlink > 1:
        return "a file that lies elsewhere, too (a hard link)"
    if about.st_size > LARGEST:
        return f"a file of more than {LARGEST // 2**20} MB"
    return None


def copy_file(source: Path, to: Path) -> str | None:
    """Copies one file, or says why not; it is looked at once it is open, for until then it may become another."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with open(os.open(source, flags), "rb") as reading:
            why = _why_not(os.fstat(reading.fileno()))
            if why is None:
                with to.open("xb") as writing:
                    shutil.copyfileobj(reading, writing)
            return why
    except PermissionError:
        return "not readable"


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
