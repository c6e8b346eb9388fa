from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import casebook
from casebook.answers import FILE_NAME
from casebook.desk import Desk
from casebook.widgets.item import ItemPanel, PracticePanel
from casebook.widgets.notice import NoticePanel
from casebook.widgets.partners import PartnersPanel
from casebook.widgets.runtime import Panel
from casebook.widgets.story import StoryPanel
from tests.casebook.damage import BAD, damaged
from tests.casebook.widgets.page import Page


@pytest.fixture
def in_lesson(lesson_folder: Path) -> Iterator[Path]:
    with chdir(lesson_folder):
        yield lesson_folder


@pytest.fixture
def in_check(check_folder: Path) -> Iterator[Path]:
    with chdir(check_folder):
        yield check_folder


def alarm(panel: Panel) -> str:
    """The words of a panel that says that something is wrong."""
    assert isinstance(panel, NoticePanel)
    assert panel.view["alarm"] is True
    (message,) = panel.view["messages"]
    return str(message)


def calls(notebook: Path) -> Iterator[tuple[str, list[str]]]:
    """The one-line calls of a notebook: name and arguments."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            match = re.fullmatch(r"import casebook; casebook\.(\w+)\((.*)\)\n?", cell["source"][0])
            assert match, cell["source"]
            yield match[1], json.loads(f"[{match[2]}]")


def test_a_page_opens_with_how_answers_are_kept(in_lesson: Path):
    panel = casebook.opening("tiny")
    assert FILE_NAME in panel.view["messages"][0]
    assert panel.view["alarm"] is False
    assert list(in_lesson.glob(FILE_NAME)) == []


def test_a_page_opens_with_what_is_wrong_with_the_answers_file(in_lesson: Path):
    (in_lesson / FILE_NAME).write_bytes(b"torn")
    panel = casebook.opening("tiny")
    assert panel.view["alarm"] is True
    assert "Nothing was deleted" in panel.view["messages"][0]


@pytest.mark.usefixtures("in_lesson")
def test_a_lesson_opens_with_how_far_it_is_and_the_way_on():
    view = casebook.opening("tiny").view
    assert (view["said"], view["next"]) == ("0 of 3 steps done", {"to": "tiny-p-who", "words": "Begin"})
    casebook.practice("tiny", "tiny-p-who").handle({"type": "answer", "given": {"choice": "a"}})  # type: ignore[attr-defined]
    view = casebook.opening("tiny").view
    assert (view["said"], view["next"]["words"]) == ("1 of 3 steps done", "Continue")


@pytest.mark.usefixtures("in_lesson")
def test_a_lesson_that_is_done_leads_to_its_check():
    for name, given_ in (("tiny-p-who", {"choice": "a"}), ("tiny-p-which", {"choices": ["a"]})):
        casebook.practice("tiny", name).handle({"type": "answer", "given": given_})  # type: ignore[attr-defined]
    casebook.scenario("tiny", "the-ladder").handle({"type": "skip"})  # type: ignore[attr-defined]
    view = casebook.opening("tiny").view
    assert (view["done"], view["next"]) == (3, {"to": "tiny/tiny-check.ipynb", "words": "Take the check"})


@pytest.mark.usefixtures("in_check")
def test_a_check_opens_with_how_many_questions_are_answered():
    view = casebook.opening("tiny").view
    assert (view["said"], view["next"]) == ("0 of 2 questions done", {"to": "tiny-owner", "words": "Begin"})


@pytest.mark.usefixtures("in_lesson")
def test_each_call_shows_what_it_names():
    assert isinstance(casebook.practice("tiny", "tiny-p-who"), PracticePanel)
    assert isinstance(casebook.scenario("tiny", "the-ladder"), StoryPanel)
    assert isinstance(casebook.partners("tiny"), PartnersPanel)


@pytest.mark.usefixtures("in_check")
def test_partners_are_not_recorded_beside_a_check():
    assert "in the lessons, not here" in alarm(casebook.partners("tiny"))


@pytest.mark.usefixtures("in_check")
def test_a_checks_call_shows_a_graded_item():
    panel = casebook.item("tiny", "tiny-owner")
    assert isinstance(panel, ItemPanel)
    assert not isinstance(panel, PracticePanel)
    assert panel.view["graded"] is True


def test_every_call_of_every_generated_notebook_shows_a_panel(small: Path):
    called = set()
    for path in small.glob("course/**/*.ipynb"):
        with chdir(path.parent):
            for name, arguments in calls(path):
                assert not getattr(casebook, name)(*arguments).view.get("alarm"), name
                called.add(name)
    assert called == set(casebook.__all__) - {"another"}


@pytest.mark.usefixtures("in_lesson")
def test_another_scenario_is_a_scenario():
    assert casebook.another("tiny", "the-ladder").view == casebook.scenario("tiny", "the-ladder").view


@pytest.mark.usefixtures("in_check")
def test_the_same_call_shows_the_same_panel():
    assert casebook.item("tiny", "tiny-owner") is casebook.item("tiny", "tiny-owner")
    assert casebook.item("tiny", "tiny-owner") is not casebook.item("tiny", "tiny-return")


def test_the_same_call_again_brings_its_panel_up_to_date(in_check: Path):
    panel = casebook.item("tiny", "tiny-owner")
    Desk(in_check).keep("tiny", "tiny-owner", {"choice": "b"})
    assert panel.view["given"] is None
    casebook.item("tiny", "tiny-owner")
    assert panel.view["given"] == {"choice": "b"}


def test_the_same_name_in_another_call_is_another_panel(in_lesson: Path, check_folder: Path):
    (in_lesson / "items.json").write_text(
        (check_folder / "items.json").read_text(encoding="utf-8").replace("tiny-owner", "tiny-p-who"), encoding="utf-8"
    )
    assert casebook.item("tiny", "tiny-p-who") is not casebook.practice("tiny", "tiny-p-who")


def test_two_folders_do_not_share_their_panels(small: Path, tmp_path: Path):
    other = tmp_path / "other"
    other.mkdir()
    folder = small / "course/source/tiny"
    (other / "items.json").write_bytes((folder / "items.json").read_bytes())
    with chdir(folder):
        one = casebook.item("tiny", "tiny-owner")
    with chdir(other):
        assert casebook.item("tiny", "tiny-owner") is not one


def test_the_calls_of_one_notebook_share_one_desk(in_check: Path):
    one, other = casebook.item("tiny", "tiny-owner"), casebook.item("tiny", "tiny-return")
    assert isinstance(one, ItemPanel)
    assert isinstance(other, ItemPanel)
    assert one.desk is other.desk
    assert one.desk.folder == in_check


def test_answers_go_with_a_folder_that_is_renamed_and_not_into_a_new_one_of_its_name(check_folder: Path):
    renamed = check_folder.with_name("renamed")
    with chdir(check_folder):
        page = Page(casebook.item("tiny", "tiny-owner"))
        check_folder.rename(renamed)
        page.done("answer", given={"choice": "a"})
        check_folder.mkdir()
        page.done("answer", given={"choice": "b"})
        assert casebook.item("tiny", "tiny-owner").view["given"] == {"choice": "b"}
    check_folder.rmdir()
    assert Desk(renamed).book.last("tiny", "tiny-owner").given == {"choice": "b"}
    renamed.rename(check_folder)


@pytest.mark.parametrize("call", ["practice", "scenario"])
@pytest.mark.usefixtures("in_lesson")
def test_a_name_that_a_lesson_does_not_know_is_said(call: str):
    assert "nothing called nonsense" in alarm(getattr(casebook, call)("tiny", "nonsense"))


@pytest.mark.usefixtures("in_check")
def test_a_name_that_a_check_does_not_know_is_said():
    assert "nothing called nonsense" in alarm(casebook.item("tiny", "nonsense"))


@pytest.mark.parametrize("call", ["practice", "scenario", "item"])
def test_a_page_away_from_its_content_says_so(tmp_path: Path, call: str):
    with chdir(tmp_path):
        assert "belongs next to this notebook" in alarm(getattr(casebook, call)("tiny", "tiny-owner"))


def test_an_answers_file_that_cannot_be_read_is_said(in_check: Path):
    (in_check / FILE_NAME).mkdir()
    assert "can't be read" in alarm(casebook.item("tiny", "tiny-owner"))
    assert "can't be read" in alarm(casebook.opening("tiny"))


def test_what_was_missing_is_found_once_it_is_there(check_folder: Path):
    items = (check_folder / "items.json").rename(check_folder / "aside")
    with chdir(check_folder):
        alarm(casebook.item("tiny", "tiny-owner"))
        items.rename(check_folder / "items.json")
        assert isinstance(casebook.item("tiny", "tiny-owner"), ItemPanel)


@pytest.mark.parametrize("call", [("opening", "tiny"), ("item", "tiny", "tiny-owner")], ids=["opening", "item"])
def test_a_folder_that_is_gone_is_said(tmp_path: Path, call: tuple[str, ...]):
    gone = tmp_path / "gone"
    gone.mkdir()
    with chdir(gone):
        gone.rmdir()
        name, *arguments = call
        assert alarm(getattr(casebook, name)(*arguments))


def test_a_check_that_was_deleted_and_fetched_anew_is_found_again(
    check_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fetched = shutil.copytree(check_folder, tmp_path / "fetched")
    monkeypatch.setenv("JPY_SESSION_NAME", str(fetched / "tiny-check.ipynb"))
    with chdir(fetched):
        page = Page(casebook.item("tiny", "tiny-owner"))
        shutil.rmtree(fetched)
        assert alarm(casebook.item("tiny", "tiny-return"))
        shutil.copytree(check_folder, fetched)
        assert isinstance(casebook.item("tiny", "tiny-return"), ItemPanel)
        page.done("answer", given={"choice": "a"})
    assert Desk(fetched).book.last("tiny", "tiny-owner")


@given(st.data(), BAD)
def test_a_lesson_that_is_damaged_anywhere_shows_plain_words_at_worst(small_built: Path, data: st.DataObject, bad: Any):
    modules = small_built / "course/modules"
    played = {"playing": 1, "path": ["ask", "shelter", "truth"], "skipped": False}
    with damaged((modules / "content/tiny.json").read_bytes(), Path("content/tiny.json"), data, bad) as folder:
        Desk(folder).keep("tiny", "the-ladder", played)
        with chdir(folder):
            panels = [getattr(casebook, name)(*arguments) for name, arguments in calls(modules / "02-tiny.ipynb")]
        assert all(isinstance(panel, Panel) for panel in panels)


@given(st.data(), BAD)
def test_a_start_page_that_is_damaged_anywhere_shows_plain_words_at_worst(
    small_built: Path, data: st.DataObject, bad: Any
):
    whole = (small_built / "course/modules/content/course.json").read_bytes()
    with damaged(whole, Path("content/course.json"), data, bad) as folder, chdir(folder):
        assert isinstance(casebook.modules(), Panel)


@given(st.data(), BAD)
def test_a_check_that_is_damaged_anywhere_shows_plain_words_at_worst(small_built: Path, data: st.DataObject, bad: Any):
    source = small_built / "course/source/tiny"
    with damaged((source / "items.json").read_bytes(), Path("items.json"), data, bad) as folder:
        with chdir(folder):
            panels = [getattr(casebook, name)(*arguments) for name, arguments in calls(source / "tiny-check.ipynb")]
        assert all(isinstance(panel, Panel) for panel in panels)
