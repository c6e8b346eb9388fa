"""The call of a slot: a trainee's own variant, what was answered under another id, and what is not to be mixed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import casebook
from casebook import calls, slots, static
from casebook.answers import FILE_NAME
from casebook.desk import Desk
from casebook.widgets.item import ItemPanel
from casebook.widgets.notice import NoticePanel
from casebook.widgets.overview import HandingInPanel, OpeningPanel
from tests.casebook.widgets.page import Page

AB = ("last-ask-a", "last-ask-b")
SITS_DOWN = Callable[[str], ItemPanel]


def known_as(variant: str) -> str:
    """Somebody for whom this variant is drawn."""
    return next(name for name in map(str, range(100)) if slots.draw(name, "last-ask", AB) == variant)


@pytest.fixture
def final(small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the final's notebook lies; the kernel works there."""
    folder = small / "course/source/last"
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def sits_down(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> SITS_DOWN:
    """Opens the first question of the final in a new kernel, as somebody of this id."""

    request.getfixturevalue("final")

    def opened(name: str) -> ItemPanel:
        monkeypatch.setenv("JUPYTERHUB_USER", name)
        monkeypatch.setattr(calls, "_desks", {})
        monkeypatch.setattr(calls, "_panels", {})
        panel = casebook.slot("last", "last-ask")
        assert isinstance(panel, ItemPanel), panel.view
        return panel

    return opened


@pytest.mark.parametrize("variant", AB)
def test_the_variant_that_is_drawn_is_shown_and_nothing_of_the_other(sits_down: SITS_DOWN, variant: str):
    panel = sits_down(known_as(variant))
    (other,) = set(AB) - {variant}
    names = {"last-ask-a": ("Olu", "Pia"), "last-ask-b": ("Quin", "Rosa")}
    assert (panel.view["id"], panel.view["given"], panel.view["graded"]) == (variant, None, True)
    for form in (json.dumps(panel.view), static.to_html(panel.view), static.to_text(panel.view)):
        assert all(name in form for name in names[variant])
        assert not any(name in form for name in names[other])


@pytest.mark.parametrize("variant", AB)
def test_an_answer_is_kept_under_its_variant_and_found_again_under_another_id(
    sits_down: SITS_DOWN, final: Path, variant: str
):
    (other,) = set(AB) - {variant}
    Page(sits_down(known_as(variant))).done("answer", given={"choice": "c"})
    (line,) = (final / FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert (json.loads(line)["id"], json.loads(line)["given"]) == (variant, {"choice": "c"})
    again = sits_down(known_as(other))
    assert (again.view["id"], again.view["given"]) == (variant, {"choice": "c"})
    assert static.to_text(again.view).count("(•)") == 1
    Page(again).done("answer", given={"choice": "a"})
    assert sits_down(known_as(variant)).view["given"] == {"choice": "a"}


def test_what_was_put_there_for_the_other_variant_changes_nothing_that_is_shown(sits_down: SITS_DOWN, final: Path):
    name = known_as("last-ask-a")
    Page(sits_down(name)).done("answer", given={"choice": "c"})
    Desk(final).keep("last", "last-ask-b", {"choice": "a"})
    assert (sits_down(name).view["id"], sits_down(name).view["given"]) == ("last-ask-a", {"choice": "c"})


def test_a_page_that_was_left_behind_keeps_no_answer_that_would_not_count(sits_down: SITS_DOWN, final: Path):
    page = Page(sits_down(known_as("last-ask-b")))
    Desk(final).keep("last", "last-ask-a", {"choice": "c"})
    before = (final / FILE_NAME).read_bytes()
    assert page.refused("answer", given={"choice": "a"}) == (
        "You already answered a different version of this question, and that answer counts. "
        "Open this page again to see it."
    )
    assert (final / FILE_NAME).read_bytes() == before


def test_the_same_call_in_the_same_kernel_goes_over_to_what_was_recorded(sits_down: SITS_DOWN, final: Path):
    panel = sits_down(known_as("last-ask-b"))
    assert casebook.slot("last", "last-ask") is panel
    Desk(final).keep("last", "last-ask-a", {"choice": "c"})
    assert casebook.slot("last", "last-ask").view["id"] == "last-ask-a"


@pytest.mark.parametrize("variant", AB)
def test_the_top_and_the_end_of_the_page_count_slots_and_lead_to_the_variant_on_it(
    sits_down: SITS_DOWN, final: Path, variant: str
):
    name = known_as(variant)
    desk = Desk(final, who=lambda: name)
    opening, end = OpeningPanel(desk, "last"), HandingInPanel(desk, "last")
    assert (opening.view["said"], opening.view["next"]["to"]) == ("0 of 2 questions done", variant)
    Page(sits_down(name)).done("answer", given={"choice": "a"})
    view: dict[str, Any] = Page(opening).done("refresh")["view"]
    assert view["said"] == "1 of 2 questions done"
    assert view["next"]["to"].startswith("last-back-")
    assert "Still open: question 2." in Page(end).done("refresh")["view"]["said"]


@pytest.mark.usefixtures("final")
def test_a_slot_that_is_not_there_is_said_in_plain_words():
    for name in ("last-gone", "last-ask-a"):
        panel = casebook.slot("last", name)
        assert isinstance(panel, NoticePanel)
        assert f"nothing called {name}" in panel.view["messages"][0]
