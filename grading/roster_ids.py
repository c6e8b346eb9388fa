"""Which ids of trainees nbgrader and file systems can take: an id is a folder's name, and part of a file's. Pure."""

from __future__ import annotations

import re

LONGEST = 128
"""As many characters nbgrader's gradebook keeps; in bytes, for a file's name has nbgrader's words in it, too."""

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]+")
_REFUSED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), why)
    for pattern, why in (
        (
            r"\A\d+([.,]\d+)?E\+\d+\Z",
            "was a long number until a spreadsheet shortened it. Format the column as text, and type it anew.",
        ),
        (r"\+", "has a + in it, with which nbgrader parts the names of what is handed in. Use another id."),
        (r'[/\\<>:"|]', "has {} in it, which no folder's name may have. Use another id."),
        (r"[*?\[\]{}]", "has {} in it, which means something else to nbgrader. Use another id."),
        (r",", "has a comma in it, with which nbgrader parts lists of trainees. Use another id."),
        (r"\A[.\-=@~'\uff1d\uff20\uff0b\uff0d]", "begins with {}. Begin it with a letter or a digit."),
        (r"\.\Z", "ends with a dot, which some file systems drop. Use another id."),
        (
            r"\A(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z",
            "is the name of a device in Windows, and no folder can have it. Use another id.",
        ),
    )
)
"""What no id may have, with the reason; ``{}`` stands for what was found."""


def is_email(text: str) -> bool:
    """Whether it looks like an address that a spreadsheet leaves alone."""
    return bool(_EMAIL.fullmatch(text)) and not text.startswith(("=", "+", "-", "'"))


def fault(id: str) -> str:
    """What is wrong with an id, and what to do; empty where nothing is."""
    if not id:
        return "There is no id. Give each trainee the name that they log in with."
    if len(id.encode()) > LONGEST:
        return f"The id '{id[:40]}…' is longer than {LONGEST} letters (fewer with accents). Use a shorter one."
    for pattern, why in _REFUSED:
        if found := pattern.search(id):
            return f"The id '{id}' {why.format(found[0])}"
    return ""
