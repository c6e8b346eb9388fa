"""What answers and paths say about teaching points."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from casebook.kinds import KINDS
from casebook.kinds.base import Item
from casebook.kinds.options import Option
from casebook.kinds.rate import Action, RateItem
from casebook.kinds.several import SeveralItem
from casebook.kinds.single import SingleItem
from casebook.refresher.evidence import moment, of_outcome, of_path
from casebook.story import Choice, Verdict

SINGLE = SingleItem(
    id="i",
    kind="single",
    stem="Who?",
    points=("p", "q"),
    basis="section",
    options=(
        Option(id="a", text="A", feedback="", points=("p",), right=True),
        Option(id="b", text="B", feedback="", points=("p",)),
        Option(id="c", text="C", feedback="", points=("q",)),
        Option(id="d", text="D", feedback="", unsafe=True),
    ),
)
SEVERAL = SeveralItem(
    id="i",
    kind="several",
    stem="Which?",
    points=("p", "q"),
    basis="section",
    options=(
        Option(id="a", text="A", feedback="", points=("p",), right=True),
        Option(id="b", text="B", feedback="", points=("q",), right=True),
        Option(id="c", text="C", feedback="", points=("q",)),
    ),
)
RATE = RateItem(
    id="i",
    kind="rate",
    stem="How good?",
    points=("p",),
    basis="section",
    actions=(
        Action(id="a", text="A", feedback="", best=4),
        Action(id="b", text="B", feedback="", best=2),
        Action(id="c", text="C", feedback="", best=0, never=True),
    ),
)


def shown(item: Item, given: dict[str, Any]) -> dict[str, tuple[float, bool]]:
    return dict(of_outcome(item, item.outcome(given)))


def choice(verdict: Verdict | None, *points: str, unsafe: str | None = None) -> Choice:
    return Choice("c", "", "", "end", verdict, points=points, unsafe=unsafe)


def test_the_right_one_of_several_options_speaks_for_every_point_of_the_item():
    assert shown(SINGLE, {"choice": "a"}) == {"p": (1.0, False), "q": (1.0, False)}


@pytest.mark.parametrize("picked", ["b", "c"])
def test_a_wrong_one_speaks_against_every_point_however_many_others_were_left_alone(picked: str):
    assert shown(SINGLE, {"choice": picked}) == {"p": (0.0, False), "q": (0.0, False)}


def test_an_unsafe_one_is_unsafe_for_every_point():
    assert shown(SINGLE, {"choice": "d"}) == {"p": (0.0, True), "q": (0.0, True)}


def test_of_several_to_choose_each_speaks_for_its_own_point():
    assert shown(SEVERAL, {"choices": ["a", "c"]}) == {"p": (1.0, False), "q": (0.0, False)}


def test_of_several_to_choose_what_was_rightly_left_alone_says_nothing():
    assert shown(SEVERAL, {"choices": ["a"]}) == {"p": (1.0, False), "q": (0.0, False)}
    assert shown(SEVERAL, {"choices": ["a", "b"]}) == {"p": (1.0, False), "q": (1.0, False)}


def test_of_actions_rated_the_share_is_of_those_rated_right():
    assert shown(RATE, {"a": "4", "b": "2", "c": "1"}) == {"p": (pytest.approx(2 / 3), False)}
    assert shown(RATE, {"a": "4", "b": "2", "c": "4"}) == {"p": (pytest.approx(2 / 3), True)}


def test_what_an_instructor_marks_says_nothing_written_or_blank():
    item, _ = KINDS["written"].examples()
    assert shown(item, {"text": "Is this a safe time?"}) == {}
    assert shown(item, {"text": " "}) == {}


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if not kind.manual])
def test_what_is_all_right_is_right_for_every_point_of_every_kind(name: str):
    item, examples = KINDS[name].examples()
    (given, *_) = [one.given for one in examples if one.share == 1.0]
    said = of_outcome(item, item.outcome(given))
    assert set(item.points) <= set(said)
    assert set(said.values()) == {(1.0, False)}


def test_a_decision_speaks_for_its_points_by_its_verdict():
    taken = [choice("sound", "p"), choice("recovery", "q"), choice("too-much", "r"), choice("too-little", "s")]
    shares = {"p": (1.0, False), "q": (0.5, False), "r": (0.0, False), "s": (0.0, False)}
    assert of_path(taken) == shares


def test_decisions_on_one_point_speak_by_their_mean_and_one_unsafe_is_unsafe():
    taken = [choice("sound", "p", "q"), choice("too-much", "p", unsafe="carry a note"), choice("sound", "q")]
    assert of_path(taken) == {"p": (0.5, True), "q": (1.0, False)}


def test_decisions_that_are_not_judged_say_nothing():
    assert of_path([choice(None, "p"), choice("sound")]) == {}


def test_a_time_is_read_in_whatever_zone_it_was_written():
    assert moment("2026-01-05T09:00:00+02:00") == datetime(2026, 1, 5, 7, tzinfo=UTC)
    assert moment("2026-01-05T09:00:00") == datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "soon", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00"])
def test_what_no_clock_shows_is_no_time(written: str):
    assert moment(written) is None
