"""Certificates, as tagged PDF (PDF/UA-1): who sees nothing has them read aloud, and any reader shows their fonts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import typst

TEMPLATE = Path(__file__).parent / "templates/certificate.typ"
SELF_GRADED = "Self-graded."
_CAUTION = "The course scored these checks on the learner's own machine. Nobody looked on, or checked who answered."


class CannotBeShown(Exception):
    """A name has a letter for which there is no font on this machine."""


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
        "score": f"{_number(certificate.score)} of {_number(certificate.most)} marks",
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
    try:
        return _compiled(said, midnight, own_fonts=True)
    except typst.TypstError:
        pass  # a letter that the fonts that come with it lack; the machine's may have it
    try:
        return _compiled(said, midnight, own_fonts=False)
    except typst.TypstError as error:
        raise CannotBeShown from error


def _compiled(said: dict[str, str], midnight: datetime, *, own_fonts: bool) -> bytes:
    made = typst.compile(
        TEMPLATE,
        sys_inputs=said,
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
