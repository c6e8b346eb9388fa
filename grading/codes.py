"""The short code on a certificate: which course, a seal over what the certificate says, and a check character. Pure.

Twelve signs in three groups, such as ``7KQX-4MWP-HD3T``. The signs are 23, a prime number: a sum of the signs, weighted
by their places, then tells every single sign that is wrong and every two that changed places.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping

SIGNS = "3479ACDEFHJKMNPQRTUVWXY"
"""What a code is written with. Left out are signs taken for one another: 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B."""
_COURSE, _SEAL = 2, 9
LENGTH = _COURSE + _SEAL + 1


class Mistyped(Exception):
    """What cannot be a code, and why, in words for who typed it."""


def make(secret: bytes, course_id: str, said: Mapping[str, str]) -> str:
    """The code of a certificate of the course that says ``said``; the same for the same secret and words."""
    words = json.dumps([course_id, dict(said)], sort_keys=True, ensure_ascii=False).encode()
    body = _course(course_id) + _signs(hmac.digest(secret, words, "sha256"), _SEAL)
    return _grouped(body + _check(body))


def read(typed: str) -> str:
    """A code as it is written, from what somebody typed: small letters, gaps and hyphens do not matter.

    Raises :class:`Mistyped` where a sign is wrong, missing or one too many.
    """
    code = re.sub(r"[\s\u2010-\u2015-]", "", typed).upper()
    if not code:
        raise Mistyped("Type the code from the certificate: make verify CODE=…")
    foreign = sorted({sign for sign in code if sign not in SIGNS})
    if foreign:
        raise Mistyped(f"A code never has {', '.join(foreign)} in it. Look again. Codes use only {' '.join(SIGNS)}.")
    if len(code) != LENGTH:
        raise Mistyped(f"A code has {LENGTH} characters, and this one has {len(code)}. Look again.")
    if _check(code[:-1]) != code[-1]:
        raise Mistyped(
            "This code has a typo: one character is wrong, or two are switched. Compare it character by character."
        )
    return _grouped(code)


def is_of(code: str, course_id: str) -> bool:
    """Whether a code (as :func:`read` gives it) begins as those of the course do."""
    return code[:_COURSE] == _course(course_id)


def _course(course_id: str) -> str:
    return _signs(hashlib.sha256(course_id.encode()).digest(), _COURSE)


def _signs(digest: bytes, count: int) -> str:
    number, signs = int.from_bytes(digest), ""
    for _ in range(count):
        number, rest = divmod(number, len(SIGNS))
        signs += SIGNS[rest]
    return signs


def _check(body: str) -> str:
    # The sign that makes the weighted sum of all of them, its own weight being the last, a multiple of 23.
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(body, start=1))
    return next(sign for n, sign in enumerate(SIGNS) if (total + (len(body) + 1) * n) % len(SIGNS) == 0)


def _grouped(code: str) -> str:
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))
