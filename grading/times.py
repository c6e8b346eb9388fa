"""What is wrong with the time of a submission, and what that means for lateness, in words for its instructor."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from grading.bulk.submitted import TIME, handed_in

_SLACK = timedelta(days=1)
"""Clocks differ, and a file may say its local time without its zone."""

_UNKNOWN = "there's no way to tell if this submission was late. It gets no late penalty."
_MISSING = f"There is no {TIME}, so {_UNKNOWN}"
_LEFT = f"So {_UNKNOWN}"
_EMPTY = f"{TIME} is empty, so {_UNKNOWN}"
_TO_COME = (
    f"{TIME} says {{at:%Y-%m-%d %H:%M}} UTC, which is in the future. It's still what decides if the work is late. "
    "Check the clock on the computer it was handed in from, and put the right time in that file."
)


def trouble(folder: Path, *, was_set_aside: bool = False, now: datetime | None = None) -> str | None:
    """What is wrong with the time of the submission in ``folder``, once what is no plain file is set aside.

    ``was_set_aside``: a time that cannot be read was there, which has been told already.
    """
    if not os.path.lexists(folder / TIME):
        return _LEFT if was_set_aside else _MISSING
    at = handed_in(folder)
    if at is None:
        return _EMPTY
    to_come = at.replace(tzinfo=UTC) > (now or datetime.now(UTC)) + _SLACK
    return _TO_COME.format(at=at) if to_come else None
