"""Every item, decision and lesson names teaching points that exist: reports and the lesson hang on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authoring import texts
from authoring.course import Course, Items, Module, Scenario
from authoring.markup import Words
from authoring.problems import Problem
from authoring.rule import Example, Rule

_REMEDY = "The identifiers are in course/points.yml."


def check(course: Course) -> Iterator[Problem]:
    """Teaching points that are named and do not exist, or that should be named and are not."""
    for items in course.item_files():
        yield from _items(course, items)
    for module in course.modules:
        yield from _lesson(course, module)
        for scenario in module.stories():
            yield from _scenario(course, scenario)


def _items(course: Course, items: Items) -> Iterator[Problem]:
    for n, item in enumerate(items.items):
        place = ("items", n, "points")
        named = [*item.points, *(point for part in item.parts() for point in part.points)]
        for unknown in _unknown(course, named):
            yield items.file.problem(place, f"No teaching point '{unknown}'.", _REMEDY)
        if not item.points:
            yield items.file.problem(place, f"{item.id} doesn't name a teaching point.", "Name what settles it.")


def _scenario(course: Course, scenario: Scenario) -> Iterator[Problem]:
    for key, scene in scenario.story.scenes.items():
        for n, choice in enumerate(scene.choices):
            place = ("scenes", key, "choices", n, "points")
            if not choice.points:
                what = f"'{choice.id}' doesn't name a teaching point."
                yield scenario.problem(place, what, "Name what it is about.")
            for unknown in _unknown(course, choice.points):
                yield scenario.problem(place, f"No teaching point '{unknown}'.", _REMEDY)


def _lesson(course: Course, module: Module) -> Iterator[Problem]:
    for piece in module.lesson:
        for unknown in _unknown(course, piece.teaches if isinstance(piece, Words) else ()):
            yield Problem(module.lesson_path, piece.line, f"No teaching point '{unknown}'.", _REMEDY)


def _unknown(course: Course, named: Iterable[str]) -> list[str]:
    # What is still to be named is told by the rule "unfinished".
    return sorted(name for name in set(named) - course.points.keys() if not texts.waiting(name))


RULE = Rule(
    code="points",
    why="Reports and lessons depend on teaching points: an item without one, or with one that "
    "doesn't exist, is lost to both.",
    check=check,
    example=Example("grading/bank/tiny.yml", "points: [ladder-asks]", "points: [nope]", "No teaching point 'nope'"),
)
