"""Every module that is given out, in a real JupyterLab: its lesson, a scenario of it, and its check up to the marks."""

from __future__ import annotations

import pytest
from answering import answer
from axe import faults
from conftest import ROOT, Server
from lab import open_notebook, play, step
from playwright.sync_api import Locator, Page, expect
from trainee import comes_to_keep

from authoring import course
from authoring.course import Course, Scenario
from casebook import content, engine
from casebook.content import Outline
from casebook.kinds import KINDS
from casebook.kinds.base import Given
from casebook.kinds.simulation import TELLING, SimulationItem
from grading import bank
from grading.nbgrader_steps import Steps
from running.ways import RIGHT
from tests.grading.machine import gradebook

pytestmark = pytest.mark.one_page

MODULES = {module.slug: module for module in content.outlines(ROOT / "course/modules")}

LESSONS = {slug: module for slug, module in MODULES.items() if module.lesson}

each_lesson = pytest.mark.parametrize("module", LESSONS.values(), ids=LESSONS)
each_module = pytest.mark.parametrize("module", MODULES.values(), ids=MODULES)


@pytest.fixture(scope="module")
def written() -> Course:
    """The course as its authors wrote it."""
    return course.read(ROOT)


def scenarios(written: Course, module: Outline) -> list[Scenario]:
    """The module's scenarios, in the order of the lesson; those that it can do without come last."""
    (found,) = (one for one in written.modules if one.slug == module.slug)
    steps = {id: n for n, id in enumerate(module.steps)}
    return sorted(found.scenarios, key=lambda scenario: steps.get(scenario.story.id, len(steps)))


def stands_ready(notebook: Locator, steps: tuple[str, ...]) -> None:
    """Every panel is there, and nothing of what runs it is in sight."""
    for id in steps:
        expect(step(notebook, id).locator(".casebook-item, .casebook-story")).to_have_count(1)
    expect(notebook.locator("[data-mime-type*='stderr'], [data-mime-type*='stdout']")).to_have_count(
        0
    )  # tracebacks too
    expect(notebook.locator(".casebook-notice[data-alarm='true']")).to_have_count(0)
    expect(notebook.locator(".jp-CodeCell .jp-InputArea-editor:visible")).to_have_count(0)
    words = notebook.inner_text()
    assert not [what for what in ("Traceback", "model not found", "import casebook", "casebook.") if what in words]


def on_the_page(notebook: Locator, module: Outline) -> tuple[str, ...]:
    """The items of a check that are shown: of each slot one variant."""
    shown = []
    for question in module.items:
        variants = module.slots.get(question, (question,))
        (item,) = [id for id in variants if step(notebook, id).count()]
        shown.append(item)
    return tuple(shown)


def ends(item: SimulationItem, given: Given) -> str:
    """The ending to which a path through a simulation's story comes."""
    (story,) = (planned.story for planned in item.stories if planned.story.id == given["case"])
    return engine.replay(story, TELLING, tuple(given["path"])).scene


def test_there_are_modules():
    assert len(MODULES) > 1


@each_lesson
def test_a_lesson_runs_by_itself_and_a_scenario_of_it_comes_to_its_debrief(
    page: Page, server: Server, written: Course, module: Outline
):
    notebook = open_notebook(page, server.address(module.lesson))
    stands_ready(notebook, (*module.steps, *(one.story.id for one in scenarios(written, module))))
    for first in scenarios(written, module)[:1]:  # the capstone's lesson has none
        comes_to_its_debrief(notebook, first)
    assert faults(page) == []


def comes_to_its_debrief(notebook: Locator, first: Scenario) -> None:
    """A scenario is played by the first walk of its plan that is in its first telling."""
    tellings = [telling.id for telling in first.story.tellings]
    walk = next(walk for walk in first.walks if walk.telling == tellings[0])  # the first playing is of the first
    place = step(notebook, first.story.id)
    play(place, first.story, 0, walk.choices)
    ending = first.story.scenes[walk.ends].ending
    expect(place.get_by_role("heading", name=f"Debrief: {ending}", exact=True)).to_be_visible()
    expect(place.locator(".casebook-steps > li")).to_have_count(len(walk.choices))
    expect(place.locator(".casebook-unsafe li")).to_have_count(walk.unsafe)


@each_module
def test_a_check_that_is_answered_right_and_handed_in_has_every_mark_that_needs_no_instructor(
    page: Page, server: Server, module: Outline
):
    items = bank.items(module.slug)
    notebook = open_notebook(page, server.address(module.check))
    shown = on_the_page(notebook, module)
    stands_ready(notebook, shown)
    assert faults(page) == []
    for id in shown:
        item = items[id]
        given = RIGHT(item)
        assert given
        answer(step(notebook, id), item, given)
        if isinstance(item, SimulationItem):  # a story goes on, and says nothing of saving
            given = {**given, "ended": ends(item, given)}
        else:
            expect(step(notebook, id).locator(".casebook-status")).to_contain_text("Saved")
        comes_to_keep(page, server.folder / module.slug, (id, given))
    hands_in(notebook, len(module.items))
    steps = Steps(server.root)
    steps.collect(module.slug)
    steps.autograde(module.slug)
    asked = {items[id].slot or id: items[id] for id in shown}
    waits = {id for id, item in asked.items() if KINDS[item.kind].manual}
    with gradebook(server.root) as book:
        (submission,) = book.assignment_submissions(module.slug)
        grades = {grade.name: grade for grade in submission.notebooks[0].grades if grade.max_score}
        assert {id: grade.auto_score for id, grade in grades.items()} == {
            id: None if id in waits else pytest.approx(item.marks) for id, item in asked.items()
        }
        assert {id for id, grade in grades.items() if grade.needs_manual_grade} == waits
        assert submission.needs_manual_grade == bool(waits)
        assert submission.score == pytest.approx(sum(item.marks or 0 for id, item in asked.items() if id not in waits))


def hands_in(check: Locator, questions: int) -> None:
    """Hands in by the page's own button."""
    end = check.locator(".casebook-overview")
    expect(end).to_contain_text("question is answered" if questions == 1 else f"All {questions} questions answered")
    end.get_by_role("button", name="Hand in").click()
    expect(end.locator(".casebook-hand-in").get_by_role("status")).to_contain_text("Handed in")
