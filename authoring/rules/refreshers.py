"""The refresher has enough to ask about each teaching point, and all of it can be answered there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from authoring import refresher
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Teaching points of finished modules with too few questions, and refresher items that nobody could rate."""
    wanted = course.about.standards.refreshed_by
    asked = Counter(
        point
        for module in course.modules
        for item in (*module.practice.items, *module.refresher.items)
        if refresher.can_be_asked(item)
        for point in set(item.points)
    )
    for module in course.modules:
        for point in module.entry.points:
            if asked[point] < wanted:
                what = f"The refresher has {asked[point]} questions about {point}, not {wanted}."
                remedy = f"Add some: make new-item MODULE={module.slug} ID=… KIND=… WHERE=refresher."
                yield course.file.problem(("modules", module.number - 1, "points"), what, remedy)
        for n, item in enumerate(module.refresher.items):
            if not refresher.can_be_asked(item):
                what = f"{item.id}: there's nobody to grade a '{item.kind}' item in the refresher."
                yield module.refresher.file.problem(
                    ("items", n, "kind"), what, "Write one that people answer by clicking."
                )


RULE = Rule(
    code="refreshers",
    why="Asked the same question each time, people remember the question and not what it's about.",
    check=check,
    example=Example("course/course.yml", "refreshed_by: 1", "refreshed_by: 2", "has 1 questions about ladder-asks"),
    of_whole=True,
)
