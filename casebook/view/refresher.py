"""The refresher: the question that is asked, what is due, how strong each point is, and what comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casebook.refresher.log import Ask
from casebook.refresher.plan import MINUTES, RETENTIONS, Settings
from casebook.refresher.today import PATH_MINUTES, Today
from casebook.view.base import View

DATES = 5
"""So many of the coming days are named."""
RETENTION_STEPS = (0.8, 0.85, 0.9, 0.95)
MINUTE_STEPS = (5, 10, 15, 20, 30)


def refresher(today: Today, ask: View | None) -> View:
    """The page. ``ask`` is the view of the question that is open, if one is."""
    return {
        "type": "refresher",
        "number": today.log.next_number,
        "ask": ask,
        "said": _said(today),
        "begin": _begin(today),
        "strengths": [_strength(today, point) for point in today.points if point in today.memories],
        "unmet": len(today.points) - len(today.memories),
        "ahead": [{"on": day.isoformat(), "said": _counted(count, "point")} for day, count in today.ahead[:DATES]],
        "settings": _settings(today.log.settings),
    }


def asking(today: Today, ask: Ask, shown: View, hint: str) -> View:
    """The open question: ``shown`` is the view of its item or story; ``hint`` what may be told of it."""
    return {
        "n": ask.number,
        "shown": shown,
        "title": f"Question {today.answered + 1} for today",
        "hint": hint,
        "hinted": ask.hint,
        "path": today.is_path,
    }


def told(today: Today, points: Sequence[str]) -> View:
    """What is said when a question was answered: when its points come again, and whether there is another question."""
    days = [today.due_on(point) for point in points if point in today.memories]
    return {"again": min(days).isoformat() if days else None, "more": today.next is not None}


def _said(today: Today) -> str:
    if not today.memories:
        return "There's nothing to refresh yet. Take a lesson first. The refresher asks about what you answer there."
    due = len(today.due)
    if today.is_path and today.next:
        return f"The {PATH_MINUTES}-minute path: what's faded most comes first."
    if not due:
        return "Nothing is due today."
    verb = "is" if due == 1 else "are"
    if today.next:
        return f"{_counted(due, 'teaching point')} {verb} due."
    if today.left < today.log.settings.minutes * 60:
        wait = "waits" if due == 1 else "wait"
        return f"That's enough for today. {_counted(due, 'teaching point')} {wait} for tomorrow."
    # Each question is asked once a day at most.
    told = f"{_counted(due, 'teaching point')} {verb} due."
    return f"{told} You've already had today's questions on that. Come back tomorrow."


def _begin(today: Today) -> View | None:
    """The way to the next question; where anything is due, the longer path is offered, too."""
    if not today.memories:
        return None
    words = "Continue" if today.answered else "Begin"
    path = f"Take {PATH_MINUTES} minutes for what's faded most" if today.offers_path else ""
    return {"words": words if today.next else "", "path": path} if today.next or path else None


def _strength(today: Today, point: str) -> View:
    taught, recall, due = today.points[point], today.recall(point), today.due_on(point)
    return {
        "name": taught.name,
        "title": taught.title,
        "lesson": taught.lesson,
        "cell": taught.cell,
        "percent": round(100 * recall),
        "word": _word(point, recall, due, today),
        "due": due.isoformat(),
        "is_over": due < today.day,
    }


def _word(point: str, recall: float, due: date, today: Today) -> str:
    if due <= today.day:
        return "Due"
    if point in today.weak:
        return "Fading"  # it was just told, and had been wrong
    # Half of what may be lost until it is due is lost.
    return "Fading" if recall < (1 + today.log.settings.retention) / 2 else "Strong"


def _settings(settings: Settings) -> View:
    return {
        "minutes": settings.minutes,
        "retention": settings.retention,
        "minute_steps": [one for one in MINUTE_STEPS if MINUTES[0] <= one <= MINUTES[1]],
        "retention_steps": [one for one in RETENTION_STEPS if RETENTIONS[0] <= one <= RETENTIONS[1]],
    }


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
