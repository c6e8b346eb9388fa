from __future__ import annotations

import pytest

from authoring import wording
from casebook.kinds.options import Option
from casebook.kinds.several import SeveralItem
from casebook.kinds.single import SingleItem


def single(*texts: str, right: int, stem: str = "What now?") -> SingleItem:
    options = tuple(
        Option(id=letter, text=text, feedback="So.", right=n == right)
        for n, (letter, text) in enumerate(zip("abcde", texts, strict=False))
    )
    return SingleItem(id="one", kind="single", stem=stem, points=("p",), basis="section", options=options)


def several(*texts: str, right: set[int]) -> SeveralItem:
    options = tuple(
        Option(id=letter, text=text, feedback="So.", right=n in right)
        for n, (letter, text) in enumerate(zip("abcde", texts, strict=False))
    )
    return SeveralItem(id="more", kind="several", stem="Which?", points=("p",), basis="section", options=options)


LONG = wording.FEATURES["letters"]


def test_the_longest_option_is_found_where_it_is_right_and_missed_where_it_is_wrong():
    assert wording.found(single("ab", "abcdef", "ab", right=1), LONG) == 1
    assert wording.found(single("ab", "abcdef", "ab", right=0), LONG) == 0


def test_what_is_level_is_drawn_by_lot():
    assert wording.found(single("abc", "abc", "a", right=0), LONG) == 0.5
    assert wording.found(single("abc", "abc", "abc", right=2), LONG) == pytest.approx(1 / 3)


def test_of_several_right_ones_as_many_are_picked_as_there_are():
    item = several("abcd", "abc", "ab", "a", right={0, 3})
    assert wording.found(item, LONG) == 0.5  # a and b are picked, and of these a is right
    assert wording.chance(item) == 0.5


def test_a_guesser_who_goes_by_nothing_comes_to_chance():
    items = [single("aa", "bb", "cc", "dd", right=n) for n in range(4)]
    assert wording.above_chance(items, LONG) == pytest.approx(0)


def test_a_bank_with_a_habit_is_seen_through_and_one_without_is_not():
    habit = [single("x" * 9, "x", "x", "x", right=0) for _ in range(5)]
    assert wording.learned(habit) == pytest.approx(0.75)
    even = [single("aa", "bb", "cc", "dd", right=n) for n in range(4)]
    assert wording.learned(even) <= 0


def test_hedges_and_absolute_words_are_counted_as_words():
    assert wording.count("It may help, mayor; perhaps.", wording.HEDGES) == 2
    assert wording.count("Never say never, Neverland.", wording.ABSOLUTES) == 2


def test_words_of_one_stem_are_one_and_small_words_are_none():
    assert wording.content_words("Advocates advocated") == wording.content_words("advocate's")
    assert wording.content_words("the of and what they would") == set()


@pytest.mark.parametrize("name", wording.FEATURES)
def test_every_feature_has_one_who_picks_the_most_and_one_who_picks_the_least(name: str):
    guessers = wording.guessers()
    item = single("Never ask, but wait", "It may help", "Nobody wants it", right=0, stem="Who may wait?")
    for option in item.options:
        assert guessers[f"most {name}"](item, option) == -guessers[f"least {name}"](item, option)
