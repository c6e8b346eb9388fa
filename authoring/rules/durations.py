"""A check takes six to ten minutes, the final about twenty-five, and the whole course six hours at most."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import asked, minutes
from authoring.course import Course, Module, Standards
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.rules.roads import can_be_played


def check(course: Course) -> Iterator[Problem]:
    """Checks and a final that take too long or not long enough, and a course that does."""
    standards = course.about.standards
    for module in course.modules:
        if asked.is_written(module) and all(can_be_played(story) for story in module.bank.stories()):
            yield from _check(module, standards)
    listed = sum(entry.minutes + entry.check_minutes for entry in course.about.modules if entry.ready)
    if listed > standards.course_minutes:
        what = f"The course takes {listed} minutes; {standards.course_minutes} is the most."
        yield course.file.problem(("modules",), what, "Shorten lessons and checks: an officer has one day.")


def _check(module: Module, standards: Standards) -> Iterator[Problem]:
    takes = round(minutes.exactly(module))
    few, many = {"module": standards.check_minutes, "final": (0, standards.final_minutes)}.get(
        module.entry.part, (0, takes)
    )
    if not few <= takes <= many:
        asked_for = f"it should take {few} to {many}" if few else f"{many} is the most"
        what = f"The check takes {takes} minutes; {asked_for}."
        yield module.bank.file.problem(("items",), what, "Shorter cases, and options of one line each.")


RULE = Rule(
    code="durations",
    why="People put off a check that outlasts a cup of coffee, and skip a course that outlasts a day.",
    check=check,
    example=Example("course/course.yml", "check_minutes: [0, 10]", "check_minutes: [9, 10]", "it should take 9 to 10"),
    of_whole=True,
)
