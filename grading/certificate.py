"""Certificates, as tagged PDF (PDF/UA-1): who sees nothing has them read aloud, and any reader shows their fonts."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

TEMPLATE = Path(__file__).parent / "templates/certificate.typ"
SELF_GRADED = "Self-graded."
_CAUTION = "The course scored these checks on the trainee's own computer. Nobody checked who answered."


_OWN = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
"""The fonts that come with typst, but for its font of formulas."""
_NOT_FOR_NAMES = re.compile(r"\b(math|last ?resort|adobe blank)\b", re.IGNORECASE)
"""Fonts that have a sign for a letter, and don't join or place it as its script is written."""
_SEEN = {"L", "M", "N", "P", "S"}
"""Unicode's classes of what can be seen, besides gaps. ZWNJ and ZWJ can't, and words of some scripts need them."""


class CannotBeShown(Exception):
    """A name that would not be printed as it is written; the message says why, and what to do."""


@dataclass(frozen=True)
class Certificate:
    """What a certificate says: contact ``hours``, and the ``score`` of ``most`` marks over ``checks`` and the final.

    ``how`` and ``caution`` say who graded it. Only a class's certificate has a ``code``: nobody could confirm another.
    """

    name: str
    course: str
    subtitle: str
    hours: float
    checks: int
    score: float
    most: float
    on: datetime
    how: str = SELF_GRADED
    caution: str = _CAUTION
    code: str = ""
    finals: int = 1

    def with_code(self, code: str) -> Certificate:
        """The same with its code."""
        return replace(self, code=code)


def words(certificate: Certificate) -> dict[str, str]:
    """Everything that a certificate says, by the template's names."""
    on = certificate.on
    return {
        "title": f"Certificate of completion: {certificate.name}",
        "name": certificate.name,
        "course": certificate.course,
        "subtitle": certificate.subtitle,
        "met": _met(certificate),
        "score": f"{_number(certificate.score)} of {_number(certificate.most)} points",
        "hours": f"{_number(certificate.hours)} contact hours",
        "date": f"{on:%B} {on.day}, {on.year}",
        "how": certificate.how,
        "caution": certificate.caution,
        "code": certificate.code,
    }


def pdf(certificate: Certificate, paper: str = "us-letter") -> bytes:
    """The certificate as a file. The same words and the same day give the same bytes.

    Raises :class:`CannotBeShown`.
    """
    on = certificate.on
    said = {**words(certificate), "paper": paper}
    midnight = datetime(on.year, on.month, on.day, tzinfo=UTC)
    _look_over(certificate.name)
    with suppress(typst.TypstError):  # a letter that the fonts that come with it lack; the machine's may have it
        return _compiled(said, midnight, _OWN, own_fonts=True)
    try:
        return _compiled(said, midnight, _families(), own_fonts=False)
    except typst.TypstError as error:
        raise CannotBeShown(
            f"No font on this computer can show every letter of the name “{certificate.name}”. Write it in other "
            "letters, or install a font that has them."
        ) from error


def _look_over(name: str) -> None:
    """Raises :class:`CannotBeShown` where something in a name would not be seen, or would turn other letters round."""
    for sign in name:
        if sign not in " \u200c\u200d" and unicodedata.category(sign)[0] not in _SEEN:
            raise CannotBeShown(
                f"The name “{name.encode('unicode_escape').decode()}” has an invisible character in it "
                f"(U+{ord(sign):04X}). Type the name again."
            )
    if not any(unicodedata.category(sign)[0] == "L" for sign in name):
        raise CannotBeShown(f"The name “{name}” has no letters in it.")


@cache
def _families() -> tuple[str, ...]:
    """The fonts of this machine, those that come with typst first."""
    families = typst.Fonts(include_embedded_fonts=False).families()
    return (*_OWN, *sorted(one for one in {*families} - {*_OWN} if not _NOT_FOR_NAMES.search(one)))


def _compiled(said: dict[str, str], midnight: datetime, fonts: Sequence[str], *, own_fonts: bool) -> bytes:
    made = typst.compile(
        TEMPLATE,
        sys_inputs={**said, "fonts": json.dumps(fonts)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=midnight,
        ignore_system_fonts=own_fonts,
    )
    assert isinstance(made, bytes)  # noqa: S101 - for the types: only pictures come page by page
    return made


def _met(certificate: Certificate) -> str:
    checks = f"each of its {certificate.checks} checks" if certificate.checks != 1 else "its check"
    return checks + (" and the final assessment" if certificate.finals else "")


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
