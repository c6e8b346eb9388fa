"""Every item, decision and lesson names teaching points that exist: reports and the lesson hang on them."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course
from authoring.markup import Words
from authoring.problems import Problem

_REMEDY = "The identifiers stand in course/points.yml."


def check(course: Course) -> Iterator[Problem]:
    """Teaching points that are named and do not exist, or that should be named and are not."""
    for _, items in course.items():
        for n, item in enumerate(items.items):
            named = {*item.points, *(p for o in getattr(item, "options", ()) for p in o.points)}
            for unknown in sorted(named - course.points.keys()):
                yield items.file.problem(("items", n, "points"), f"No teaching point '{unknown}'.", _REMEDY)
            if not item.points:
                what = f"{item.id} names no teaching point."
                yield items.file.problem(("items", n, "points"), what, "Name what settles it.")
    for module in course.modules:
        for scenario in module.scenarios:
            for key, scene in scenario.story.scenes.items():
                for n, choice in enumerate(scene.choices):
                    for unknown in sorted(set(choice.points) - course.points.keys()):
                        place = ("scenes", key, "choices", n, "points")
                        yield scenario.file.problem(place, f"No teaching point '{unknown}'.", _REMEDY)
        for piece in module.lesson:
            if isinstance(piece, Words):
                for unknown in sorted(set(piece.teaches) - course.points.keys()):
                    yield Problem(module.lesson_path, piece.line, f"No teaching point '{unknown}'.", _REMEDY)
