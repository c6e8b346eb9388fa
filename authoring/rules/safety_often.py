"""Every safety point is asked at least three times, in checks and final together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from authoring import asked
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Safety points of finished modules that are asked too seldom. The capstone's path is not counted."""
    wanted = course.about.standards.safety_asked
    taught = {point for module in course.modules for point in module.entry.points}
    times = Counter(
        point
        for module in course.modules
        if module.entry.part != "capstone"
        for question in asked.questions(module)
        for point in question.points
    )
    for n, point in enumerate(course.points.values()):
        if point.safety and point.id in taught and times[point.id] < wanted:
            what = f"{point.id} is asked {times[point.id]} times in checks and final; a safety point is asked {wanted}."
            yield course.points_file.problem(("points", n), what, "Write more questions that depend on it.")


RULE = Rule(
    code="safety-often",
    why="Luck may be enough for one question. On these points it shouldn't be.",
    check=check,
    example=Example("course/course.yml", "safety_asked: 1", "safety_asked: 9", "ladder-asks is asked 4 times"),
    of_whole=True,
)
