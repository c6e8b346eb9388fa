"""Identifiers are permanent, unique in their place, and plain.

Answers are kept under them: two items of one name would be scored as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from authoring.course import Course, Items, Scenario
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.yamlfile import Place, YamlFile
from casebook import attempts
from casebook.story import ONLY

LETTERS = "abcdefgh"
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")

_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_plain(name: str) -> bool:
    """Whether ``name`` may be an identifier."""
    return bool(_PLAIN.fullmatch(name))


@dataclass(frozen=True)
class _Name:
    """An identifier, where it stands, and within what it must be alone."""

    within: str
    file: YamlFile
    place: Place
    name: str


def check(course: Course) -> Iterator[Problem]:
    """Identifiers that are not plain or not alone, and parts of items that are not named in order."""
    seen: dict[tuple[str, str], str] = {}
    for one in _names(course):
        if not is_plain(one.name):
            what = f"'{one.name}' isn't a plain identifier."
            yield one.file.problem(one.place, what, "Use a-z, 0-9 and single hyphens.")
        if one.within == "course" and one.name == attempts.ID:
            what = f"'{one.name}' begins the answers of another attempt, so it can't be an identifier."
            yield one.file.problem(one.place, what, "Use a different one.")
        key = (one.within, one.name)
        if key in seen:
            what = f"'{one.name}' is already in {seen[key]}."
            yield one.file.problem(one.place, what, "Give one of them a different identifier.")
        seen.setdefault(key, one.file.path.name)
    for items in course.item_files():
        yield from _lists(items)


def _names(course: Course) -> Iterator[_Name]:
    for n, entry in enumerate(course.about.modules):
        yield _Name("course", course.file, ("modules", n, "slug"), entry.slug)
    for n, point in enumerate(course.points_file.data["points"]):
        yield _Name("points", course.points_file, ("points", n, "id"), point["id"])
    for items in course.item_files():
        for n, item in enumerate(items.items):
            yield _Name("course", items.file, ("items", n, "id"), item.id)
    for module in course.modules:
        slots = {item.slot: n for n, item in reversed(list(enumerate(module.bank.items))) if item.slot is not None}
        for slot, n in slots.items():
            yield _Name("course", module.bank.file, ("items", n, "slot"), slot)
    for module in course.modules:
        for scenario in module.stories():
            yield from _in_story(scenario)


def _in_story(scenario: Scenario) -> Iterator[_Name]:
    story, file, at = scenario.story, scenario.file, scenario.place
    # A simulation's stories are its own: nothing but its answers names them.
    around = scenario.item.id if scenario.item else "course"
    yield _Name(around, file, (*at, "id"), story.id)
    within = f"{around} {story.id}"
    if story.tellings != ONLY:
        for n, telling in enumerate(story.tellings):
            yield _Name(f"{within} tellings", file, (*at, "tellings", n, "id"), telling.id)
    for key, scene in story.scenes.items():
        for n, choice in enumerate(scene.choices):
            yield _Name(f"{within} {key}", file, (*at, "scenes", key, "choices", n, "id"), choice.id)


def _lists(items: Items) -> Iterator[Problem]:
    for n, item in enumerate(items.items):
        for name, (fewest, most) in item.lists.items():
            letters = [part.id for part in getattr(item, name)]
            if not fewest <= len(letters) <= most or letters != list(LETTERS)[: len(letters)]:
                what = f"{item.id}: {name} are {_NUMBERS[fewest]} to {_NUMBERS[most]}, named a, b, c … in this order."
                yield items.file.problem(("items", n, name), what, f"Rename, add or take out {name}.")


RULE = Rule(
    code="identifiers",
    why="Answers are stored by identifier: two items with the same name would be scored as one.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml", "id: tiny-owner", "id: Tiny-Owner", "'Tiny-Owner' isn't a plain identifier"
    ),
)
