"""The trainee's own local partners: what is asked of each, and the list as the answers file has it. Pure.

Each partner is kept as an answer of the module :data:`MODULE`, under an id that the page makes once. What stands
last for an id counts; one that was taken out is kept as ``{"removed": true}``, with everything before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casebook import records
from casebook.answers import Book
from casebook.kinds.base import Given, NotAnAnswer

MODULE = "partner-map"
"""No check is called so: grading never looks for these answers."""

REMOVED: Given = {"removed": True}

SHORT, LONG = 200, 1000
"""Characters: of a line, and of an area to write in."""

_ID = re.compile(r"partner-[a-z0-9]{8,40}")
# What no key types and no paper shows; it would spoil a file for other programs. A line end is not among them.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Asked:
    """One thing that is asked of a partner.

    ``choices`` are values with their words, the last one to begin with; ``rows`` above 1 is an area to write in;
    what is ``wide`` has a row of the form for itself.
    """

    name: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    rows: int = 1
    needed: bool = False
    wide: bool = True

    @property
    def longest(self) -> int:
        """Characters that can be kept."""
        return LONG if self.rows > 1 else SHORT

    def words(self, value: str) -> str:
        """``value`` in the words of the page."""
        return dict(self.choices).get(value, value)


FIRST = (("me", "I call them"), ("them", "They call me"), ("open", "We haven't agreed yet"))
"""Who calls first, in the order of the contact plan."""

ASKED = (
    Asked("organization", "Organization", "Required. The rest can wait.", needed=True),
    Asked(
        "kind",
        "Kind of organization",
        choices=(
            ("system", "Systems-based (part of a justice agency)"),
            ("community", "Community-based (a private organization)"),
            ("unsure", "Not sure yet"),
        ),
    ),
    Asked("does", "What they do", "For example: 24-hour hotline, shelter, going to court with victims.", rows=3),
    Asked("contact", "Person or desk to ask for", wide=False),
    Asked("phone", "Phone", wide=False),
    Asked("address", "E-mail or web address", wide=False),
    Asked("first", "Who calls first?", choices=FIRST),
    Asked("when", "When?", "In what situation, or by what date."),
)
"""What is asked, in the order of the form and of the file to keep."""

MISSING = "Write the organization's name first."

ABOUT = (
    "List the organizations near you that you could call. The list is yours: it stays in your course folder, nobody "
    "grades it, and you never hand it in. Every lesson shows this same list."
)
DIRECTORY = (
    "Looking for one? The [directory of the Office for Victims of Crime]"
    "(https://ovc.ojp.gov/directory-crime-victim-services) finds programs near you. It opens in a new tab."
)
"""What the page says of the list, and where to look for partners: prose."""


@dataclass(frozen=True, kw_only=True)
class Partner:
    """One partner as the trainee recorded it; the fields are those of :data:`ASKED`."""

    organization: str
    kind: str = "unsure"
    does: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""
    first: str = "open"
    when: str = ""


def is_id(data: object) -> bool:
    """Whether ``data`` can name a partner."""
    return isinstance(data, str) and _ID.fullmatch(data) is not None


def partner(data: object) -> Partner:
    """``data``, from a page or a file, as a partner, tidied; :class:`NotAnAnswer` says why it is none."""
    try:
        raw = records.load(Partner, data, "partner")
    except records.NotShaped:
        raise NotAnAnswer("This page is from a different version of the course. Reload the page.") from None
    tidied = {asked.name: _tidy(asked, getattr(raw, asked.name)) for asked in ASKED}
    for asked in ASKED:
        _check(asked, tidied[asked.name])
    return Partner(**tidied)


def given(one: Partner) -> dict[str, Any]:
    """``one`` as the answers file keeps it: without what was left empty."""
    kept: dict[str, Any] = records.dump(one)
    return kept


def recorded(book: Book) -> dict[str, Partner]:
    """The partners in ``book`` by their ids, in the order in which they were first recorded."""
    return {key: one for key, one in _latest(book).items() if one}


def before_removal(book: Book, key: str) -> Partner | None:
    """The partner as it was before it was taken out, if there was one."""
    found = [_partner_or_none(answer.given) for answer in book.answers if (answer.module, answer.id) == (MODULE, key)]
    return next((one for one in reversed(found) if one), None)


def _latest(book: Book) -> dict[str, Partner | None]:
    """What stands last for each id; ``None`` is taken out. What is neither is passed over, as if never written."""
    latest: dict[str, Partner | None] = {}
    for answer in book.answers:
        if answer.module != MODULE or not is_id(answer.id):
            continue
        one = _partner_or_none(answer.given)
        if one or answer.given == REMOVED:
            latest[answer.id] = one
    return latest


def _partner_or_none(data: Mapping[str, Any]) -> Partner | None:
    try:
        return partner(data)
    except NotAnAnswer:
        return None


def _tidy(asked: Asked, value: str) -> str:
    lines = (" ".join(line.split()) for line in value.splitlines())
    return ("\n" if asked.rows > 1 else " ").join(lines).strip()


def _check(asked: Asked, value: str) -> None:
    if asked.needed and not value:
        raise NotAnAnswer(MISSING)
    if asked.choices and value not in dict(asked.choices):
        raise NotAnAnswer(f"Choose one of the answers to “{asked.label}”.")
    if len(value) > asked.longest:
        raise NotAnAnswer(
            f"“{asked.label}” is too long: it has {len(value):,} characters, and the limit is {asked.longest:,}."
        )
    if _UNSEEN.search(value):
        raise NotAnAnswer(f"“{asked.label}” has a character that can't be shown. Delete it, or type it again.")
