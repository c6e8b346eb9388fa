"""Files that authors wrote, changed so that nobody ever finds half of one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile


def replace(path: Path, data: bytes) -> None:
    """Puts ``data`` in the place of what ``path`` holds, all at once; ``OSError`` where it stays as it was."""
    target = path.resolve()  # a link goes on pointing to it
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as beside:
        try:
            beside.write(data)
            beside.flush()
            os.fsync(beside.fileno())
            shutil.copymode(target, beside.name)
            Path(beside.name).replace(target)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise


def make(files: dict[Path, bytes]) -> None:
    """Makes new files, all or none; ``FileExistsError`` where one is there already, ``OSError`` where one cannot be."""
    made: list[Path] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as new:
                made.append(path)
                new.write(data)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
