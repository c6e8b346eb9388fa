"""Files with names, marks or keys: written whole, and closed to everybody but their owner and the owner's group.

The rule is one: others get nothing. What the group gets is what the umask leaves it, so that a group of instructors
(``groupshared``) shares what it writes.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_FOR_OWNER_AND_GROUP = 0o660
"""Before the umask takes its part away."""


def write(path: Path, data: bytes) -> None:
    """Writes a file in one step: whoever reads it finds the old one or the new one, whole. Raises ``OSError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FOR_OWNER_AND_GROUP)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
