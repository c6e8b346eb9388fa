"""What ``grading/report.ipynb`` calls: each section of the class report, shown by one line.

The class is read once; :func:`reread` reads it again. Where it cannot be read, a line of words stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import unescape

import pandas as pd
from sqlalchemy.exc import SQLAlchemyError

from grading import bank
from grading.refused import Refused
from grading.report import page, reading
from grading.report import sections as all_sections
from grading.report.blocks import Section, Words
from grading.report.whole import Report

NAMES = ("checks", "asked", "chosen", "points", "unsafe", "taken")


@dataclass(frozen=True)
class Shown:
    """A section as a notebook shows it; as plain words where it shows no HTML."""

    section: Section

    def _repr_html_(self) -> str:
        return page.fragment(self.section)

    def __repr__(self) -> str:
        words = re.sub(r"<(style|svg).*?</\1>|<[^>]+>", " ", page.fragment(self.section), flags=re.DOTALL)
        return " ".join(unescape(words).split())


def holds() -> Shown:
    """What the report holds, and what comes first."""
    return _shown(all_sections.holds.section)


def checks() -> Shown:
    """The marks of each check, and who has not handed in."""
    return _shown(all_sections.checks.section)


def points() -> Shown:
    """What the class has not understood."""
    return _shown(all_sections.mastery.section)


def safety() -> Shown:
    """Who chose what was not safe."""
    return _shown(all_sections.safety.section)


def needs() -> Shown:
    """Who needs help with what."""
    return _shown(all_sections.needs.section)


def questions() -> Shown:
    """How the questions did, and which to look at."""
    return _shown(all_sections.items.section)


def decisions() -> Shown:
    """What the class decided in graded stories."""
    return _shown(all_sections.decisions.section)


def reliability() -> Shown:
    """How far the marks can be trusted."""
    return _shown(all_sections.reliability.section)


def looks() -> Shown:
    """What is worth a look in how answers were handed in."""
    return _shown(all_sections.looks.section)


def reviews() -> Shown:
    """What no expert has reviewed."""
    return _shown(all_sections.reviews.section)


def sources() -> Shown:
    """Formulas and sources."""
    return _shown(all_sections.sources.section)


def frame(name: str) -> pd.DataFrame:
    """The class as a pandas frame, one of :data:`NAMES`, to go on with by oneself. Empty where there is no class.

    ``ValueError`` for another name.
    """
    if name not in NAMES:
        raise ValueError(f"There is no frame called '{name}'. There are: {', '.join(NAMES)}.")
    found = _read()
    if isinstance(found, str):
        return pd.DataFrame()
    table: pd.DataFrame = getattr(found.frames, name)
    return table


def reread() -> Shown:
    """Reads the class again, and shows what there is now."""
    _read.cache_clear()
    return holds()


def _shown(section: Callable[[Report], Section]) -> Shown:
    found = _read()
    if isinstance(found, str):
        return Shown(Section("nothing", "Nothing to report yet", (Words(found, strong=True),)))
    return Shown(section(found))


@cache
def _read() -> Report | str:
    """The report of the class, or why there is none, in words."""
    try:
        return Report(reading.read(bank.ROOT))
    except Refused as refused:
        return str(refused)
    except OSError as error:
        return f"{error.filename or 'A file'} cannot be read: {error.strerror or error}."
    except SQLAlchemyError as error:
        return f"The gradebook cannot be read: {getattr(error, 'orig', None) or error}"
