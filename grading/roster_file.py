"""A CSV file from any spreadsheet, as lines of named cells: whatever its encoding, separator and headings. Pure."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.partner_sheets import guarded

HEADINGS: dict[str, tuple[str, ...]] = {
    name: tuple(told.split(", "))
    for name, told in {
        "id": "id, student id, trainee id, user id, employee id, username, user name, user, login, "
        "login id, login name, logon, account, user account, uid, sis login id",
        "first_name": "first name, first, given name, given names, forename, forenames, vorname, nombre, prenom",
        "last_name": "last name, last, surname, family name, nachname, apellido, apellidos, nom",
        "name": "name, full name, display name, trainee name, student name, trainee, student, officer",
        "email": "email, e mail, mail, email address, e mail address, work email, correo",
        "lms_user_id": "lms user id, lms id, canvas id, canvas user id, sis user id, moodle id, id number, idnumber",
        "unit": "unit, office, department, division, district, team, agency, section, region, group",
    }.items()
}
"""What each column may be called; small letters, and no sign but gaps."""
_KNOWN = {heading: name for name, headings in HEADINGS.items() for heading in headings}
_SEPARATORS = (",", ";", "\t")
_ONE_LINE = 20
"""So many problems of one file are told; then how many more there are."""


class NotARoster(Exception):
    """Why a file is no list of trainees: :attr:`problems`, a sentence or two each, with its line."""

    def __init__(self, problems: Sequence[str]) -> None:
        more = len(problems) - _ONE_LINE
        self.problems = [*problems[:_ONE_LINE], *([f"and {more} more problems."] if more > 0 else [])]
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Line:
    """A row: the number of the file's line that it begins on, and its cells by the names in :data:`HEADINGS`."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """The rows under the headings; and the headings that are not known."""

    lines: tuple[Line, ...]
    ignored: tuple[str, ...]


def read(data: bytes) -> Table:
    """The table in a file's bytes. Raises :class:`NotARoster`."""
    text = _text(data)
    separator = _separator(text)
    rows = _rows(text, separator)
    if not rows:
        raise NotARoster(["The file is empty."])
    number, headings = rows[0]
    names, ignored = _names(number, headings)
    problems: list[str] = []
    lines: list[Line] = []
    for number, row in rows[1:]:
        if any(cell.strip() for cell in row[len(headings) :]):
            problems.append(
                f"Line {number} has {len(row)} cells, but there are {len(headings)} headings. If a cell has a "
                "comma or another separator in it, put that cell in quotation marks."
            )
        lines.append(Line(number, {name: _cell(row[n]) for n, name in names.items() if n < len(row)}))
    if problems:
        raise NotARoster(problems)
    return Table(tuple(lines), ignored)


def _text(data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotARoster(
            [
                "This is a workbook, not a CSV file. In the spreadsheet program, save it as CSV "
                "(UTF-8), and use that file."
            ]
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets on Windows write where nobody asked for UTF-8.
        text = _decoded(data, "cp1252")
    if "\0" in text:
        raise NotARoster(
            ["This isn't a text file. In the spreadsheet program, save the list as CSV (UTF-8), and use that file."]
        )
    return text


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise NotARoster(
            [f"Line {line} has a character that can't be read. Save the list as CSV (UTF-8), and use that file."]
        ) from None
    if "\0" in text:
        raise NotARoster(
            ["This isn't a text file. In the spreadsheet program, save the list as CSV (UTF-8), and use that file."]
        )
    return text


def _separator(text: str) -> str:
    """The separator by which most headings are known; a comma where none is."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    told = re.fullmatch(r'"?sep=([,;\t])"?', first.strip(" \r\n"), re.IGNORECASE)
    if told:
        return told[1]
    return max(
        _SEPARATORS, key=lambda sign: (sum(_plain(cell) in _KNOWN for cell in first.split(sign)), first.count(sign))
    )


def _rows(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Every row that is not empty, with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row) and not re.fullmatch(r"sep=.?", row[0].strip(), re.IGNORECASE):
                rows.append((begins, row))
            begins = reader.line_num + 1
    except csv.Error as error:
        why = (
            "a quotation mark isn't closed, or is in the middle of a cell" if "field" not in str(error) else str(error)
        )
        raise NotARoster(
            [f"Line {begins} can't be read, and neither can anything after it: {why}. Fix it in the spreadsheet."]
        ) from None
    return rows


def _names(number: int, headings: Sequence[str]) -> tuple[dict[int, str], tuple[str, ...]]:
    """Which column holds what. Raises :class:`NotARoster` where there is no id, or two columns for one thing."""
    found: dict[str, list[int]] = {}
    ignored: list[str] = []
    for n, heading in enumerate(headings):
        name = _KNOWN.get(_plain(heading))
        if name:
            found.setdefault(name, []).append(n)
        elif heading.strip():
            ignored.append(" ".join(heading.split()))
    problems = list(_unclear(number, headings, found))
    if problems:
        raise NotARoster(problems)
    return {columns[0]: name for name, columns in found.items()}, tuple(ignored)


def _unclear(number: int, headings: Sequence[str], found: Mapping[str, Sequence[int]]) -> Iterator[str]:
    if "id" not in found:
        told = ", ".join(f"'{' '.join(heading.split())[:40]}'" for heading in headings[:12] if heading.strip())
        yield f"Line {number}: no column has the trainees' ids. Give that column the heading 'id' (found: {told})."
    for name, columns in found.items():
        if len(columns) > 1:
            told = " and ".join(f"'{headings[n].strip()}'" for n in columns)
            yield f"Line {number}: {told} both mean the same thing ({name.replace('_', ' ')}). Rename or delete one."


def _plain(heading: str) -> str:
    letters = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters.casefold()).split())


def _cell(text: str) -> str:
    """A cell's words, without the apostrophe that our own files put before what a spreadsheet would run."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) != text[1:] else text
