"""Which variant of a slot is a trainee's: drawn from their id, until an answer has settled it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from casebook import slots
from casebook.answers import Answer, Book
from casebook.content import Check

AB = ("fa-one-a", "fa-one-b")
TRAINEES = [f"officer-{n}" for n in range(4000)]
CHECK = Check("final", "The final", {id: {"id": id, "slot": "fa-one"} for id in AB} | {"alone": {"id": "alone"}})


def book(*items: str, module: str = "final") -> Book:
    return Book(tuple(Answer(module, item, {"choice": "a"}, "2026-01-05T09:00:00+00:00") for item in items))


@pytest.mark.parametrize(
    ("trainee", "slot", "drawn"),
    [
        ("amara", "fa-one", "a"),
        ("amara", "fa-two", "b"),
        ("bent", "fa-one", "b"),
        ("bent", "fa-two", "b"),
        ("Zoë", "fa-one", "b"),
        ("", "fa-one", "a"),
    ],
)
def test_a_draw_is_the_same_for_ever(trainee: str, slot: str, drawn: str):
    assert slots.draw(trainee, slot, ("a", "b")) == drawn


def test_a_draw_does_not_depend_on_the_process():
    code = "from casebook import slots; print([slots.draw(str(n), 's', 'abc') for n in range(50)])"
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {f"{[slots.draw(str(n), 's', 'abc') for n in range(50)]}\n"}


@pytest.mark.parametrize("variants", ["ab", "abc", "abcde"])
def test_over_many_trainees_each_variant_is_drawn_about_as_often(variants: str):
    drawn = Counter(slots.draw(trainee, "fa-one", variants) for trainee in TRAINEES)
    level = len(TRAINEES) / len(variants)
    assert drawn.keys() == set(variants)
    assert all(abs(count - level) < 0.1 * level for count in drawn.values())


def test_over_the_slots_of_one_trainee_the_variants_mix():
    for trainee in TRAINEES[:200]:
        drawn = Counter(slots.draw(trainee, f"fa-{n}", "ab") for n in range(40))
        assert min(drawn["a"], drawn["b"]) >= 8


def test_what_is_drawn_for_one_slot_says_nothing_of_another():
    pairs = Counter((slots.draw(t, "fa-one", "ab"), slots.draw(t, "fa-two", "ab")) for t in TRAINEES)
    assert all(abs(count - len(TRAINEES) / 4) < 0.1 * len(TRAINEES) for count in pairs.values())
    assert len(pairs) == 4


def test_names_that_run_together_are_still_two_trainees():
    draws = [
        [slots.draw(trainee, f"{slot}{n}", "ab") for n in range(40)] for trainee, slot in (("am", "ara"), ("amara", ""))
    ]
    assert draws[0] != draws[1]


def test_an_id_of_any_characters_draws_a_variant():
    assert slots.draw("\udcff \x00 \N{SNOWMAN}", "fa-one", AB) in AB


def test_without_an_answer_nothing_is_recorded():
    assert slots.recorded(Book(), "final", AB) is None
    assert slots.recorded(book("fa-two-a"), "final", AB) is None
    assert slots.recorded(book("fa-one-a", module="other"), "final", AB) is None


@pytest.mark.parametrize(
    ("answered", "recorded"),
    [
        (["fa-one-b"], "fa-one-b"),
        (["fa-two-a", "fa-one-b", "fa-one-b"], "fa-one-b"),
        (["fa-one-b", "fa-one-a"], "fa-one-b"),
        (["fa-one-a", "fa-one-b", "fa-one-b"], "fa-one-a"),
    ],
)
def test_the_variant_that_was_answered_first_is_recorded(answered: list[str], recorded: str):
    assert slots.recorded(book(*answered), "final", AB) == recorded


@pytest.mark.parametrize("trainee", TRAINEES[:20])
def test_what_is_recorded_stands_whoever_asks(trainee: str):
    for variant in AB:
        assert slots.standing(book(variant), "final", "fa-one", AB, trainee) == variant
    assert slots.standing(Book(), "final", "fa-one", AB, trainee) == slots.draw(trainee, "fa-one", AB)


def test_of_a_check_each_slot_gives_one_item_and_every_other_item_stays():
    assert CHECK.questions == ("fa-one", "alone")
    assert slots.items(CHECK, Book(), "amara") == (slots.draw("amara", "fa-one", AB), "alone")
    assert slots.items(CHECK, book("fa-one-b"), "amara") == ("fa-one-b", "alone")
