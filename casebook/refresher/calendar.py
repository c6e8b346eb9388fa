"""The coming refreshers as a calendar file (iCalendar, RFC 5545): days, without a time and without an alarm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75
"""Octets; longer lines are folded (RFC 5545, 3.1)."""


def ics(days: Sequence[tuple[date, int]], made: datetime, minutes: int) -> str:
    """The file for ``days``, each with how many points are to be asked; ``minutes`` is the most of a day.

    A day keeps its name from file to file, so that a newer file replaces what an older one brought.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//casebook//refresher//EN", "CALSCALE:GREGORIAN"]
    for day, points in days:
        lines += _event(day, points, made, minutes)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(day: date, points: int, made: datetime, minutes: int) -> list[str]:
    what = f"Refresher: {points} teaching point{'' if points == 1 else 's'}"
    return [
        "BEGIN:VEVENT",
        f"UID:{day.isoformat()}@refresher.casebook",
        f"DTSTAMP:{made.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(what)}",
        f"DESCRIPTION:{_text(f'Working with victim services: open the refresher. {minutes} minutes at most.')}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, "\\" + sign)
    return words.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """``line`` in pieces that are short enough, no letter cut in two; each but the first begins with a space."""
    piece = ""
    for letter in line:
        if len(f"{piece}{letter}".encode()) > LONGEST_LINE:
            yield piece
            piece = " "
        piece += letter
    yield piece
