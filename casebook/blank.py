"""Whether a text says anything: somebody can see at least one of its characters. Pure."""

from __future__ import annotations

import unicodedata

_NEVER_SEEN = frozenset({"Cc", "Cf", "Cs", "Mc", "Me", "Mn", "Zl", "Zp", "Zs"})
"""Controls, formats, halves of characters, marks that need a letter, and separators.

An unassigned character counts as seen: a newer Unicode may have given it a shape.
"""
_EMPTY_SHAPES = frozenset("\u2800\u3164\u115f\u1160\uffa0\ufffc")
"""The blank Braille pattern, Hangul's fillers, and the place of a pasted picture: by their category they show."""
_IGNORED = (range(0x2065, 0x2066), range(0xFFF0, 0xFFF9), range(0xE0000, 0xE1000))
"""What Unicode keeps for characters that will not be shown."""


def is_blank(text: str) -> bool:
    """Whether nobody can see any character of ``text``."""
    return not any(_is_seen(character) for character in text)


def _is_seen(character: str) -> bool:
    if unicodedata.category(character) in _NEVER_SEEN or character in _EMPTY_SHAPES:
        return False
    return not any(ord(character) in ignored for ignored in _IGNORED)
