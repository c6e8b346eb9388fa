"""What the section does not settle scores nothing until an expert has confirmed its key."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule


def check(course: Course) -> Iterator[Problem]:
    """Graded items without marks, inferences with marks and no reviewer, practice items with marks."""
    for module in course.modules:
        for n, item in enumerate(module.bank.items):
            place = ("items", n, "marks")
            if item.marks is None:
                yield module.bank.file.problem(place, f"{item.id} has no 'marks'.", "Write 'marks: 1' or more.")
            elif item.marks < 0 or (item.marks * 2) % 1 != 0:  # so is every number that is not finite
                yield module.bank.file.problem(
                    place, f"{item.id}: 'marks' has to be a whole or a half number.", "Round it."
                )
            elif item.basis == "inference" and item.marks > 0 and not item.reviewed_by:
                what = f"{item.id} is an inference that no expert has reviewed; it can't score."
                yield module.bank.file.problem(place, what, "Write 'marks: 0', or record 'reviewed_by'.")
        for items in (module.practice, module.refresher):
            for n, item in enumerate(items.items):
                if item.marks is not None:
                    what = f"{item.id} is for practice but has 'marks'."
                    yield items.file.problem(("items", n, "marks"), what, "Take 'marks' out.")


RULE = Rule(
    code="inferences",
    why="If the section doesn't settle it, it scores nothing until an expert has confirmed the key.",
    check=check,
    example=Example(
        "grading/bank/tiny.yml", "basis: section", "basis: inference", "is an inference that no expert has reviewed"
    ),
)
