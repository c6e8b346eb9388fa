"""Files for spreadsheets and for importers, in one place: nothing in them is run, and no id is altered."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from casebook.partner_sheets import guarded

_WORKED_OUT = re.compile(r"[=@+-]")


def words(text: str) -> str:
    """Names and other words for a cell: on one line, and with an apostrophe before what a spreadsheet would run."""
    return guarded(" ".join(text.split()))


def identifier(text: str) -> str:
    """An id or address for a cell: exactly as it is, or nothing.

    An importer looks for the very letters, so that an apostrophe before them would find nobody. What a spreadsheet
    would work out, or what cannot be printed, is left out instead; whoever writes the file tells of it.
    """
    return text if text.isprintable() and not _WORKED_OUT.match(text) and guarded(text) == text else ""


def number(value: float) -> str:
    """Marks with a point, to hundredths, as LMSs show them."""
    return f"{round(value, 2):.2f}".rstrip("0").rstrip(".")


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a CSV file: commas, quotes where needed, UTF-8 without a mark (Canvas would read it as a letter)."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
