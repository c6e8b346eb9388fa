"""What nbgrader's *Validate* finds in a check: whether every question has an answer, and nothing about what is right.

Validate runs a copy of the notebook in a kernel of its own and calls every test passed that raises no error. A
trainee's copy has no keys, so without this an empty check would pass. That kernel's environment says that it validates.
"""

from __future__ import annotations

import os

from casebook import asked, view
from casebook.content import ContentMissing
from casebook.desk import Desk


class NoAnswerYet(Exception):
    """What Validate shows under a question's cell; in one line, with nothing of Python."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def is_running() -> bool:
    """Whether this kernel is Validate's."""
    return os.environ.get("NBGRADER_EXECUTION") == "validate"


def look(module: str, question: str, desk: Desk) -> None:
    """Raises :class:`NoAnswerYet` if ``question`` (an item or a slot) of the check at ``desk`` has no answer.

    nbgrader tests no cell of a question that an instructor marks. While only such are open, every other cell says so.
    """
    try:
        of_check = asked.of(module, desk)
    except ContentMissing as missing:
        raise NoAnswerYet(str(missing)) from None
    said = view.handing_in(module, len(of_check.items), of_check.missing)["said"]
    if of_check.questions.index(question) + 1 in of_check.missing:
        raise NoAnswerYet(f"This question has no answer yet. {said}")
    if of_check.missing and set(of_check.missing) <= set(of_check.by_hand):
        raise NoAnswerYet(f"This question is answered, but not every question is. {said}")
