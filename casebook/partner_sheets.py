"""What a trainee takes along of their partners: a file for a spreadsheet, and a contact plan to print. Pure."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Sequence
from datetime import date

from casebook.kinds.written import REMINDER
from casebook.partner_map import ASKED, FIRST, Partner

CSV_NAME = "my-partners.csv"

# A spreadsheet takes a cell that begins so for something to work out, or to run; some of them in full width too.
_STARTS = ("=", "@", "\t", "\r", "+", "-", "\uff1d", "\uff20", "\uff0b", "\uff0d")
# But a phone number begins with + as well, and an empty field may be a dash. After a country code and a gap, with
# digits, gaps and brackets alone, there is nothing to run and nothing to work out: it stays as it was typed. With
# a hyphen (+1-555-0100) it would be worked out, to a number that nobody can call.
_HARMLESS = re.compile(r"\+\d{1,3}[ .(][\d .()]*|-+")

_TOLD = {asked.name: asked for asked in ASKED}
_HEADINGS = {
    "me": "I call first",
    "them": "They call first",
    "open": "Still to agree: who calls first, and when",
}
_ROWS = ("when", "contact", "phone", "address", "kind", "does")


def to_csv(partners: Sequence[Partner]) -> str:
    """A file that spreadsheets open as it is: with a mark for UTF-8, quoted where needed, and nothing that is run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([asked.label for asked in ASKED])
    for one in partners:
        writer.writerow([guarded(asked.words(getattr(one, asked.name))) for asked in ASKED])
    return "\ufeff" + text.getvalue()


def guarded(cell: str) -> str:
    """``cell``, with an apostrophe before what a spreadsheet might run: it is then words, and still to be read."""
    return f"'{cell}" if cell.startswith(_STARTS) and not _HARMLESS.fullmatch(cell) else cell


def contact_plan(partners: Sequence[Partner], day: date) -> str:
    """A whole page to print: whom the trainee calls, and when; what is not known yet is a line to fill in by hand."""
    groups = "".join(_group(heading, [p for p in partners if p.first == first]) for first, heading in _HEADINGS.items())
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>My contact plan</title><style>{_STYLE}</style></head><body>"
        f'<h1>My contact plan</h1><p class="small">Printed {day:%B} {day.day}, {day.year}</p>{groups}'
        "<footer><p>Check these numbers every six months. Last checked on: " + _line("short") + "</p>"
        f'<p class="small">{html.escape(REMINDER)}</p></footer></body></html>'
    )


def _group(heading: str, partners: Sequence[Partner]) -> str:
    if not partners:
        return ""
    return f"<h2>{heading}</h2>" + "".join(_entry(one) for one in partners)


def _entry(one: Partner) -> str:
    rows = "".join(_row(name, getattr(one, name)) for name in _ROWS)
    agreed = f"<dt>{_TOLD['first'].label}</dt><dd>{_choices_by_hand()}</dd>" if one.first == "open" else ""
    return f"<section><h3>{html.escape(one.organization)}</h3><dl>{agreed}{rows}</dl></section>"


def _row(name: str, value: str) -> str:
    asked = _TOLD[name]
    unknown = not value or value == "unsure"
    told = _line("long") if unknown else html.escape(asked.words(value))
    return f"<dt>{html.escape(asked.label)}</dt><dd>{told}</dd>"


def _choices_by_hand() -> str:
    return " ".join(f"<span>☐ {html.escape(words)}</span>" for value, words in FIRST if value != "open")


def _line(length: str) -> str:
    return f'<span class="line {length}"></span>'


_STYLE = """
@page { margin: 2cm; }
body { margin: 0; color: #000; background: #fff; font: 11pt/1.45 Georgia, "Times New Roman", serif; }
body { overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 20pt; }
h2 { margin: 16pt 0 0; padding-bottom: 2pt; border-bottom: 1.5pt solid #000; font-size: 13pt; break-after: avoid; }
h3 { margin: 0 0 3pt; font-size: 12pt; }
section { padding: 8pt 0; border-bottom: 0.5pt solid #888; break-inside: avoid; }
dl { display: grid; grid-template-columns: 12em 1fr; gap: 2pt 10pt; margin: 0; }
dt { color: #333; }
dd { margin: 0; white-space: pre-line; }
dd span:not(.line) { margin-right: 2em; }
.line { display: inline-block; height: 1em; border-bottom: 0.5pt solid #000; }
.long { width: 100%; }
.short { width: 12em; }
.small { margin: 3pt 0; font-size: 9pt; }
footer { margin-top: 14pt; break-inside: avoid; }
"""
