"""The instructor's guide is true: its modules, files, headings, times and marks are those of the course."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from authoring import course, coverage, terms
from authoring.course import ModuleEntry
from authoring.rules import reading
from casebook.kinds.base import Item
from casebook.kinds.options import OptionsItem
from tests import real

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "course/guide"
ABOUT = course.listed(ROOT)
MODULES = ABOUT.modules
BY_HAND = sorted(path for path in GUIDE.rglob("*.md") if path != ROOT / coverage.PAGE)
HEADINGS = [
    "In one sentence",
    "Ask the room",
    "What trainees get wrong",
    "Local information to add",
    "Hold the room",
]
RUN = 8
"""So many words in a row of a key or of feedback would tell it."""

each_module = pytest.mark.parametrize("entry", MODULES, ids=lambda entry: entry.slug)
each_sheet = pytest.mark.parametrize("sheet", BY_HAND, ids=lambda sheet: str(sheet.relative_to(GUIDE)))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def page_of(entry: ModuleEntry) -> Path:
    return GUIDE / "modules" / f"{entry.slug}.md"


def part(source: str, heading: str, level: str = "##") -> str:
    """What stands under a heading, up to the next of its level."""
    _, found, after = f"\n{source}".partition(f"\n{level} {heading}\n")
    assert found, heading
    return re.split(rf"^{level} ", after, maxsplit=1, flags=re.MULTILINE)[0]


def rows(source: str) -> list[list[str]]:
    """The cells of the rows of tables, heads and all."""
    lines = [line for line in source.splitlines() if line.startswith("|") and not line.startswith("|-")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def headings(path: Path) -> list[str]:
    return re.findall(r"^#+ (.+)$", text(path), flags=re.MULTILINE)


def anchor(heading: str) -> str:
    """The address of a heading, as GitHub makes it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


# One page per module.


def test_every_module_has_its_page_and_no_page_is_left_over():
    assert sorted(path.stem for path in (GUIDE / "modules").iterdir()) == sorted(entry.slug for entry in MODULES)


@each_module
def test_a_page_has_its_title_and_all_its_parts(entry: ModuleEntry):
    assert headings(page_of(entry)) == [entry.title, *HEADINGS]


@each_module
def test_a_page_has_one_objective_a_few_questions_and_a_few_mistakes(entry: ModuleEntry):
    source = text(page_of(entry))
    (objective,) = reading.sentences(part(source, "In one sentence"))
    assert objective[:2] == ["The", "officer"]
    assert len(re.findall(r"^\d\. .+\?", part(source, "Ask the room"), flags=re.MULTILINE)) in (3, 4)
    assert len(re.findall(r"^- \*\*", part(source, "What trainees get wrong"), flags=re.MULTILINE)) in (3, 4, 5, 6)


@each_module
def test_where_to_add_is_a_heading_that_is_there(entry: ModuleEntry):
    source = part(text(page_of(entry)), "Local information to add")
    places = rows(source)[1:]
    assert places or "Nothing" in source
    for _, file, heading in places:
        assert heading in headings(ROOT / file.strip("`")), file


def test_the_map_leads_to_every_page_in_the_courses_order():
    found = re.findall(r"^\d+\. \[(.+?)\]\(modules/(.+?)\.md\)", text(GUIDE / "README.md"), flags=re.MULTILINE)
    assert found == [(entry.title, entry.slug) for entry in MODULES]


# What it names is there.


@each_sheet
def test_every_link_leads_somewhere(sheet: Path):
    for address in re.findall(r"\]\(([^)]+)\)", text(sheet)):
        name, _, place = address.partition("#")
        target = (sheet.parent / name).resolve() if name else sheet
        assert target.exists(), address
        assert not place or place in map(anchor, headings(target)), address


@each_sheet
def test_every_file_and_command_that_it_names_is_there(sheet: Path):
    targets = set(re.findall(r"^([\w-]+):", text(ROOT / "Makefile"), flags=re.MULTILINE))
    made_later = tuple(
        line.strip("/*") for line in text(ROOT / ".gitignore").splitlines() if line.startswith("/grading/")
    )
    for code in re.findall(r"`([^`\n]+)`", text(sheet)):
        if code.startswith("make "):
            assert code.split()[1] in targets, code
        elif re.fullmatch(r"(authoring|casebook|course|grading)/[\w./-]+", code):
            assert (ROOT / code).exists() or code.startswith(made_later), code


def test_the_pass_mark_is_the_courses():
    assert f"**Officers pass a check with {ABOUT.pass_mark:.0%} of its points" in text(GUIDE / "README.md")


def test_the_job_aids_are_as_many_as_are_said():
    assert f"{['no', 'one', 'two', 'three', 'four', 'five', 'six'][len(ABOUT.aids)]} pages to print" in text(
        GUIDE / "README.md"
    )


# The times.

SCHEDULES = text(GUIDE / "schedules.md")
WAYS = ["One day", "Ten weekly hours", "Blended"]
each_way = pytest.mark.parametrize("way", WAYS)
_UNIT = re.compile(r"(?P<what>Lesson and check|Lesson|Check): (?P<title>[^(|]+) \((?P<minutes>\d+)\)")


