"""What to look at next, as the start page tells it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from casebook.content import Change
from casebook.refresher.today import PATH_MINUTES, Today
from casebook.view.base import View

AWAY = timedelta(days=60)
"""Who gave no answer for so long has come back."""
MOST = 6
"""So many points are named: more is no help to anybody."""
PAGE = "refresher.ipynb"


def review(today: Today, last: datetime | None, changes: Sequence[Change]) -> View:
    """``last`` is when anything was answered last; ``changes`` are those of the whole course."""
    is_back = last is not None and today.now - last >= AWAY
    return {
        "type": "review",
        "refresher": PAGE,
        "back": _back(today, last, changes) if last and is_back else None,
        "due": _due(today),
        "is_new": not today.memories,
        "points": [_point(today, point) for point in today.weak[:MOST]],
        "more": max(0, len(today.weak) - MOST),
    }


def _back(today: Today, last: datetime, changes: Sequence[Change]) -> View:
    months = round((today.now - last) / timedelta(days=30.4))
    since = last.astimezone(today.zone).date()
    return {
        "said": f"Welcome back. It's been about {months} months since your last answer here.",
        "changes": [{"on": one.on, "what": one.what} for one in changes if date.fromisoformat(one.on) > since],
        "path": f"Take {PATH_MINUTES} minutes for what's faded most" if today.due else "",
    }


def _due(today: Today) -> str:
    due = len(today.due)
    return f"{due} teaching point{' is' if due == 1 else 's are'} due." if due else ""


def _point(today: Today, point: str) -> View:
    taught = today.points[point]
    return {
        "name": taught.name,
        "text": taught.text,
        "title": taught.title,
        "lesson": taught.lesson,
        "cell": taught.cell,
        "heading": taught.heading,
    }
