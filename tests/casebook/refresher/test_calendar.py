"""The calendar file, read as calendar programs read it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from casebook.refresher.calendar import _folded, ics

MADE = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
DAYS = ((date(2026, 1, 5), 4), (date(2026, 2, 28), 1), (date(2026, 12, 31), 12))


def events(text: str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_each_day_is_one_event_of_the_whole_day_that_leaves_it_free_and_rings_no_alarm():
    found = events(ics(DAYS, MADE, 10))
    assert [event.decoded("dtstart") for event in found] == [day for day, _ in DAYS]
    assert all(event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1) for event in found)
    assert {str(event["transp"]) for event in found} == {"TRANSPARENT"}
    assert not [part for event in found for part in event.subcomponents]


def test_it_says_how_many_points_and_how_many_minutes_at_most():
    first, second, _ = events(ics(DAYS, MADE, 10))
    assert str(first["summary"]) == "Refresher: 4 teaching points"
    assert str(second["summary"]) == "Refresher: 1 teaching point"
    assert str(first["description"]).endswith("10 minutes at most.")


def test_a_day_keeps_its_name_from_file_to_file_and_no_two_share_one():
    names = [str(event["uid"]) for event in events(ics(DAYS, MADE, 10))]
    later = [str(event["uid"]) for event in events(ics([(day, 9) for day, _ in DAYS], MADE + timedelta(days=3), 20))]
    assert names == later
    assert len(set(names)) == len(DAYS)


def test_it_says_when_it_was_made_in_greenwich_time():
    there = MADE.astimezone(timezone(timedelta(hours=-5)))
    assert ics(DAYS, there, 10) == ics(DAYS, MADE, 10)
    assert {event.decoded("dtstamp") for event in events(ics(DAYS, MADE, 10))} == {MADE}


def test_it_has_what_the_standard_requires():
    text = ics(DAYS, MADE, 10)
    calendar = icalendar.Calendar.from_ical(text)
    assert str(calendar["version"]) == "2.0"
    assert calendar["prodid"]
    assert not calendar.errors
    assert not [event.errors for event in events(text) if event.errors]


def test_every_line_ends_as_the_standard_says_and_is_short_enough():
    text = ics(DAYS, MADE, 10)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=400))
def test_a_folded_line_unfolds_to_itself_with_no_letter_cut_in_two(line: str):
    pieces = list(_folded(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])


@given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2199, 1, 1)), st.integers(1, 99)), max_size=20))
def test_any_days_can_be_read(days: list[tuple[date, int]]):
    assert [event.decoded("dtstart") for event in events(ics(days, MADE, 10))] == [day for day, _ in days]
