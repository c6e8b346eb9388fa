"""The answers file: every answer given, one JSON object a line, only ever appended to.

A line is written in one go and forced to disk before anyone is told that it is saved. What stands
last for an item counts; what stood before stays. A line that cannot be read (torn by a crash, or
written by something else) is passed over and reported, never repaired and never overwritten.

The file is UTF-8. An editor may have saved it as something else since: a byte-order mark is passed over, and UTF-16 is
read, and written on, as such.
"""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from casebook import records

FILE_NAME = "answers.jsonl"
FORMAT_VERSION = 1
LONGEST_LINE = 100_000
"""Bytes; a longer line is nobody's answer."""


@dataclass(frozen=True)
class Answer:
    """One saved answer. ``given`` is the kind's own data; ``at`` an ISO time in UTC.

    ``rev`` is the revision of the question that was answered, where it is known; ``checked`` says that what is right
    was then shown.
    """

    module: str
    id: str
    given: Mapping[str, Any]
    at: str
    rev: str | None = None
    checked: bool = False


@dataclass(frozen=True)
class Book:
    """What an answers file holds: the answers in the order given, and the numbers of unreadable lines."""

    answers: tuple[Answer, ...] = ()
    unreadable: tuple[int, ...] = ()

    def last(self, module: str, item_id: str) -> Answer | None:
        """The answer that counts for an item: the last one given."""
        return next(reversed(self.all(module, item_id)), None)

    def all(self, module: str, item_id: str) -> list[Answer]:
        """Every answer to an item, in the order given."""
        return self._by_item.get((module, item_id), [])

    @cached_property
    def _by_item(self) -> dict[tuple[str, str], list[Answer]]:
        found: dict[tuple[str, str], list[Answer]] = {}
        for answer in self.answers:
            found.setdefault((answer.module, answer.id), []).append(answer)
        return found


def read(path: Path) -> Book:
    """The book in ``path``; an empty one where there is no such file. ``OSError`` if it cannot be read."""
    try:
        with path.open("rb") as file:
            return parse(lines(file))
    except FileNotFoundError:
        return Book()


def lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file in UTF-8, whichever way it was saved last."""
    begins = file.read(_ENOUGH)
    file.seek(0)
    codec = _codec(begins)
    if codec == "utf-8":
        yield from file
    else:
        for line in io.TextIOWrapper(file, codec, errors="replace", newline="\n"):
            yield line.encode("utf-8", errors="replace")


def parse(lines: Iterable[bytes]) -> Book:
    """The book that ``lines`` of an answers file make."""
    answers: list[Answer] = []
    unreadable: list[int] = []
    for number, answer in each(lines):
        if answer is None:
            unreadable.append(number)
        else:
            answers.append(answer)
    return Book(tuple(answers), tuple(unreadable))


def each(lines: Iterable[bytes]) -> Iterator[tuple[int, Answer | None]]:
    """Each of ``lines`` that holds anything, by its number, with its answer; ``None`` where it cannot be read."""
    for number, line in enumerate(lines, start=1):
        if line.removeprefix(codecs.BOM_UTF8).strip():
            yield number, _answer(line)


def append(path: Path, *answers: Answer) -> None:
    """Adds ``answers`` in one write, and returns only once they are on disk; ``OSError`` where they could not be kept.

    A torn last line (no line end) is left as it stands: the answers begin on a line of their own. A
    write that came through only in part (a full disk) is an error too; what there is of it is then
    one more torn line.
    """
    plain = b"".join(map(_line, answers))
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o644)
    try:
        codec = _codec(os.read(handle, _ENOUGH))
        data = _mending(handle, "\n".encode(codec)) + plain.decode("utf-8").encode(codec)
        if os.write(handle, data) != len(data):
            # A file takes all that it is given, or there is no room for more.
            raise OSError(errno.ENOSPC, "only part of the answer could be written")
        os.fsync(handle)
    finally:
        os.close(handle)


def _line(answer: Answer) -> bytes:
    """An answer as a line that can be read again; ``OSError`` where it could not be."""
    record = {
        "v": FORMAT_VERSION,
        "at": answer.at,
        "module": answer.module,
        "id": answer.id,
        "given": answer.given,
        **({"rev": answer.rev} if answer.rev is not None else {}),
        **({"checked": True} if answer.checked else {}),
    }
    line = json.dumps(record, ensure_ascii=False) + "\n"
    # Unpaired surrogates (a browser can send them) have no UTF-8 form: kept as a question mark.
    plain = line.encode("utf-8", errors="replace")
    if len(plain) > LONGEST_LINE:
        raise OSError(errno.EMSGSIZE, "the answer is too long to be kept")
    if _answer(plain) is None:
        raise OSError(errno.EINVAL, "it holds what could not be read again")
    return plain


_ENOUGH = 64
"""Bytes, by which a file's encoding is told; every answer takes more."""


def _codec(begins: bytes) -> str:
    """How a file is encoded: as UTF-16 where every second byte of its beginning is zero, with or without a mark.

    JSON begins in ASCII, and in UTF-8 none of it is zero. A few bytes of something else are no reason to read all
    that follows as UTF-16.
    """
    even, odd = begins[0::2].count(0), begins[1::2].count(0)
    most, few = _ENOUGH // 4, 2
    if odd >= most and even <= few:
        return "utf-16-le"
    if even >= most and odd <= few:
        return "utf-16-be"
    return "utf-8"


def _mending(handle: int, line_end: bytes) -> bytes:
    """What an answer needs before it, to begin on a line of its own, where the file ends in the middle of one."""
    size, width = os.lseek(handle, 0, os.SEEK_END), len(line_end)
    if size < width:
        return line_end if size else b""
    os.lseek(handle, size - width, os.SEEK_SET)
    if os.read(handle, width) == line_end and size % width == 0:
        return b""
    return b"\0" * (size % width) + line_end


def _answer(line: bytes) -> Answer | None:
    if len(line) > LONGEST_LINE:
        return None
    try:
        record = records.decoded(line.removeprefix(codecs.BOM_UTF8))
    except records.NotShaped:
        return None
    if not isinstance(record, dict) or record.get("v") != FORMAT_VERSION:
        return None
    module, item_id, given, at = (record.get(key) for key in ("module", "id", "given", "at"))
    if not (isinstance(module, str) and isinstance(item_id, str) and isinstance(at, str)):
        return None
    if not isinstance(given, dict):
        return None
    rev = record.get("rev")
    return Answer(module, item_id, given, at, rev if isinstance(rev, str) else None, record.get("checked") is True)
