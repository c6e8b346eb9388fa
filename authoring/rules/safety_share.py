"""At least a third of what a bank asks settles a safety point: that is where people get hurt."""

from __future__ import annotations

from collections.abc import Iterator

from authoring import asked
from authoring.course import Course, Module
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Banks of modules and of the final that ask too little about safety."""
    safety = set(asked.safety_points(course))
    share = course.about.standards.safety_share
    for module in course.modules:
        if module.entry.part != "capstone" and asked.is_written(module):
            yield from _module(module, safety, share)


def _module(module: Module, safety: set[str], share: float) -> Iterator[Problem]:
    questions = asked.questions(module)
    about = sum(bool(question.points & safety) for question in questions)
    if about < share * len(questions):
        what = f"{about} of {len(questions)} questions settle a safety point; {share:.0%} should."
        remedy = "Ask about safety, pressure or privacy here; the points have 'safety: true' in course/points.yml."
        yield module.bank.file.problem(("items",), what, remedy)


RULE = Rule(
    code="safety-share",
    why="An officer who picks the wrong door loses an hour. One who presses a victim can get her hurt.",
    check=check,
    example=Example("course/points.yml", "safety: true", "safety: false", "0 of 2 questions settle a safety point"),
    of_whole=True,
)
