"""The lock that lets one run at a time grade a class, or collect for it."""

from __future__ import annotations

import errno
import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from grading.refused import Refused

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
"""What is wrong with the disk, and so with every submission that comes after."""
PATIENCE = 10.0
"""Seconds. A killed run may take that long to let go; an instructor who waits longer should hear why."""

_HELD = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES}
"""Another process has the lock. POSIX allows the last as well, and Windows shares (SMB) use it."""
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}

_ANOTHER = "Another run is grading this class or making its pages. Wait for it, or stop it. Then run this again."
_DENIED = (
    "{path} can't be locked (Permission denied). Either another run is grading this class: wait for it, or stop it, "
    "then run again. Or you aren't allowed to write to {path.parent}: ask the owner of that folder."
)
_WITHOUT = (
    "{path} can't be locked ({why}): the file system of {path.parent} doesn't support locks, and without locks, two "
    "runs could overwrite each other's grading. Move the course to a local disk. Or, on a network drive (NFS), have "
    "it mounted with locks: as version 4, or with lockd running."
)
_OTHER = (
    "{path} can't be locked ({why}), so nothing was started. Check that you have permission to write "
    "to {path.parent}, and that its disk is all right. Then run again."
)
_CLOSED = (
    "{path} can't be opened ({why}). Grading needs it so that only one run works at a time. Check that you have "
    "permission to write to {path.parent}. If several instructors grade, set c.CourseDirectory.groupshared = True in "
    "nbgrader_config.py."
)


@contextmanager
def taken(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Holds the lock file ``path``; ``shared`` lets the group's instructors hold it, too.

    Raises :class:`Refused` where another run holds it, or where it cannot be locked.
    """
    with _opened(path) as file:
        if shared:
            with suppress(PermissionError):
                path.chmod(0o664)
        _wait_for(file.fileno(), path)
        yield


def _opened(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w")
    except OSError as error:
        if error.errno in NO_ROOM:
            raise
        raise Refused(_CLOSED.format(path=path, why=error.strerror or error)) from None


def _wait_for(handle: int, path: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            # A lock of the process itself, which its workers do not get: it ends with it, however it ends.
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _HELD or time.monotonic() > until:
                raise Refused(_why(error, path)) from None
            time.sleep(0.1)
        else:
            return


def _why(error: OSError, path: Path) -> str:
    if error.errno == errno.EACCES:
        return _DENIED.format(path=path)
    if error.errno in _HELD:
        return _ANOTHER
    return (_WITHOUT if error.errno in _NO_LOCKS else _OTHER).format(path=path, why=error.strerror or error)
