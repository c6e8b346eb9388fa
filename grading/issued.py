"""Which certificates a class was given: the register of them, and the secret that seals their codes. Both stay here.

``grading/certificates.key`` is made on first use, for the instructor's eyes alone. ``grading/certificates.jsonl`` has a
line for each certificate. Who loses the secret can confirm none any more: keep a copy of both where it is safe.
"""

from __future__ import annotations

import hmac
import json
import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from grading import codes
from grading.refused import Refused

SECRET = "grading/certificates.key"  # noqa: S105 - where it lies, and not what it is
REGISTER = "grading/certificates.jsonl"
_BYTES = 32


@dataclass(frozen=True)
class Issued:
    """What one certificate says, as it is printed, and whose it is (``id``, which is not printed)."""

    id: str
    name: str
    course: str
    date: str
    hours: str
    score: str


@dataclass(frozen=True)
class Entry:
    """A line of the register."""

    code: str
    issued: Issued


def issue(root: Path, course_id: str, certificates: Iterable[Issued]) -> list[str]:
    """The codes of the certificates, which are then in the register; one that is there already is not added again.

    Raises :class:`Refused` where the secret of earlier ones is gone, and ``OSError``.
    """
    known = {entry.code for entry in entries(root)}
    secret = _secret(root)
    if secret is None:
        if known:
            raise Refused(
                f"{SECRET} is gone, which sealed the certificates in {REGISTER}. Put it back from your copy. If there "
                f"is none: rename {REGISTER}, and keep it as their only record; new ones then get a new secret."
            )
        secret = _make_secret(root)
    made = []
    for one in certificates:
        code = codes.make(secret, course_id, asdict(one))
        if code not in known:
            _append(root / REGISTER, Entry(code, one))
            known.add(code)
        made.append(code)
    return made


def confirmed(root: Path, course_id: str, typed: str) -> tuple[Entry, list[Entry]]:
    """The register's entry for a code that somebody typed, and what the same trainee was given after it.

    Raises :class:`Refused`, in words for who asks, where nothing can be confirmed; and ``OSError``.
    """
    try:
        code = codes.read(typed)
    except codes.Mistyped as mistyped:
        raise Refused(str(mistyped)) from None
    if not codes.is_of(code, course_id):
        raise Refused(f"{code} is a code of another course, or of none. Ask where the certificate says it comes from.")
    kept = entries(root)
    if not kept:
        raise Refused(
            f"No certificate was made here yet: there is no {REGISTER}. Ask on the machine where the class was graded."
        )
    secret = _secret(root)
    if secret is None:
        raise Refused(f"{SECRET} is gone: without it no certificate can be confirmed. Put it back from your copy.")
    found = next((n for n, entry in enumerate(kept) if hmac.compare_digest(entry.code, code)), None)
    if found is None:
        raise Refused(
            f"{code} was never given here: the certificate is not ours, or {REGISTER} is not the whole of it."
        )
    entry = kept[found]
    if not hmac.compare_digest(codes.make(secret, course_id, asdict(entry.issued)), code):
        raise Refused(
            f"{code} stands in {REGISTER}, but what is said there was changed, or {SECRET} is another one than then. "
            "It cannot be confirmed. Compare both with your copies."
        )
    return entry, [later for later in kept[found + 1 :] if later.issued.id == entry.issued.id]


def entries(root: Path) -> list[Entry]:
    """The register, oldest first. Raises :class:`Refused` where a line cannot be read, and ``OSError``."""
    try:
        lines = (root / REGISTER).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    return [_entry(number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _entry(number: int, line: bytes) -> Entry:
    try:
        data = json.loads(line)
        code, said = data.pop("code"), data
        if not all(isinstance(value, str) for value in (code, *said.values())):
            raise TypeError
        return Entry(code, Issued(**said))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(
            f"{REGISTER}, line {number}: cannot be read. Put the file back from your copy, or mend the line."
        ) from None


def _append(path: Path, entry: Entry) -> None:
    line = json.dumps({"code": entry.code, **asdict(entry.issued)}, ensure_ascii=False).encode() + b"\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _secret(root: Path) -> bytes | None:
    try:
        kept = (root / SECRET).read_bytes().strip()
    except FileNotFoundError:
        return None
    if not re.fullmatch(rb"[0-9a-f]{%d}" % (2 * _BYTES), kept):
        raise Refused(
            f"{SECRET} is damaged: it should be {2 * _BYTES} signs, 0 to 9 and a to f. Put it back from your copy."
        )
    return bytes.fromhex(kept.decode())


def _make_secret(root: Path) -> bytes:
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
    made = _secret(root)
    assert made is not None  # noqa: S101 - it was written, or there, a moment ago
    return made
