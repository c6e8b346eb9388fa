from __future__ import annotations

import pytest

from authoring import rules
from authoring.rules import dates
from tests.authoring.author import COURSE, Author

HOURS = "contact_hours: 0.05\n"


def said(author: Author) -> list[str]:
    return [problem.what for problem in rules.found(dates.RULE, author.course())]


@pytest.mark.parametrize("hours", ["0", "-1", "0.26", "9"])
def test_contact_hours_are_borne_out_by_the_minutes(author: Author, hours: str):
    author.writes(COURSE, HOURS, f"contact_hours: {hours}\n")
    assert said(author) == [f"course.yml says the course takes {float(hours):g} contact hours."]


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "2026-2-3"])
def test_a_change_has_a_day(author: Author, day: str):
    author.writes(COURSE, HOURS, f"{HOURS}changes:\n  - {{on: '{day}', what: The owner is asked twice.}}\n")
    assert said(author) == [f"'{day}' isn't a date."]


def test_changes_stand_in_their_order(author: Author):
    changes = "".join(f"  - {{on: '{day}', what: It is so.}}\n" for day in ("2026-03-01", "2026-02-01"))
    author.writes(COURSE, HOURS, f"{HOURS}changes:\n{changes}")
    assert said(author) == ["This change comes after a later one."]
