from __future__ import annotations

import re
from pathlib import Path

import pytest

from authoring import habits, terms
from authoring.habits import Habit
from casebook.kinds.rate import SCALE
from tests.authoring.author import Author

ROOT = Path(__file__).resolve().parents[2]
STYLE = (ROOT / "STYLE.md").read_text(encoding="utf-8")
REAL = habits.read(ROOT)


def searched(words: str, among: list[Habit]) -> list[str]:
    """The phrases that are found in a text."""
    return [phrase for _, _, phrase in habits.search(words, among)]


def test_the_table_of_style_md_is_read_and_nothing_after_it(author: Author):
    path = author.root / "STYLE.md"
    path.write_text(path.read_text(encoding="utf-8") + '\n| "rung" | step |\n', encoding="utf-8")
    assert habits.read(author.root) == [
        Habit("anew", "again"),
        Habit("is no", "isn't", ("is no longer", "there is no")),
    ]


def test_without_a_style_md_there_is_no_habit(author: Author):
    (author.root / "STYLE.md").unlink()
    assert habits.read(author.root) == []


@pytest.mark.parametrize(
    ("phrase", "words", "found"),
    [
        ("anew", "Ask anew.", True),
        ("anew", "Anew it rains.", True),
        ("anew", "He renews it.", False),
        ("stands in", "It stands\nin the file.", True),
        ("needn't", "You needn\N{RIGHT SINGLE QUOTATION MARK}t ask.", True),
        ("Nor", "He can't. Nor can she.", True),
        ("Nor", "Neither he nor she can.", False),
        ("Who ….", "Who asks first is heard.", True),
        ("Who ….", "Who asks first? She does.", False),
        ("Who ….", "Ask him. Who pays her tells\nyou the rest. So ask.", True),
        ("Who ….", '"Who asks is heard."', True),
        ("Who ….", "the officer who asks first is heard.", False),
        ("Who ….", "## Who pays her?\n\nShe works for the county.", False),
        ("To … is good", "To ask her is good practice.", True),
        ("To … is good", "The road to town is good.", False),
    ],
)
def test_a_phrase_is_found_as_the_table_writes_it(phrase: str, words: str, found: bool):
    assert bool(searched(words, [Habit(phrase, "")])) == found


def test_a_longer_phrase_that_is_fine_is_left_alone():
    habit = Habit("is no", "isn't", ("there is no", "is no longer"))
    assert searched("There is no program. It is no longer so. He is no judge.", [habit]) == ["is no"]


@pytest.mark.parametrize("habit", REAL, ids=[habit.avoided for habit in REAL])
def test_every_phrase_of_the_real_table_is_found_and_what_is_fine_with_it_is_not(habit: Habit):
    gap = "somebody there"
    shown = habit.avoided.replace("…", gap)
    sentence = shown if shown.endswith(".") else f"{shown} it."
    assert searched(sentence if sentence[0].isupper() else f"So {sentence}", [habit])
    assert habit.used
    for fine in habit.fine:
        assert searched(f"{fine} so far", [habit]) == [], fine


def test_what_style_md_calls_good_has_no_habit_and_its_prose_has_none():
    before, _, after = STYLE.partition("\n## Habits\n")
    told = re.sub(r"(?m)^\|.*$|^- Bad: .*$|^\*\*Use everyday word.*$", "", before + after.partition("\n|")[2])
    good = re.findall(r"(?m)^- Good: (.*)$", STYLE)
    assert len(good) > 15
    assert [searched(line, REAL) for line in good] == [[]] * len(good)
    assert searched(told, REAL) == []


def test_style_md_names_the_anchors_that_a_rating_shows():
    said = " ".join(re.findall(r"use one scale: (.*?)\.\*\*", STYLE)).split(", ")
    assert said == [words[0] + words[1:].lower() for _, words in reversed(SCALE)]


def test_without_a_list_of_what_is_fine_no_phrase_is(author: Author):
    (author.root / "course/fine.txt").unlink()
    assert habits.read(author.root)[1] == Habit("is no", "isn't")


def test_every_phrase_that_is_fine_is_needed():
    words = {term.avoided for term in terms.read(ROOT)}
    needed = {one for habit in REAL for one in habit.fine}
    needed |= {one for one in terms.fine(ROOT) for word in words if word in one}
    assert set(terms.fine(ROOT)) - needed == set()


def test_style_md_is_short():
    assert len(STYLE.splitlines()) <= 260
