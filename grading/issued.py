"""Which certificates a class was given, and which were withdrawn: the register of them, ``grading/certificates.jsonl``.

It is only ever added to. A line is a certificate with its code, or what somebody ruled on one later: that it was
withdrawn, or holds again. Each is sealed (see :mod:`grading.seal`), so that a line that was changed is found out.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from casebook import records
from grading import codes, seal
from grading.refused import Refused

REGISTER = "grading/certificates.jsonl"
SECRET = seal.SECRET


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
class Ruling:
    """That the certificate with the code ``of`` was ``withdrawn``, or ("no") holds again: when, by whom, and why."""

    of: str
    withdrawn: str
    at: str
    by: str
    why: str

    @property
    def said(self) -> str:
        """When, and why, in words: "on March 1, 2026: a wrong name"."""
        on = datetime.fromisoformat(self.at)
        return f"on {on:%B} {on.day}, {on.year}: {self.why.rstrip('.')}"


@dataclass(frozen=True)
class Entry:
    """A certificate in the register, with the last ruling on it and that line's seal."""

    code: str
    issued: Issued
    ruling: Ruling | None = None
    seal: str = ""

    @property
    def withdrawn(self) -> Ruling | None:
        """The ruling that withdrew it, where it doesn't hold."""
        return self.ruling if self.ruling and self.ruling.withdrawn == "yes" else None


class Withdrawn(Refused):
    """A certificate that says the very same was withdrawn."""


def issue(root: Path, course_id: str, certificates: Iterable[Issued]) -> list[str]:
    """The codes of the certificates, which are then in the register; one that is there already isn't added again.

    Raises :class:`Withdrawn`; :class:`Refused` where the secret of earlier ones is gone; and ``OSError``.
    """
    known = {entry.code: entry for entry in entries(root)}
    secret = seal.read(root)
    if secret is None:
        if known:
            raise Refused(
                f"{SECRET} is missing. It sealed the certificates in {REGISTER}. Restore it from your backup. If you "
                f"don't have one, rename {REGISTER} and keep it as their only record. New "
                "certificates then get a new secret."
            )
        secret = seal.make(root)
    made = []
    for one in certificates:
        code = codes.make(secret, course_id, asdict(one))
        if code not in known:
            _append(root / REGISTER, {"code": code, **asdict(one)})
            known[code] = Entry(code, one)
        elif ruling := known[code].withdrawn:
            raise Withdrawn(
                f"{code}, which says the same thing, was withdrawn {ruling.said}. To make it valid again: "
                f'make withdraw CODE={code} RESTORE=yes WHY="…"'
            )
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
        raise Refused(f"{code} belongs to a different course, or to none. Ask whoever issued the certificate.")
    kept = entries(root)
    if not kept:
        raise Refused(
            f"No certificate has been made here: there's no {REGISTER}. Check on the computer where "
            "the class was graded."
        )
    secret = seal.read(root)
    if secret is None:
        raise Refused(f"{SECRET} is missing. Without it, no certificate can be confirmed. Restore it from your backup.")
    found = next((n for n, entry in enumerate(kept) if hmac.compare_digest(entry.code, code)), None)
    if found is None:
        raise Refused(f"{code} isn't in the register: the certificate isn't ours, or {REGISTER} is incomplete.")
    entry = kept[found]
    if not _is_sealed(secret, course_id, entry):
        raise Refused(
            f"{code} is in {REGISTER}, but it can't be confirmed: that entry was changed, or {SECRET} isn't the one "
            "it was sealed with. Compare both with your backups."
        )
    return entry, [later for later in kept[found + 1 :] if later.issued.id == entry.issued.id]


def rule(root: Path, course_id: str, ruling: Ruling) -> None:
    """Adds a ruling to the register. Raises :class:`Refused` where the secret is gone, and ``OSError``."""
    secret = seal.read(root)
    if secret is None:
        raise Refused(
            f"{SECRET} is missing. Without it, nothing can be added to {REGISTER}. Restore it from your backup."
        )
    line = asdict(ruling)
    _append(root / REGISTER, {**line, "seal": codes.make(secret, course_id, line)})


def entries(root: Path) -> list[Entry]:
    """The register's certificates, oldest first, each with the last ruling on it.

    Raises :class:`Refused` where a line cannot be read, and ``OSError``.
    """
    try:
        lines = (root / REGISTER).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found: dict[str, Entry] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                _read(line, found)
            except (ValueError, KeyError, TypeError, AttributeError):
                raise Refused(
                    f"{REGISTER}, line {number} can't be read. Restore the file from your backup, or fix the line."
                ) from None
    return list(found.values())


def _read(line: bytes, found: dict[str, Entry]) -> None:
    said = records.decoded(line)
    if not all(isinstance(value, str) for value in said.values()):
        raise TypeError
    if "of" in said:
        sealed, ruling = said.pop("seal"), Ruling(**said)
        datetime.fromisoformat(ruling.at)
        found[ruling.of] = replace(found[ruling.of], ruling=ruling, seal=sealed)
    else:
        code = said.pop("code")
        found.setdefault(code, Entry(code, Issued(**said)))


def _is_sealed(secret: bytes, course_id: str, entry: Entry) -> bool:
    """Whether the certificate, and what was ruled on it, are as they were written."""
    pairs = [(entry.code, asdict(entry.issued))]
    if entry.ruling:
        pairs.append((entry.seal, asdict(entry.ruling)))
    return all(hmac.compare_digest(codes.make(secret, course_id, said), sign) for sign, said in pairs)


def _append(path: Path, said: dict[str, str]) -> None:
    line = json.dumps(said, ensure_ascii=False).encode() + b"\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
