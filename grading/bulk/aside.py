"""One run at a time, with a folder aside where its files are made before they are moved into place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from traitlets.config import Config

from grading import settings
from grading.bulk import lock, scratch
from grading.bulk.lock import NO_ROOM


@contextmanager
def held(config: Config, module: str, step: str = "autograded") -> Iterator[Path]:
    """A folder on the disk of a step's files, for this run alone. What a killed run left there is removed.

    Raises :class:`Refused` where another run is at work on the same class.
    """
    home, shared = scratch.home(config), settings.directory(config).groupshared
    with lock.taken(home / "lock", shared=shared):
        within = scratch.folder(config, step)
        if shared:
            _share(home, within)
        scratch.empty(within)
        mine = scratch.new(within, module)
        try:
            yield mine
        finally:
            shutil.rmtree(mine, ignore_errors=True)


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
