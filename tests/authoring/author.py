"""An author at work on a copy of the tiny course, who makes slips."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from authoring import course
from authoring.course import Course
from authoring.problems import BadContent, Problem

COURSE = "course/course.yml"
POINTS = "course/points.yml"
START = "course/content/start/lesson.md"
LESSON = "course/content/tiny/lesson.md"
CHECK = "course/content/tiny/check.md"
PRACTICE = "course/content/tiny/practice.yml"
STORY = "course/content/tiny/scenarios/the-ladder.yml"
PLAN = "course/content/tiny/scenarios/the-ladder.plan.yml"
BANK = "grading/bank/tiny.yml"
TO_DO = {"No teaching point 'TODO'.", "'TODO' is still to be written."}
"""What is said of what a template leaves to its author."""


@dataclass(frozen=True)
class Slip:
    """``old`` became ``new`` in ``file``; what should be ``said`` of it, on the line with the words ``at``."""

    file: str
    old: str
    new: str
    said: str
    at: str
    said_in: str | None = None
    """The file in which it is said, if that is another one."""

    def __str__(self) -> str:
        return self.said


class Author:
    """Edits a course, and reads what is said of it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def writes(self, file: str, old: str, new: str) -> None:
        """Replaces ``old``, which stands in ``file`` once or more, where it stands first."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def makes(self, slip: Slip) -> None:
        """Makes a slip."""
        self.writes(slip.file, slip.old, slip.new)

    def course(self) -> Course:
        """The course as it now stands."""
        return course.read(self.root)

    def read_problems(self) -> list[Problem]:
        """What is said of the course when it is read."""
        try:
            self.course()
        except BadContent as bad:
            return bad.problems
        return []

    def problems(self, rule: Callable[[Course], Iterable[Problem]]) -> list[Problem]:
        """What ``rule`` says of the course."""
        return sorted(set(rule(self.course())))

    def line(self, file: str, words: str) -> int:
        """The number of the one line of ``file`` that is, or else holds, ``words``."""
        lines = list(enumerate((self.root / file).read_text(encoding="utf-8").splitlines(), start=1))
        exactly = [number for number, line in lines if line.strip() == words]
        (number,) = exactly or [number for number, line in lines if words in line]
        return number

    def is_told(self, problem: Problem, slip: Slip) -> None:
        """Asserts that ``problem`` says what it should of ``slip``, where, and what to do about it."""
        file = slip.said_in or slip.file
        assert slip.said in problem.what
        assert problem.file == self.root / file
        assert problem.line == self.line(file, slip.at)
        assert problem.remedy.endswith(".")