@dataclass(frozen=True)
class Unit:
    """A lesson, a check or both, as a schedule names it."""

    lesson: bool
    check: bool
    title: str
    minutes: int


def units(source: str) -> list[Unit]:
    return [
        Unit("Lesson" in found["what"], "heck" in found["what"], found["title"], int(found["minutes"]))
        for found in _UNIT.finditer(source)
    ]


def minutes(clock: str) -> int:
    """The minutes since midnight. Nothing begins before 8, so 1:05 is in the afternoon."""
    hours, _, rest = clock.partition(":")
    return (int(hours) + 12 * (int(hours) < 8)) * 60 + int(rest)


def agendas(source: str) -> Iterator[list[list[str]]]:
    """The rows of each agenda, by the clock."""
    for table in re.findall(r"^\| From \|.*\n\|-.*\n((?:\|.*\n)+)", source, flags=re.MULTILINE):
        yield rows(table)


@each_way
def test_each_lesson_and_check_has_its_place_once_with_the_courses_minutes(way: str):
    found = units(part(SCHEDULES, way))
    known = {entry.title: entry for entry in MODULES}
    for unit in found:
        entry = known[unit.title]
        assert unit.minutes == unit.lesson * entry.minutes + unit.check * entry.check_minutes, unit
    lessons = [unit.title for unit in found if unit.lesson]
    checks = [unit.title for unit in found if unit.check]
    assert sorted(lessons) == sorted(entry.title for entry in MODULES if entry.part != "final")
    assert sorted(checks) == sorted(known)


def test_the_whole_is_as_long_as_is_said():
    whole = sum(entry.minutes + entry.check_minutes for entry in MODULES)
    assert f"{whole // 60} hours and {whole % 60} minutes" in SCHEDULES


@pytest.mark.parametrize("way", ["One day", "Blended"])
def test_an_agenda_has_no_gap_and_its_minutes_are_right(way: str):
    found = list(agendas(part(SCHEDULES, way)))
    assert len(found) == {"One day": 1, "Blended": 3}[way]
    for agenda in found:
        for begins, ends, takes, what in agenda:
            assert minutes(ends) - minutes(begins) == int(takes), what
            assert sum(unit.minutes for unit in units(what)) in (0, int(takes)), what
        assert all(before[1] == after[0] for before, after in pairwise(agenda))


def test_the_meetings_take_as_long_as_is_said():
    taken = sum(int(row[2]) for agenda in agendas(part(SCHEDULES, "Blended")) for row in agenda)
    assert taken == 300
    assert "five hours in three meetings" in SCHEDULES


@each_way
def test_what_is_done_at_the_desk_adds_up(way: str):
    lists = re.findall(r"((?:^- .+\n)+)", part(SCHEDULES, way), flags=re.MULTILINE)
    said = re.findall(r"^That is (\d+) minutes|^\*\*(?:Before|After).+?\*\*, (\d+)", part(SCHEDULES, way), re.MULTILINE)
    assert [sum(unit.minutes for unit in units(each)) for each in lists] == [int(a or b) for a, b in said]


def test_a_weekly_hour_is_an_hour():
    weeks = rows(part(SCHEDULES, "Ten weekly hours"))[1:]
    assert [row[0] for row in weeks] == [str(week) for week in range(1, 11)]
    for _, alone, talk, _ in weeks:
        assert sum(unit.minutes for unit in units(alone)) + int(talk) == 60, alone


# How it is written.


@each_sheet
def test_it_can_be_read_by_somebody_who_is_tired(sheet: Path):
    prose = re.sub(r"^```.*?^```|`[^`]*`|https?://\S+", "", text(sheet), flags=re.MULTILINE | re.DOTALL)
    assert reading.level([prose]) <= ABOUT.standards.grade
    assert [" ".join(s) for s in reading.sentences(prose) if len(s) > reading.LONGEST_SENTENCE] == []


@each_sheet
def test_people_are_called_what_the_course_calls_them(sheet: Path):
    told = re.sub(r'"[^"]*"', " ", " ".join(text(sheet).split()))
    assert [found[0] for term in terms.read(ROOT) if (found := term.pattern().search(told))] == []


def test_no_key_and_no_feedback_is_told():
    secrets = [words for items in _banks() for item in items for words in (*item.secrets(), *_right(item))]
    runs = {run for words in secrets for run in _runs(words)}
    assert len(runs) > 10_000
    told = {str(sheet.relative_to(GUIDE)): [run for run in _runs(text(sheet)) if run in runs] for sheet in BY_HAND}
    assert {name: found for name, found in told.items() if found} == {}


def _banks() -> Iterator[tuple[Item, ...]]:
    for entry in MODULES:
        if (ROOT / course.BANK / f"{entry.slug}.yml").exists():
            yield real.module(entry.slug).bank.items


def _right(item: Item) -> list[str]:
    return [option.text for option in item.options if option.right] if isinstance(item, OptionsItem) else []


def _runs(words: str) -> list[tuple[str, ...]]:
    said = re.findall(r"[a-z0-9']+", words.lower())
    return [tuple(said[n : n + RUN]) for n in range(len(said) - RUN + 1)]
