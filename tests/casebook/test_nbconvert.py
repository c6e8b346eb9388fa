"""Every panel in nbconvert's HTML of a notebook that was run: to be read without a script, and whole in itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from traitlets.config import Config

from casebook.answers import Answer, append
from casebook.kinds import KINDS
from casebook.kinds.simulation import SIMULATION
from casebook.prose import to_text
from tests import kinds_course
from tests.kinds_course import SLUG

AT = "2026-01-05T09:00:00+00:00"
# The form that needs no script comes before the widget.
STATIC = Config({"NbConvertBase": {"display_data_priority": ["text/html", "text/markdown", "text/plain"]}})


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The lessons' folder and the check's, of every kind, with each kind's best answer given in both."""
    root = kinds_course.make(tmp_path_factory.mktemp("kinds") / "course")
    lessons, check = root / "course/modules", root / "course/source" / SLUG
    for name, kind in KINDS.items():
        best = kind.examples()[1][0].given
        append(check / "answers.jsonl", Answer(SLUG, f"kinds-{name}", best, AT))
        if name != SIMULATION.name:
            append(lessons / "answers.jsonl", Answer(SLUG, f"kinds-p-{name}", best, AT))
    playing = {"playing": 1, "path": ["carry", "later", "own"], "skipped": False, "ended": "mended"}
    append(lessons / "answers.jsonl", Answer(SLUG, f"kinds-p-{SIMULATION.name}", playing, AT))
    partner = {"organization": "Tillman Street", "phone": "+1 555 0100"}
    append(lessons / "answers.jsonl", Answer("partner-map", "partner-0123456789", partner, AT))
    return lessons, check


@pytest.fixture(scope="module")
def pages(folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The start page, the lesson and the check as nbconvert writes them, without what a trainee never sees."""
    lessons, check = folders
    exporter = HTMLExporter(config=STATIC, template_name="basic", exclude_input=True, exclude_output_prompt=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        paths = {"start": lessons / "00-start.ipynb", "lesson": next(lessons.glob("01-*.ipynb"))}
        paths["check"] = next(check.glob("*.ipynb"))
        yield {name: exporter.from_notebook_node(_run(path))[0] for name, path in paths.items()}


def _run(path: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:  # nbgrader leaves the hidden tests out of what it releases
        cell.source = re.sub(r"### BEGIN HIDDEN.*### END HIDDEN TESTS", "", cell.source, flags=re.DOTALL)
    where = {"metadata": {"path": str(path.parent)}}
    # Course notebooks keep no state of widgets: a page opened again would show dead ones.
    return NotebookClient(notebook, kernel_name="casebook", resources=where, store_widget_state=False).execute()


def panels(html: str) -> list[str]:
    return re.findall(r'<div class="casebook-static">.*?</div>\s*</div>', html, flags=re.DOTALL)


@pytest.mark.parametrize("name", ["start", "lesson", "check"])
def test_it_needs_no_script_and_nothing_from_elsewhere(pages: dict[str, str], name: str):
    html = pages[name]
    assert not re.search(r"<script|<iframe|<img|<link|@import|url\(|\ssrc=|\son\w+=", html)
    assert not re.search(r"import casebook|Out\[|widget-view|model_id", html)


@pytest.mark.parametrize(("name", "calls"), [("start", 3), ("lesson", len(KINDS) + 2), ("check", len(KINDS) + 2)])
def test_each_cell_that_shows_a_panel_shows_its_static_form(pages: dict[str, str], name: str, calls: int):
    assert pages[name].count('<div class="casebook-static">') == calls


@pytest.mark.parametrize("name", [name for name in KINDS if name != SIMULATION.name])
@pytest.mark.parametrize("page", ["lesson", "check"])
def test_every_kind_is_there_with_the_answer_given(pages: dict[str, str], name: str, page: str):
    stem = to_text(KINDS[name].examples()[0].stem)
    (panel,) = [form for form in panels(pages[page]) if stem in form]
    assert "your answer" in panel.lower()


def test_a_story_is_told_to_its_debrief_with_its_map_as_a_list(pages: dict[str, str]):
    (told,) = [form for form in panels(pages["lesson"]) if "<h3>The note</h3>" in form]
    for words in ("Debrief: Owned", "Not safe", "carry his note to her", "You chose this.", "Fixed"):
        assert words in told


def test_a_graded_story_is_told_and_not_judged(pages: dict[str, str]):
    (told,) = [form for form in panels(pages["check"]) if "<h3>The note</h3>" in form]
    assert "The officer who covers for you knows where she stands." in told
    assert not re.search("Sound|Too much|Too little|Fixed", told)


def test_the_start_page_lists_the_modules_and_the_lesson_the_partners(pages: dict[str, str]):
    assert "Every kind" in pages["start"]
    assert "Tillman Street" in pages["lesson"]
    assert "7 of 7 steps done" in pages["lesson"]
