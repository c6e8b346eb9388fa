"""What the author sees below the panel: the key and every feedback, in the words of the author's own file.

It is made of whatever an item has beyond its public part, so that a new kind of item needs nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from casebook import records
from casebook.kinds.base import Item
from casebook.kinds.simulation import SimulationItem
from casebook.prose import parse
from casebook.story import Story
from casebook.view import View

_ABOUT = ("basis", "marks", "reviewed_by")
_COMMON = {each.name for each in fields(Item)}
_SAID = ("feedback", "why")
_PUBLIC = {"id", "level", "text", "points", "told", "go", *_SAID}


def of(shown: Item | Story) -> View:
    """What is for the author alone: ``about`` in a line, and ``rows``, each with its facts and the why of it."""
    if isinstance(shown, Story):
        return {"about": "", "rows": list(_story(shown))}
    data = records.dump(shown)
    about = [f"{key}: {_plain(data[key])}" for key in _ABOUT if key in data]
    about.append(f"points: {', '.join(shown.points)}")
    if isinstance(shown, SimulationItem):
        rows = [row for planned in shown.stories for row in _story(planned.story)]
    else:
        rows = [row for key, value in data.items() if key not in _COMMON for row in _rows(key, value)]
    return {"about": "; ".join(about), "rows": rows}


def _rows(key: str, value: Any) -> Iterator[View]:
    if isinstance(value, str):
        yield _row(key, {"why": value})
    for part in value if isinstance(value, list) else ():
        # What only repeats the question (a group to sort into) is no part of the key.
        if isinstance(part, dict) and part.keys() - {"id", "text"}:
            yield _row(str(part.get("id") or part.get("level") or ""), part)


def _story(story: Story) -> Iterator[View]:
    for scene in story.scenes.values():
        for choice in scene.choices:
            yield _row(f"{scene.title}: {choice.id}", records.dump(choice))


def _row(name: str, part: dict[str, Any]) -> View:
    facts = [key if value is True else f"{key}: {_plain(value)}" for key, value in part.items() if key not in _PUBLIC]
    facts += [f"points: {', '.join(part['points'])}"] if part.get("points") else []
    why = next((part[key] for key in _SAID if part.get(key)), "")
    return {"name": name, "text": parse(part.get("text", "")), "facts": facts, "why": parse(why)}


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(one)}" for key, one in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)
