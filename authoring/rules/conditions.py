"""Conditions can be read, and ask only about what the story carries."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course, Scenario
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.yamlfile import Place
from casebook.conditions import BadCondition, names
from casebook.story import Choice, Passage, Text


def check(course: Course) -> Iterator[Problem]:
    """Conditions that cannot be read; names that are not carried, in conditions or in what is set."""
    for module in course.modules:
        for scenario in module.stories():
            yield from of(scenario)


def of(scenario: Scenario) -> Iterator[Problem]:
    """The problems of one scenario."""
    carried = scenario.story.carries
    for place, condition in _conditions(scenario):
        try:
            unknown = names(condition) - carried.keys()
        except BadCondition as bad:
            yield scenario.problem(place, str(bad), "Write it like 'trust >= 2 and not leaked'.")
            continue
        for name in sorted(unknown):
            yield scenario.problem(place, f"The story doesn't carry '{name}'.", "Add it under 'carries'.")
    for place, name in _changed(scenario):
        if name not in carried:
            yield scenario.problem(place, f"The story doesn't carry '{name}'.", "Add it under 'carries'.")


def _conditions(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    for key, scene in scenario.story.scenes.items():
        yield from _in_text(("scenes", key, "text"), scene.text)
        for n, choice in enumerate(scene.choices):
            place = ("scenes", key, "choices", n)
            if choice.when is not None:
                yield (*place, "when"), choice.when
            yield from _in_text((*place, "told"), choice.told)
            yield from _in_roads(place, choice)


def _in_text(place: tuple[str | int, ...], text: Text) -> Iterator[tuple[Place, str]]:
    for n, piece in enumerate(() if isinstance(text, str) else text):
        if isinstance(piece, Passage) and piece.when is not None:
            yield (*place, n, "when"), piece.when


def _in_roads(place: tuple[str | int, ...], choice: Choice) -> Iterator[tuple[Place, str]]:
    for n, road in enumerate(() if isinstance(choice.go, str) else choice.go):
        if road.when is not None:
            yield (*place, "go", n, "when"), road.when


def _changed(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    for n, telling in enumerate(scenario.story.tellings):
        for name in telling.carries:
            yield ("tellings", n, "carries", name), name
    for key, scene in scenario.story.scenes.items():
        for n, choice in enumerate(scene.choices):
            for change in ("set", "add"):
                for name in getattr(choice, change):
                    yield ("scenes", key, "choices", n, change, name), name


RULE = Rule(
    code="conditions",
    why="If a condition can't be read, or asks about something the story doesn't carry, the story stops in the middle.",
    check=check,
    example=Example(
        "course/content/tiny/scenarios/the-ladder.yml", "when: trust >= 2", "when: turst >= 2", "doesn't carry 'turst'"
    ),
)
