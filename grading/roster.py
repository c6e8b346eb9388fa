"""The class's list: a CSV file from any spreadsheet, read whole or not at all; and the small file that keeps units.

nbgrader's gradebook has no place for a trainee's unit, so that ``grading/roster.csv`` keeps it.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from grading import files, roster_file, roster_ids
from grading.exports import sheets
from grading.refused import Refused
from grading.roster_file import Line, NotARoster
from grading.roster_ids import Known

__all__ = ["Change", "NotARoster", "Person", "Roster", "changes", "clashes", "keep", "kept", "read", "units"]

KEPT = "grading/roster.csv"
IN_GRADEBOOK = ("first_name", "last_name", "email", "lms_user_id")
LABELS = {
    "id": "id",
    "first_name": "first name",
    "last_name": "last name",
    "email": "e-mail",
    "lms_user_id": "LMS id",
    "unit": "unit",
}
_LONGEST = 128
"""As many characters the gradebook keeps."""


@dataclass(frozen=True)
class Person:
    """A trainee as the list has them; what it does not say is empty."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    unit: str = ""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class Roster:
    """The list, by its lines; and the headings of columns that say nothing we keep."""

    people: tuple[Person, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What the list changes of a trainee: the names of the fields, none where all is as it was."""

    before: Person | None
    after: Person
    fields: tuple[str, ...]

    @property
    def new(self) -> bool:
        """Whether the gradebook does not know them yet."""
        return self.before is None


def read(data: bytes) -> Roster:
    """The list in a file's bytes. Raises :class:`NotARoster` with everything that is wrong, by line."""
    table = roster_file.read(data)
    people = [(line.number, _person(line)) for line in table.lines]
    problems = [(number, words) for number, person in people for words in _faults(person)]
    problems += _twice(people)
    if not people:
        problems.append((1, "There are no trainees under the headings. Add a row for each one."))
    if problems:
        raise NotARoster([f"Line {number}: {words}" for number, words in sorted(problems)])
    return Roster(tuple(person for _, person in people), table.ignored)


def changes(people: Sequence[Person], known: Mapping[str, Person]) -> list[Change]:
    """What the list changes of what is known, in its order. An empty cell changes nothing."""
    return [_change(person, known.get(person.id)) for person in people]


def clashes(people: Sequence[Person], known: Mapping[str, Person]) -> list[str]:
    """What of the list cannot stand beside what is known, in words.

    An id that differs from a known one only in case or Unicode form; an address or LMS id that would be two's.
    """
    ids = Known(known)
    return _anothers(people, known) + [
        f"The id {one.id} isn't in the gradebook, but {ids.meant(one.id)} is. {ids.did_you_mean(one.id)} Some file "
        "systems can't tell the two apart. Write it as it is in the gradebook."
        for one in people
        if ids.meant(one.id)
    ]


def _anothers(people: Sequence[Person], known: Mapping[str, Person]) -> list[str]:
    after = {**known, **{change.after.id: change.after for change in changes(people, known)}}
    listed = {one.id for one in people}
    found = []
    for name in ("email", "lms_user_id"):
        whose: dict[str, list[str]] = defaultdict(list)
        for id, person in after.items():
            whose[getattr(person, name).casefold()].append(id)
        for value, ids in whose.items():
            found += [
                f"The {LABELS[name]} {getattr(after[id], name)} of {id} already belongs to "
                f"{', '.join(sorted({*ids} - {id}))}. Correct it, or change the other one in the same list."
                for id in ids
                if value and len(ids) > 1 and id in listed
            ]
    return found


def keep(root: Path, people: Mapping[str, Person]) -> None:
    """Writes ``grading/roster.csv``, by id, in one step. Raises ``OSError``."""
    names = [field.name for field in fields(Person)]
    rows = [[sheets.words(getattr(people[id], name)) for name in names] for id in sorted(people)]
    files.write(root / KEPT, sheets.csv_bytes([names, *rows]))


def kept(root: Path) -> dict[str, Person]:
    """What ``grading/roster.csv`` holds, by id; nothing where there is none.

    Raises :class:`Refused` where it was damaged, and ``OSError``.
    """
    try:
        data = (root / KEPT).read_bytes()
    except FileNotFoundError:
        return {}
    try:
        return {person.id: person for person in read(data).people}
    except NotARoster as bad:
        raise Refused(
            f"{KEPT} was changed and can't be read. {bad.problems[0]} Fix it, or delete it and import the list again."
        ) from None


def units(root: Path) -> dict[str, str]:
    """The unit of each trainee who has one, by id. Raises as :func:`kept` does."""
    return {id: person.unit for id, person in kept(root).items() if person.unit}


def _person(line: Line) -> Person:
    cells = {name: " ".join(cell.split()) for name, cell in line.cells.items()}
    name = cells.pop("name", "")
    first, last = _split(name)
    return Person(
        id=unicodedata.normalize("NFC", cells.get("id", "")),
        first_name=cells.get("first_name") or first,
        last_name=cells.get("last_name") or last,
        email=cells.get("email", ""),
        lms_user_id=cells.get("lms_user_id", ""),
        unit=cells.get("unit", ""),
    )


def _split(name: str) -> tuple[str, str]:
    """First and last name of a whole one: "Ruiz, Ana" as it says, else the last word is the last name."""
    if "," in name:
        last, _, first = name.partition(",")
        return first.strip(), last.strip()
    first, _, last = name.rpartition(" ")
    return first, last


def _faults(person: Person) -> Iterator[str]:
    wrong = roster_ids.fault(person.id)
    if wrong:
        yield wrong
    if person.email and not roster_ids.is_email(person.email):
        yield f"'{person.email}' isn't an e-mail address. Write one like ana@example.gov, or leave the cell empty."
    for field in fields(Person):
        value = getattr(person, field.name)
        if field.name != "id" and len(value) > _LONGEST:
            yield (
                f"The {LABELS[field.name]} has {len(value)} characters, and the gradebook's limit is {_LONGEST}. "
                "Shorten it."
            )
        if field.name != "id" and not value.isprintable():
            yield f"The {LABELS[field.name]} has a character that can't be printed. Type it again."


def _twice(people: Sequence[tuple[int, Person]]) -> Iterator[tuple[int, str]]:
    for field in ("id", "email", "lms_user_id"):
        lines: dict[str, list[int]] = defaultdict(list)
        for number, person in people:
            # Some file systems take two ids for one that differ in small and capital letters alone; so do mail servers.
            lines[getattr(person, field).casefold()].append(number)
        for value, numbers in lines.items():
            for number in numbers[1:] if value else ():
                yield (
                    number,
                    f"The {LABELS[field]} '{value}' is already on line {numbers[0]}. Keep one of the two.",
                )


def _change(person: Person, known: Person | None) -> Change:
    if known is None:
        return Change(None, person, ())
    given = {field.name: value for field in fields(Person) if (value := getattr(person, field.name))}
    after = replace(known, **given)
    return Change(known, after, tuple(name for name in given if getattr(known, name) != getattr(after, name)))
