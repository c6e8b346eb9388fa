"""The instructors' side: keys, scores, feedback. Never given to trainees.

Source notebooks call :func:`score` in their hidden tests, so that plain execution of a submission
in a kernel gives the same scores as grading from the answers file.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["score"]


def score(module: str, grade_id: str) -> float:
    """The marks earned by the answer to an item, or a slot, in the answers file of the current folder.

    ``ValueError`` where an instructor marks the item: no cell of a check asks for that.
    """
    from grading import scoring

    marks = scoring.Scorer(module, Path.cwd()).result(grade_id).marks
    if marks is None:
        raise ValueError(f"{grade_id} is graded by the instructor")
    return marks
