"""The functions that ``grading/report.ipynb`` calls: each shows one section of the class report.

The class is read once; :func:`reread` reads it again. If it can't be read, each section shows the reason instead.
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
    """A section as a notebook shows it, or as plain text if the notebook doesn't show HTML."""

    section: Section

    def _repr_html_(self) -> str:
        return page.fragment(self.section)

    def __repr__(self) -> str:
        words = re.sub(r"<(style|svg).*?</\1>|<[^>]+>", " ", page.fragment(self.section), flags=re.DOTALL)
        return " ".join(unescape(words).split())


def holds() -> Shown:
    """Show what the report contains, and what to look at first."""
    return _shown(all_sections.holds.section)


def checks() -> Shown:
    """Show the marks of each check, and which trainees haven't handed it in."""
    return _shown(all_sections.checks.section)


def points() -> Shown:
    """Show what the class hasn't understood."""
    return _shown(all_sections.mastery.section)


def safety() -> Shown:
    """Show which trainees chose something unsafe."""
    return _shown(all_sections.safety.section)


def needs() -> Shown:
    """Show which trainees need help, and with what."""
    return _shown(all_sections.needs.section)


def questions() -> Shown:
    """Show how the questions did, and which to look at."""
    return _shown(all_sections.items.section)


def decisions() -> Shown:
    """Show what the class decided in graded stories."""
    return _shown(all_sections.decisions.section)


def reliability() -> Shown:
    """Show how far the marks can be trusted."""
    return _shown(all_sections.reliability.section)


def looks() -> Shown:
    """Show what stands out in how answers were handed in."""
    return _shown(all_sections.looks.section)


def reviews() -> Shown:
    """Show what no expert has reviewed."""
    return _shown(all_sections.reviews.section)


def sources() -> Shown:
    """Show the report's formulas and sources."""
    return _shown(all_sections.sources.section)


def frame(name: str) -> pd.DataFrame:
    """Return the class as a pandas frame, one of :data:`NAMES`, for your own analysis.

    The frame is empty if the class can't be read. Raise ``ValueError`` for any other name.
    """
    if name not in NAMES:
        raise ValueError(f"There's no frame called '{name}'. The frames are: {', '.join(NAMES)}.")
    found = _read()
    if isinstance(found, str):
        return pd.DataFrame()
    table: pd.DataFrame = getattr(found.frames, name)
    return table


def reread() -> Shown:
    """Read the class again, and show what the report contains now."""
    _read.cache_clear()
    return holds()


def _shown(section: Callable[[Report], Section]) -> Shown:
    found = _read()
    if isinstance(found, str):
        return Shown(Section("nothing", "Nothing to report yet", (Words(found, strong=True),)))
    return Shown(section(found))


@cache
def _read() -> Report | str:
    """Return the report on the class, or a message that says why the class can't be read."""
    try:
        return Report(reading.read(bank.ROOT))
    except Refused as refused:
        return str(refused)
    except OSError as error:
        return f"{error.filename or 'A file'} can't be read: {error.strerror or error}."
    except SQLAlchemyError as error:
        return f"The gradebook can't be read: {getattr(error, 'orig', None) or error}"
