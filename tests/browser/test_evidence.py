"""The evidence sheet for accreditation, as a browser shows it."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from grading import bank
from grading.exports.evidence import EvidenceExporter
from tests.grading.exports.made import export, handed_in, the_class, trainee


def test_the_sheet_can_be_used_by_everybody_at_any_width(page: Page, tmp_path: Path):
    graded = the_class(trainee("ana", handed_in("ana", "first-contact", (4, 4))), course=bank.course())
    export(EvidenceExporter, graded, tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    expect(page.get_by_role("table", name="Minutes per module")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    for width in (400, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
