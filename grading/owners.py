"""Whose a folder is, by the file system."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Owner:
    """Whose a folder is: the login, or its number if no account here has it; ``mine`` if it's that of this process."""

    login: str
    mine: bool
    uid: int | None = field(default=None, compare=False)


def owner(folder: Path) -> Owner:
    """Who made a folder; no link is followed. Raises ``OSError``."""
    uid = folder.lstat().st_uid
    try:
        login = pwd.getpwuid(uid).pw_name
    except KeyError:
        login = f"with the number {uid}"
    return Owner(login, mine=uid == os.geteuid(), uid=uid)


def another(folder: Path) -> str:
    """The login of whoever owns a folder, if that's neither this process's login nor root. Raises ``OSError``."""
    whose = owner(folder)
    return "" if whose.mine or whose.uid == 0 else whose.login
