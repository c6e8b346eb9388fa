"""A whole class at once: the same rows, notebooks and pages as nbgrader's own steps, at a fraction of the cost.

Workers read answers, score them and write files into a folder aside. The one process that holds the gradebook then
writes the rows of some submissions in one transaction, and only then moves their files into place: whatever stops it
in between leaves submissions that the next run finds ungraded, and grades.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What was wrong with one submission, in words. ``graded`` says whether it counts all the same."""

    student: str
    words: str
    graded: bool
