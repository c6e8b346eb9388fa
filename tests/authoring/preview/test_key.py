from __future__ import annotations

from typing import Any

import pytest

from authoring.preview import key
from casebook import records
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from casebook.prose import blocks_text


def told(shown: Any) -> str:
    view = key.of(shown)
    rows = (
        "\n".join([row["name"], blocks_text(row["text"]), *row["facts"], blocks_text(row["why"])])
        for row in view["rows"]
    )
    return "\n".join([view["about"], *rows])


def plain(prose: str) -> str:
    return prose.replace("*", "")


@pytest.mark.parametrize("kind", list(KINDS))
def test_everything_that_is_secret_in_an_item_is_for_its_author(kind: str):
    item: Item = KINDS[kind].examples()[0]
    words = told(item)
    assert item.secrets()
    for secret in item.secrets():
        assert plain(secret) in words
    assert f"basis: {item.basis}" in words


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("single", ["right"]),
        ("several", ["right", "unsafe"]),
        ("sort", ["group: a", "group: b"]),
        ("order", ["place: 1", "place: 3"]),
        ("rate", ["best: 4", "never"]),
        ("written", ["marks: 2", "marks: 0"]),
        ("simulation", ["verdict: sound", "score: 1", "unsafe: carry his note to her"]),
    ],
)
def test_the_key_is_told_in_the_words_of_the_file(kind: str, facts: list[str]):
    rows = key.of(KINDS[kind].examples()[0])["rows"]
    assert set(facts) <= {fact for row in rows for fact in row["facts"]}


def test_each_choice_of_a_story_has_its_verdict_and_its_why():
    story = KINDS["simulation"].examples()[0].stories[0].story
    rows = key.of(story)["rows"]
    choices = [choice for scene in story.scenes.values() for choice in scene.choices]
    assert [row["name"].split(": ")[-1] for row in rows] == [choice.id for choice in choices]
    assert all(f"verdict: {choice.verdict}" in row["facts"] for row, choice in zip(rows, choices, strict=True))


def test_what_only_repeats_the_question_is_left_out():
    item = KINDS["sort"].examples()[0]
    assert [row["name"] for row in key.of(item)["rows"]] == [one["id"] for one in records.dump(item)["statements"]]
