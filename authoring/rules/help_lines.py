"""The course says who to turn to, on every page: some of its readers have been hurt themselves."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule

EMERGENCY = "911"


def check(course: Course) -> Iterator[Problem]:
    """A course without help lines, or without the emergency number among them."""
    if course.modules and not any(EMERGENCY in entry.how for entry in course.about.help):
        what = f"The course doesn't list help lines, or leaves out {EMERGENCY}."
        yield course.file.problem(("title",), what, "List them under 'help:', each with 'who' and 'how'.")


RULE = Rule(
    code="help-lines",
    why="A story about violence may reach somebody who's living it. The number has to be on the page.",
    check=check,
    example=Example(
        "course/course.yml", "{who: Emergency, how: '911'}", "{who: Emergency, how: ask}", "leaves out 911"
    ),
    of_whole=True,
)
