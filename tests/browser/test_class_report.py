"""The class report's page: usable by everybody, in light and dark, on any screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from grading.report import page as report_page
from grading.report.whole import Report
from tests.grading.report.simulated import Model, check_of, handed_in


@pytest.fixture(scope="module", params=[12, 50])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a small class, with a map of everybody, and of a larger one."""
    folder = tmp_path_factory.mktemp("class")
    checks = [check_of(module) for module in ("systems-advocates", "caseload")]
    path = folder / "report.html"
    path.write_text(report_page.page(Report(handed_in(Model(request.param, 4), checks, folder))), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(page: Page, written: Path, scheme: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme=scheme)
    page.goto(written.as_uri())
    found = Axe().run(page).response
    assert found["violations"] == []
    assert any(rule["id"] == "color-contrast" for rule in found["passes"]), "axe did not look at colours"
    for width in (320, 400, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert asked == [written.as_uri()]


def test_a_wide_table_is_reached_by_keyboard(page: Page, written: Path):
    page.goto(written.as_uri())
    for _ in range(page.locator("nav a").count() + 1):  # past the links to the sections
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "wide"


def test_pictures_take_the_colours_of_the_page(page: Page, written: Path):
    page.goto(written.as_uri())
    fills = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        fills.add(page.evaluate("getComputedStyle(document.querySelector('figure svg text')).fill"))
    assert len(fills) == 2
