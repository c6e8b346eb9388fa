"""Collecting with care: from nbgrader's exchange, where anybody may write, and from archives of a learning platform."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.plugins.zipcollect import ExtractorPlugin
from nbgrader.utils import unzip
from setuptools.errors import BaseError

from grading import set_aside
from grading.bulk.lock import NO_ROOM
from grading.bulk.submitted import is_a_trainee
from grading.submission import LARGEST

MOST_FILES = 1_000
_MOST_BYTES = 4 * LARGEST
_BROKEN = (
    BaseError,  # of setuptools: no archive, or a name that would lead elsewhere
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,  # a password is asked for
    NotImplementedError,  # packed in a way that Python does not know
    ValueError,
)


class CarefulCollect(ExchangeCollect):
    """nbgrader's collecting; ``c.ExchangeFactory.collect`` is this class. What is no plain file is not taken.

    A folder in the exchange whose name is none of nbgrader's is passed over, and stops nobody else's.
    """

    def init_src(self) -> None:
        """Finds the submissions to collect."""
        super().init_src()
        self.src_records: list[dict[str, Any]] = [
            record for record in self.src_records if record["username"] is not None
        ]

    def _path_to_record(self, path: str) -> Any:
        try:
            record = super()._path_to_record(path)
            if is_a_trainee(record["username"]) and Path(path).is_dir() and not Path(path).is_symlink():
                return record
        except (ExchangeError, ValueError, ArithmeticError):
            pass
        self.log.warning("Passed over, for it is no submission: %r", path)
        return {"username": None, "filename": path, "timestamp": datetime.min}

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:  # noqa: ARG002 - nbgrader's own signature
        """Copies a submission's plain files, and lays an empty notebook beside answers that came without one.

        It lies there whole or not at all: who grades meanwhile would take half of it for all.
        """
        place = Path(dest)
        try:
            with tempfile.TemporaryDirectory(prefix=".collecting-", dir=place.parent) as aside:
                for left in set_aside.copy(Path(src), Path(aside) / place.name):
                    self.log.warning("%s: %s", src, left)
                (Path(aside) / place.name).rename(place)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise
            self.log.error("%s was not collected: %s.", src, error.strerror or error)


class CarefulExtractor(ExtractorPlugin):
    """nbgrader's unpacking of archives; ``c.ZipCollectApp.extractor_plugin`` is this class.

    An archive that is broken, that leads out of its folder, or that holds more than any submission would, is left where
    it is and named; archives within archives stay packed.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpacks what lies in ``archive_path`` into ``extracted_path``."""
        for path in sorted(Path(archive_path).rglob("*")):
            if path.is_symlink() or not path.is_file():
                continue
            to = Path(extracted_path) / path.parent.relative_to(archive_path)
            to.mkdir(parents=True, exist_ok=True)
            there = set(to.iterdir())
            try:
                if path.suffix not in self.zip_ext:
                    why = set_aside.copy_file(path, to / path.name)
                else:
                    why = _why_not(path)
                    if why is None:
                        unzip(str(path), str(to), zip_ext=self.zip_ext, create_own_folder=True, tree=False)
            except _BROKEN as error:
                why = f"it cannot be unpacked ({error})"
                for half in set(to.iterdir()) - there:
                    shutil.rmtree(half, ignore_errors=True)
            if why:
                self.log.error("%s was left out: %s.", path, why)


def _why_not(archive: Path) -> str | None:
    """Why an archive is not unpacked, by its table of contents alone."""
    size = count = 0
    for name, bytes_ in _members(archive):
        size, count = size + bytes_, count + 1
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
            return f"it leads out of its own folder ({name!r})"
        if size > _MOST_BYTES or count > MOST_FILES:
            return "unpacked, it would be larger than any submission"
    return None


def _members(archive: Path) -> Iterator[tuple[str, int]]:
    """Names and sizes, one after the other: nothing more of it is unpacked than has been asked for.

    Raises ``ValueError`` for what is neither a file nor a folder.
    """
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as zipped:
            yield from ((info.filename, info.file_size) for info in zipped.infolist())
    else:
        with _unpacked(archive) as stream, tarfile.open(fileobj=_Bounded(stream), mode="r|") as packed:
            for member in packed:
                if not (member.isfile() or member.isdir()) or member.islnk():
                    raise ValueError(f"{member.name!r} is a link or a device")
                yield member.name, member.size


def _unpacked(archive: Path) -> IO[bytes]:
    """What a packed tar holds, by how it begins."""
    with archive.open("rb") as file:
        begins = file.read(6)
    packers: tuple[tuple[bytes, Any], ...] = ((b"\x1f\x8b", gzip), (b"BZh", bz2), (b"\xfd7zXZ\x00", lzma))
    packer = next((packer for sign, packer in packers if begins.startswith(sign)), None)
    unpacked: IO[bytes] = packer.open(archive) if packer else archive.open("rb")
    return unpacked


class _Bounded(io.RawIOBase):
    """A stream that ends with ``ValueError`` once it has given more than any submission holds."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._left = stream, _MOST_BYTES

    def read(self, size: int = -1) -> bytes:
        """The next bytes, fewer than asked for where that would be too many."""
        given = self._stream.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(given)
        if self._left < 0:
            raise ValueError("unpacked, it would be larger than any submission")
        return given
