"""What others on the same machine must not read: the class's names, marks and submissions, and the keys.

nbgrader's own commands write with the umask of whoever runs them. So each command of ours sets its own, and closes what
lies there. ``nbgrader_config.py`` closes the keys, since nbgrader's own commands read it, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from grading import settings

ALONE, SHARED = 0o027, 0o007
"""The umask of our commands: one instructor's class, and one that a group of instructors grades (``groupshared``)."""
_NBGRADERS = ("submitted", "autograded", "feedback")
_OURS = ("attempts", "attempts.jsonl", "exported", "regraded", "review", "set-aside", "*.html", "*.csv", "*.ipynb")
_FROM_PLATFORM = "downloaded"
"""Where a learning platform's archives lie, and what was unpacked of them."""


def keep_closed(root: Path) -> None:
    """Sets this process's umask, and closes what nbgrader's own commands left open to others in ``root``.

    nbgrader gives each graded notebook and page a mode of its own, which releasing feedback goes by: these stay, in
    folders that are closed.
    """
    config = settings.load(root)
    where = settings.directory(config)
    os.umask(SHARED if where.groupshared else ALONE)
    found = [Path(where.root) / getattr(where, f"{step}_directory") for step in _NBGRADERS]
    found.append(root / _FROM_PLATFORM)
    found += [path for name in _OURS for path in (root / "grading").glob(name)]
    for path in (*found, *_gradebook(where.db_url)):
        with suppress(OSError):  # not there yet, or another instructor's
            if (mode := path.stat().st_mode & 0o7777) & 0o007:
                path.chmod(mode & 0o7770)


def _gradebook(url: str) -> Iterator[Path]:
    """Its file, where it is one."""
    where = make_url(url)
    if where.get_backend_name() == "sqlite" and where.database:
        yield Path(where.database)
