from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from authoring import build, course, job_aids
from authoring.problems import BadContent
from authoring.rules import leftovers, placing
from tests.authoring.author import Author

CARD = Path("course/content/job-aids/ladder-card.md")
PAGE = Path("course/modules/job-aids/ladder-card.html")


def page(author: Author) -> ET.Element:
    """The card's page, read as what it is: with every tag closed."""
    read = course.read(author.root)
    (aid,) = read.aids
    text = job_aids.page(read.about, aid).decode().removeprefix("<!DOCTYPE html>\n")
    for tag in ("<meta", "<br"):
        assert tag not in text.split("</head>")[1]
    body = text.split("</head>")[1].removesuffix("</html>\n")
    return ET.fromstring(body)  # noqa: S314  # of our own making


def said(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_page_begins_with_its_title_and_with_what_stands_before_the_first_heading(author: Author):
    head = page(author).find("main/header")
    assert head is not None
    assert [said(part) for part in head] == ["May it be lent?", "Somebody wants a ladder."]


def test_each_heading_has_a_section_of_its_own(author: Author):
    assert [said(heading) for heading in page(author).iterfind("main/section/h2")] == ["Ask", "Mine"]


def test_at_its_foot_it_says_who_to_turn_to(author: Author):
    assert next(said(line) for line in page(author).iterfind("footer/p")) == "Help: Emergency: 911."


def test_a_row_is_named_by_its_first_cell_and_each_other_cell_by_its_column(author: Author):
    rows = page(author).findall(".//tbody/tr")
    assert [said(head) for row in rows for head in row.iterfind("th[@scope='row']")] == [
        "Did the owner say so?",
        'Is it "long"?',
    ]
    assert [cell.get("data-head") for row in rows for cell in row.iterfind("td")] == ["If yes", "If not"] * 2


def test_what_is_to_be_written_by_hand_is_a_line_that_is_also_heard(author: Author):
    (item,) = page(author).iterfind(".//section/ul/li")
    assert said(item) == "The owner: (write in)"
    assert item.find("span[@class='blank']") is not None


def test_a_page_needs_no_script_and_nothing_from_elsewhere(author: Author):
    read = course.read(author.root)
    (aid,) = read.aids
    text = job_aids.page(read.about, aid).decode()
    assert not any(word in text for word in ("<script", "<link", "src=", "@import", "url("))


def test_pages_are_generated_and_their_drift_is_told(author: Author):
    build.update(author.root)
    path = author.root / PAGE
    path.write_text(path.read_text(encoding="utf-8").replace("Carry it", "Take it"), encoding="utf-8")
    (problem,) = build.check(author.root)
    assert problem.file == path
    assert "course/content/job-aids/ladder-card.md" in problem.what


def test_a_job_aid_without_its_text_is_told(author: Author):
    (author.root / CARD).unlink()
    with pytest.raises(BadContent, match="This file is missing"):
        course.read(author.root)


def test_nothing_is_placed_in_a_job_aid(author: Author):
    author.writes(str(CARD), "## Mine", ":::{practice} tiny-p-who\n:::\n\n## Mine")
    with pytest.raises(BadContent, match="You can place: nothing"):
        course.read(author.root)


def test_a_text_that_is_not_in_the_list_is_left_over(author: Author):
    (author.root / CARD).with_name("other.md").write_text("Words.", encoding="utf-8")
    (problem,) = author.problems(leftovers.check)
    assert problem.what == "No job aid is called 'other'."


def test_a_lesson_places_only_job_aids_that_there_are(author: Author):
    author.writes("course/content/tiny/lesson.md", ":::{aid} ladder-card", ":::{aid} ladder-cart")
    (problem,) = author.problems(placing.check)
    assert problem.what == "There's no job aid called 'ladder-cart'."
