"""The secret that seals the codes of a class's certificates: made on first use, for the instructor's eyes alone.

Whoever loses it can confirm no certificate any more: keep a copy where it is safe.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from grading.refused import Refused

SECRET = "grading/certificates.key"  # noqa: S105 - where it lies, and not what it is
_BYTES = 32


def read(root: Path) -> bytes | None:
    """The secret; ``None`` where there is none. Raises :class:`Refused` where it is damaged, and ``OSError``."""
    try:
        kept = (root / SECRET).read_bytes().strip()
    except FileNotFoundError:
        return None
    if not re.fullmatch(rb"[0-9a-f]{%d}" % (2 * _BYTES), kept):
        raise Refused(
            f"{SECRET} is damaged: it should be {2 * _BYTES} characters, 0 to 9 and a to f. Restore it from your "
            "backup."
        )
    return bytes.fromhex(kept.decode())


def make(root: Path) -> bytes:
    """Makes the file whole, or not at all; where somebody else was first, theirs stands."""
    path = root / SECRET
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(_BYTES).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(new, path)
    finally:
        new.unlink()
    made = read(root)
    assert made is not None  # noqa: S101 - it was written, or there, a moment ago
    return made
