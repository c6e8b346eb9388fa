"""Archives of a learning platform, unpacked with care and sorted by trainee: nbgrader's ``zip_collect``."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from nbgrader.plugins.zipcollect import ExtractorPlugin, FileNameCollectorPlugin
from nbgrader.utils import parse_utc

from casebook.answers import FILE_NAME
from grading import gradebook, roster_ids, set_aside
from grading.bulk.submitted import TIME
from grading.roster_ids import Known
from grading.submission import LARGEST

MOST_FILES = 1_000
_MOST_BYTES = 4 * LARGEST
_BROKEN = (
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
                        _unpack(path, to / path.with_suffix("").name.removesuffix(".tar"))
            except _BROKEN as error:
                why = f"it can't be unpacked ({error})"
                for half in set(to.iterdir()) - there:
                    shutil.rmtree(half, ignore_errors=True)
            if why:
                self.log.error("%s was left out: %s.", path, why)


class CarefulCollector(FileNameCollectorPlugin):
    """nbgrader's sorting of files by trainee; ``c.ZipCollectApp.collector_plugin`` is this class.

    A file whose name gives no trainee's id, or might give another's, is left where it is and named. The beginning of a
    path is the platform's word; the rest was named by a trainee.
    """

    def __init__(self, **more: Any) -> None:
        """Nothing is collected yet."""
        super().__init__(**more)
        self._taken: dict[tuple[str, str], bool] = {}
        self._told = False

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """The trainee and the file that a name tells; nothing if it isn't collected."""
        told: dict[str, str] | None = super().collect(submitted_file)
        student = (told or {}).get("student_id")
        if told is None or not isinstance(student, str):
            return told
        if told.get("timestamp") and not _is_time(told["timestamp"]):
            self.log.warning("%s: there's no time in its name.", roster_ids.shown(submitted_file))
            told["timestamp"] = ""
        why = (
            roster_ids.fault(student)
            or self._known.did_you_mean(student)
            or self._of_another(submitted_file, student)
            or self._no_second(submitted_file, told)
        )
        if why:
            self.log.error("%s was left out: %s", roster_ids.shown(submitted_file), why)
            return None
        return told

    def _of_another(self, file: str, student: str) -> str:
        """That the path before the id gives an id already, by the same expression: then that trainee named the rest."""
        match, base = re.match(self.named_regexp, file), self._extracted
        begins = file[: match.start("student_id")] if match else ""
        earlier = re.match(self.named_regexp, begins + FILE_NAME)
        if not earlier or earlier.start("student_id") < len(base) or earlier["student_id"] in (student, None):
            return ""
        first = Path(file[len(base) :]).parts[0]
        if earlier["student_id"] == first and first not in self._known and len(list(Path(base).iterdir())) == 1:
            self._tell_of_whole(first)
            return ""
        by, first = roster_ids.shown(earlier["student_id"]), roster_ids.shown(first)
        return (
            f"it says it's from {student}, but {by} handed it in. Ask both. If {first} is the platform's own folder, "
            "put its contents into the archive folder instead."
        )

    def _tell_of_whole(self, first: str) -> None:
        """That something is taken for the platform's own archive of the whole class."""
        if not self._told:
            self.log.warning(
                "%s looks like the platform's own archive of the whole class, because it's the only archive "
                "there and isn't named for a trainee. If a trainee handed it in, it may have files under other "
                "trainees' names, so look inside.",
                roster_ids.shown(first),
            )
        self._told = True

    def _no_second(self, file: str, told: dict[str, str]) -> str:
        """That a trainee has such a file already, and nothing tells which is newer; nbgrader would stop at it."""
        name = Path(told["file_id"]).stem + Path(file).suffix
        if name == TIME and told.get("timestamp"):
            return "the platform already gave a time, so the trainee's own doesn't count."
        key, has_time = (told["student_id"], name), bool(told.get("timestamp"))
        if key in self._taken and not (has_time and self._taken[key]):
            return f"{told['student_id']} already has a {name}, and there's no way to tell which is newer. Ask them."
        self._taken[key] = has_time
        return ""

    @cached_property
    def _extracted(self) -> str:
        """The folder of all unpacked files, as their paths begin."""
        app = self.parent
        return f"{app._format_collect_path(app.extracted_directory).rstrip('/')}/"

    @cached_property
    def _known(self) -> Known:
        """The trainees of the gradebook."""
        return Known(gradebook.ids(self.parent.coursedir.db_url))


def _is_time(words: str) -> bool:
    try:
        parse_utc(words)
    except Exception:  # of odd words its parser raises whatever it comes upon
        return False
    return True


def _unpack(archive: Path, to: Path) -> None:
    """Unpacks an archive that was looked over; no file gets a mode that the archive says."""
    to.mkdir(exist_ok=True)
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(to)  # noqa: S202 - its names were looked at
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(to, filter=_plain)  # noqa: S202 - by a filter of our own


def _plain(member: tarfile.TarInfo, to: str) -> tarfile.TarInfo:
    checked: tarfile.TarInfo = tarfile.data_filter(member, to)
    return checked.replace(mode=0o644) if checked.isfile() else checked


def _why_not(archive: Path) -> str | None:
    """Why an archive is not unpacked, by its table of contents alone."""
    size = count = 0
    for name, bytes_ in _members(archive):
        size, count = size + bytes_, count + 1
        if name.startswith("/") or "\\" in name or ".." in name.replace("\\", "/").split("/"):
            return f"it points outside its own folder ({name!r})"
        if size > _MOST_BYTES or count > MOST_FILES:
            return "unpacked, it would be larger than any submission can be"
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
            raise ValueError("unpacked, it would be larger than any submission can be")
        return given
