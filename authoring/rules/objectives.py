"""Each lesson begins with what an officer can do after it, and each teaching point of its module is a part of that.

Bodies that accredit training ask for measurable objectives. Ours are measured by the graded questions on their points.
"""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course, Module
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Modules with too few objectives or too many, and objectives and points that don't fit each other."""
    least, most = course.about.standards.objectives
    for module in course.modules:
        if module.entry.part == "module":
            for what, remedy in _faults(module, least, most):
                yield course.file.problem(("modules", module.number - 1, "slug"), what, remedy)


def _faults(module: Module, least: int, most: int) -> Iterator[tuple[str, str]]:
    objectives, own = module.entry.objectives, set(module.entry.points)
    if not least <= len(objectives) <= most:
        what = f"{module.slug} has {len(objectives)} objectives; it should have {least} to {most}."
        yield what, "Add 'objectives:', each with 'can: …' and its 'points: [...]'."
        return
    named = [point for objective in objectives for point in objective.points]
    for point in dict.fromkeys(point for point in named if point not in own):
        yield f"An objective of {module.slug} names {point}, which isn't its point.", "Name points of the module."
    for point in module.entry.points:
        if objectives and point not in named:
            yield f"No objective of {module.slug} covers {point}.", "Name it in the objective that it's a part of."


RULE = Rule(
    code="objectives",
    why="Officers want to know what a half hour is for, and accreditors ask how each objective is measured.",
    check=check,
    example=Example(
        "course/course.yml", "points: [ladder-back]", "points: [ladder-asks]", "No objective of tiny covers ladder-back"
    ),
    of_whole=True,
)
