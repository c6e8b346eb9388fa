"""The feedback pages of the real course's checks, taken in many ways: sound HTML that needs and runs nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import nbformat
import pytest

from casebook.answers import Answer, append
from grading import bank, feedback, graded_notebook
from grading.plugins.feedback_pages import FeedbackExporter
from grading.scoring import Scorer
from running import ways

CHECKS = sorted(path.name for path in (bank.ROOT / "course/source").iterdir() if path.is_dir())
WAYS = {"well": ways.RIGHT, "poor": ways.ALL, "unsafe": ways.UNSAFE, "not": None}
AT = "2026-01-05T09:00:00+00:00"
ODD = "I'd ask <b>her</b>.\n\n\x00\x0b\u2028 $x$ \U0001f600 ﷐ &amp; </pre>\r\n```"
XHTML = "{http://www.w3.org/1999/xhtml}"


def about(check: str, score: float = 5, **more: Any) -> dict[str, Any]:
    most = sum(cell.metadata.nbgrader.points for cell in source(check).cells if "nbgrader" in cell.metadata)
    return {"assignment": check, "student": "ana", "score": score, "max_score": most, "late_penalty": 0, **more}


def source(check: str) -> nbformat.NotebookNode:
    return graded_notebook.blank(bank.ROOT / f"course/source/{check}/{check}-check.ipynb")


def graded(folder: Path, check: str, way: ways.Way | None) -> nbformat.NotebookNode:
    """The check's graded notebook, with the gradebook's marks, as it is read back from its file."""
    for item in bank.items(check).values():
        given = way(item) if way else None
        if item.kind == "written" and way:
            given = {"text": ODD}
        if given is not None:
            append(folder / "answers.jsonl", Answer(check, item.id, given, AT))
    notebook = graded_notebook.graded(source(check), Scorer(check, folder))
    notebook = nbformat.reads(nbformat.writes(notebook), as_version=4)
    for cell in notebook.cells:
        asked = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and asked.get("grade"):
            asked["score"] = float(cell.outputs[0].data["text/plain"])
        elif asked.get("task"):
            asked["score"], asked["comment"] = asked["points"] / 2, "Ask it *first*."
    return notebook


@pytest.fixture(scope="module", params=[(check, name) for check in CHECKS for name in WAYS], ids=lambda p: "-".join(p))
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    check, name = request.param
    notebook = graded(tmp_path_factory.mktemp(check), check, WAYS[name])
    return feedback.page(notebook, about(check))


def tree(page: str) -> Element:
    """The page as a browser reads it; whatever a browser would have to mend raises."""
    document: Element = html5lib.HTMLParser(strict=True).parse(page)
    return document


def all_of(document: Element, tag: str) -> list[Element]:
    return list(document.iter(f"{XHTML}{tag}"))


def test_it_is_sound_html_with_its_language_title_landmarks_and_headings_in_order(page: str):
    document = tree(page)
    assert document.get("lang") == "en"
    assert (all_of(document, "title")[0].text or "").startswith("Feedback: ")
    assert [len(all_of(document, tag)) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    levels = [int(element.tag[-1]) for element in document.iter() if re.fullmatch(rf"{XHTML}h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    named = [element.get("aria-labelledby") for element in document.iter() if element.get("aria-labelledby")]
    assert set(named) <= set(ids)


def test_nothing_in_it_runs_and_nothing_comes_from_elsewhere(page: str):
    document = tree(page)
    tags = {str(element.tag).removeprefix(XHTML) for element in document.iter()}
    assert not tags & {"script", "link", "iframe", "object", "embed", "img", "form", "base", "svg", "video"}
    attributes = {name for element in document.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "srcdoc", "action")]
    assert "url(" not in page
    assert "@import" not in page


def test_its_policy_allows_its_own_style_and_nothing_else(page: str):
    (meta,) = [one for one in all_of(tree(page), "meta") if one.get("http-equiv")]
    (style,) = all_of(tree(page), "style")
    digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    assert meta.get("content") == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_no_link_of_it_is_dead_where_it_was_mailed_to(page: str):
    assert [
        one.get("href") for one in all_of(tree(page), "a") if not (one.get("href") or "").startswith("https://")
    ] == []


def test_every_place_that_it_names_is_in_a_lesson(page: str):
    places = [one for one in tree(page).iter() if one.get("data-casebook-page")]
    for place in places:
        lesson = nbformat.read(bank.ROOT / "course/modules" / str(place.get("data-casebook-page")), as_version=4)
        (cell,) = [cell for cell in lesson.cells if cell.id == place.get("data-casebook-cell")]
        heading = re.findall(r"“(.*)”", "".join(place.itertext()))[0]
        assert heading in re.sub(r"[*_]", "", html.unescape(cell.source)).replace('"', "'")


@pytest.mark.parametrize("check", CHECKS)
def test_nbgraders_exporter_makes_the_same_page_byte_for_byte(tmp_path: Path, check: str):
    notebook, told = graded(tmp_path, check, ways.SLIP), about(check, late_penalty=1)
    made = FeedbackExporter()
    made._preprocessors = []
    theirs, _ = made.from_notebook_node(notebook, {"nbgrader": told, "unique_key": check})
    assert theirs.encode() == feedback.page(graded(tmp_path, check, None), told).encode()


def test_a_page_from_before_there_were_facts_is_still_made(tmp_path: Path):
    notebook = graded(tmp_path, "partner-violence", ways.SLIP)
    for cell in notebook.cells:
        known = cell.metadata.get("casebook", {})
        cell.metadata["casebook"] = {key: known[key] for key in ("score", "page_only") if key in known}
        if not cell.metadata["casebook"]:
            del cell.metadata["casebook"]
    page = feedback.page(notebook, about("partner-violence"))
    tree(page)
    assert "5 of " in page
    assert "By teaching point" not in page
    assert "Ask it <em>first</em>." in page
