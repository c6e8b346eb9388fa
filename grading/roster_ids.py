"""Which ids of trainees nbgrader and file systems can take: an id names a folder, and part of a file. Pure.

This is the one rule for ids. It holds wherever an id comes in: the class's list, the exchange, archives, collected
folders, and commands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 128
"""As many characters as nbgrader's gradebook keeps; in bytes, because a file's name holds nbgrader's words, too."""
_SHOWN = 40

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]+")
_REFUSED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), why)
    for pattern, why in (
        (
            r"\A\d+([.,]\d+)?E\+\d+\Z",
            "was a long number until a spreadsheet shortened it. Format the column as text, and type it again.",
        ),
        (r"\+", "has a + in it, which nbgrader uses to split the names of submissions. Use a different id."),
        (r'[/\\<>:"|]', "has {} in it, which isn't allowed in a folder's name. Use a different id."),
        (r"[*?\[\]{}]", "has {} in it, which means something else to nbgrader. Use a different id."),
        (r"[\u115f\u1160\u2800\u3164\uffa0]", "has an invisible character in it. Use a different id."),
        (r",", "has a comma in it, which nbgrader uses to split lists of trainees. Use a different id."),
        (r"\A[.\-=@~'\uff1d\uff20\uff0b\uff0d]", "begins with {}. Start it with a letter or a digit."),
        (r"\.\Z", "ends with a dot, which some file systems drop. Use a different id."),
        (r"\A\s|\s\Z", "begins or ends with a space, which nbgrader drops. Take out the space."),
        (
            r"\A(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z",
            "is the name of a device in Windows, so no folder can have that name. Use a different id.",
        ),
    )
)
"""What no id may have, with the reason; ``{}`` stands for what was found."""


def is_email(text: str) -> bool:
    """Whether it looks like an address that a spreadsheet leaves alone."""
    return bool(_EMAIL.fullmatch(text)) and not text.startswith(("=", "+", "-", "'"))


def fault(id: str) -> str:
    """What is wrong with an id, and what to do; empty if nothing is."""
    if not id:
        return "There's no id. Give each trainee the name they log in with."
    if not id.isprintable():
        return f"The id '{shown(id)}' has a character that can't be printed. Use a different id."
    if len(id.encode()) > LONGEST:
        return f"The id '{shown(id)}' is longer than {LONGEST} letters (fewer with accents). Use a shorter one."
    for pattern, why in _REFUSED:
        if found := pattern.search(id):
            return f"The id '{id}' {why.format(found[0])}"
    return ""


def shown(id: str) -> str:
    """Any folder's name as one printable line of bounded length: what can't be printed is escaped."""
    safe = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in id)
    return safe if len(safe.encode()) <= LONGEST else f"{safe[:_SHOWN]}…"


def folded(id: str) -> str:
    """The same for ids that differ only in case or Unicode form: some file systems take them for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", id).casefold())


class Known:
    """Ids that are known, to be asked for one that was meant by another."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = frozenset(ids)
        self._by_form = {folded(id): id for id in sorted(self._ids, reverse=True)}

    def __contains__(self, id: str) -> bool:
        return id in self._ids

    def meant(self, id: str) -> str:
        """The known id that differs only in case or Unicode form; empty if there's none, or ``id`` itself is known."""
        return "" if id in self._ids else self._by_form.get(folded(id), "")

    def did_you_mean(self, id: str) -> str:
        """The question that names the id that was meant; empty as :meth:`meant`."""
        other = self.meant(id)
        return f"Did you mean {other}?" if other else ""
