"""The evidence sheet: made of the real course, for a class made by hand."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from authoring import course as authored
from grading import bank
from grading.exports.evidence import EvidenceExporter
from tests.grading.exports.made import export, handed_in, the_class, trainee

ABOUT = authored.listed(bank.ROOT)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("evidence") / "page.html"
    course = bank.course()
    all_met = trainee("ana", *(handed_in("ana", check, (4, 4)) for check in course.titles), first="Ana", last="Ruiz")
    one_waits = trainee("ben", handed_in("ben", "first-contact", (1, 4), waits=True))
    export(EvidenceExporter, the_class(all_met, one_waits, trainee("cleo"), course=course), path)
    return path.read_text(encoding="utf-8")


def plain(sheet: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", sheet)).split())


class Outline(HTMLParser):
    """Headings in their order, and each table's caption and cells that name no row or column."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.count = {"table": 0, "caption": 0}
        self.unnamed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag in self.count:
            self.count[tag] += 1
        self.unnamed += tag == "th" and "scope" not in dict(attrs)


def test_headings_go_down_in_steps_and_tables_have_captions_and_named_cells(sheet: str):
    outline = Outline()
    outline.feed(sheet)
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert outline.count["table"] == outline.count["caption"] > 3
    assert outline.unnamed == 0


def test_it_names_its_language_runs_nothing_and_loads_nothing(sheet: str):
    assert '<html lang="en">' in sheet
    assert not re.search(r"<script|<link|<iframe|<img|@import|url\(|src=|\son\w+=", sheet)


def test_minutes_and_hours_are_the_courses(sheet: str):
    whole = sum(entry.minutes + entry.check_minutes for entry in ABOUT.modules)
    assert f"take {whole} minutes ({whole // 60} hours and {whole % 60} minutes)" in plain(sheet)
    assert f"{ABOUT.contact_hours:g} contact hours" in plain(sheet)
    for entry in ABOUT.modules:
        assert entry.title in sheet


def test_every_objective_is_measured_and_every_teaching_point_is_part_of_one(sheet: str):
    text = plain(sheet)
    named: set[str] = set()
    for objective in (each for entry in ABOUT.modules for each in entry.objectives):
        names = [bank.points()[point].name for point in objective.points]
        found = re.search(re.escape(f"{objective.can} {'; '.join(names)}") + r" (\d+) (\d+) ", text)
        assert found, objective.can
        assert int(found[2]) >= 1, objective.can
        named |= set(objective.points)
    assert named == bank.points().keys()


def test_the_aims_are_those_of_the_instructors_guide(sheet: str):
    assert "The officer knows why a dialogue can be more dangerous after partner violence" in plain(sheet)


def test_the_class_is_counted(sheet: str):
    text = plain(sheet)
    assert "Of 3 on the list, 2 handed in a check, and 1 passed them all ." in text
    assert "In 1 of the checks handed in, something is still waiting" in text
    assert "Finding your partners 2 1 1 100%" in text


def test_what_only_the_agency_knows_is_marked(sheet: str):
    assert sheet.count("Still to be filled in by the agency:") == 6


def test_nobody_is_named_and_no_key_is_told(sheet: str):
    assert not [word for word in ("Ana", "Ruiz", "cleo") if re.search(rf"\b{word}\b", plain(sheet))]
    secrets = {
        secret for slug in bank.course().titles for item in bank.items(slug).values() for secret in item.secrets()
    }
    assert len(secrets) > 100
    assert not [secret for secret in secrets if " ".join(secret.split()) in plain(sheet)]


def test_whoever_is_on_no_list_or_sent_no_answers_counts_in_no_percentage(tmp_path: Path):
    course, check = bank.course(), "first-contact"
    all_met = (handed_in("gus", one, (4, 4)) for one in course.titles)
    stranger = replace(trainee("gus", *all_met), listed=False)
    empty = replace(trainee("ben", handed_in("ben", check, (0, 4))), unanswered={check: "No answers arrived."})
    half = trainee("ana", handed_in("ana", check, (2, 4)))
    said = export(EvidenceExporter, the_class(half, empty, stranger, course=course), tmp_path / "page.html")
    told = plain((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert "Of 2 on the list, 2 handed in a check, and 0 passed them all" in told
    assert "In 1 of the checks handed in, something is still waiting" in told
    assert "50%" in told  # the mean: of the one alone whose marks are final
    assert said[0] == "first-contact, ben: left out. No answers arrived."
    assert said[1].startswith("Not on the class list: gus.")
