"""A case needs one person or two, and a name only where a person is needed."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import people
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Cases in which more people are named than the standards allow."""
    most = course.about.standards.case_people
    common = people.common_words(course)
    for items in course.item_files():
        for n, item in enumerate(items.items):
            named = people.named(item.case or "", common)
            if len(named) > most:
                what = f"{item.id}: the case names {len(named)} people ({', '.join(named)}); {most} is the most."
                yield items.file.problem(
                    ("items", n, "case"), what, "Call the others by their roles, or leave them out."
                )


RULE = Rule(
    code="case-people",
    why="People have to remember names. With three, a case is a puzzle before the question even starts.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml",
        "case: It has rained on *Ada's* ladder.",
        "case: It rained when Tess and Gil lent Ada's ladder.",
        "names 3 people (Tess, Gil, Ada)",
    ),
    of_whole=True,  # what is a name is told by the words of the whole course
)
