"""One run at a time, with a folder aside where its files are made before they are moved into place."""

from __future__ import annotations

import errno
import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from traitlets.config import Config

from grading import settings
from grading.refused import Refused

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
"""What is wrong with the disk, and so with every submission that comes after."""
_NAME = ".bulk"
_PATIENCE = 10.0
"""Seconds. What was killed a moment ago may take that long to let go; who waits longer should hear why."""


@contextmanager
def held(config: Config, module: str, step: str = "autograded") -> Iterator[Path]:
    """A folder on the disk of a step's files, for this run alone. What a run that was killed left there is taken away.

    Raises :class:`Refused` where another run is at work on the same class.
    """
    aside = settings.folder(config, step, module, _NAME).parent
    one_lock = settings.folder(config, "autograded", "lock", _NAME)
    for folder in (aside, one_lock.parent):
        folder.mkdir(parents=True, exist_ok=True)
    with one_lock.open("w") as lock:
        if settings.directory(config).groupshared:
            _share(aside, one_lock.parent)
            with suppress(PermissionError):
                one_lock.chmod(0o664)
        _wait_for(lock.fileno())
        for left in aside.iterdir():
            if left.is_dir():
                # A worker whose parent was killed may still write there for a moment: what it leaves goes next time.
                shutil.rmtree(left, ignore_errors=True)
        scratch = Path(tempfile.mkdtemp(prefix=f"{module}-", dir=aside))
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def into_place(files: Path, place: Path, scratch: Path, *, shared: bool = False) -> None:
    """Moves a folder to where it belongs, in place of what stands there; ``shared``: a group of instructors grades."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if shared:
        _share(files, place.parent)
    if not place.exists():
        files.rename(place)
        return
    old = Path(tempfile.mkdtemp(prefix=".old-", dir=scratch))  # begins with a dot, as no trainee's id does
    place.rename(old / "old")
    files.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def try_into_place(files: Path, place: Path, scratch: Path, *, shared: bool = False) -> str | None:
    """As :func:`into_place`, or why not; raises ``OSError`` where nobody's files could be moved either."""
    try:
        into_place(files, place, scratch, shared=shared)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise
        return f"{error.filename or place}: {error.strerror or error}."
    return None


def _share(*folders: Path) -> None:
    """As nbgrader does for a ``groupshared`` course: another instructor may write there, too."""
    for folder in folders:
        with suppress(PermissionError):  # another's, who has seen to it
            folder.chmod(folder.stat().st_mode & 0o7777 | 0o2770)


def _wait_for(handle: int) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            # A lock of the process itself, which its workers do not get: it ends with it, however it ends.
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > until:
                raise Refused(
                    "Another run is grading this class or making its pages. Wait for it, or stop it; then run again."
                ) from None
            time.sleep(0.1)
        else:
            return
