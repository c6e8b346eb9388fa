"""Identifiers are permanent, unique over the whole course, and plain.

Answers are kept under them: two items of one name would be marked as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from authoring.course import Course
from authoring.problems import Problem
from authoring.yamlfile import Place, YamlFile

_PLAIN = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def check(course: Course) -> Iterator[Problem]:
    """Identifiers that are not plain, or that stand twice."""
    seen: dict[str, YamlFile] = {}
    for file, place, name in _named(course):
        if not _PLAIN.match(name):
            yield file.problem(place, f"'{name}' is not a plain identifier.", "Use a-z, 0-9 and single hyphens.")
        if name in seen:
            what = f"'{name}' stands in {seen[name].path.name} already."
            yield file.problem(place, what, "Give one of them another identifier.")
        seen[name] = file
    for items in course.item_files():
        for n, item in enumerate(items.items):
            options = [option.id for option in getattr(item, "options", ())]
            if options != list("abcde")[: len(options)] or len(options) < 3:
                what = f"{item.id}: options are three to five, named a, b, c … in this order."
                yield items.file.problem(("items", n, "options"), what, "Rename, add or take out options.")


def _named(course: Course) -> Iterator[tuple[YamlFile, Place, str]]:
    for n, module in enumerate(course.about.modules):
        yield course.file, ("modules", n, "slug"), module.slug
    for items in course.item_files():
        for n, item in enumerate(items.items):
            yield items.file, ("items", n, "id"), item.id
    for module_ in course.modules:
        for scenario in module_.scenarios:
            yield scenario.file, ("id",), scenario.story.id
