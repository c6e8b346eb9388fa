"""Scenarios and graded simulations: cover, scenes, debrief."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from casebook import engine, storymap
from casebook.content import Point
from casebook.engine import State, Step
from casebook.kinds import KINDS
from casebook.kinds.base import Given
from casebook.kinds.simulation import TELLING
from casebook.prose import parse
from casebook.story import VERDICTS, Choice, Story
from casebook.view.base import View, point_views

CHANGED = "This story has changed since you played it. It picks up at the last point where your choices still work."


def story(
    tale: Story,
    state: State | None,
    points: Mapping[str, Point],
    *,
    skipped: bool = False,
    playing: int = 0,
    changed: bool = False,
    met: Collection[str] = (),
) -> View:
    """A practice scenario where it stands; ``None`` is before it was begun.

    ``playing`` numbers the playings; ``changed``: the story was edited, and part of the kept path fits no more;
    ``met`` are the scenes of every playing.
    """
    shown = {**_story(tale, state, changed), "graded": False, "case": [], "asks": [], "hint": "", "others": []}
    shown["playing"] = playing
    if state is None:
        return {**shown, "phase": "skipped" if skipped else "cover"}
    if shown["phase"] != "end":
        return {**shown, "debrief": None, "map": None}
    return {**shown, "debrief": _debrief(tale, state, points), "map": storymap.draw(tale, state, met)}


def simulation(
    public: Mapping[str, Any], stories: Mapping[str, Story], given: Given | None, *, changed: bool = False
) -> View:
    """A graded simulation where its path stands. What is told is shown; what is judged is not, but for safety."""
    tale = stories[given["case"]] if given else next(iter(stories.values()))
    state = engine.replay(tale, TELLING, tuple(given["path"])) if given else None
    shown = _story(tale, state, changed)
    return {
        **shown,
        "graded": True,
        "asks": parse(public["stem"]),
        "case": parse(public.get("case") or ""),
        "hint": KINDS[public["kind"]].hint,
        "others": [{"id": o.id, "title": o.title, "minutes": o.minutes} for o in stories.values() if o is not tale],
        "debrief": _safety(tale, state) if state and shown["phase"] == "end" else None,
        "map": None,
    }


def _story(tale: Story, state: State | None, changed: bool) -> View:
    """What is the same of every story."""
    view: View = {
        "type": "story",
        "id": tale.id,
        "title": tale.title,
        "minutes": tale.minutes,
        "changed": CHANGED if changed else "",
        "note": parse(tale.content_note or ""),
        "people": [{"name": person.name, "who": person.who} for person in tale.people],
    }
    if state is None:
        return {**view, "phase": "cover", "step": 0}
    here = engine.scene(tale, state)
    past = engine.steps(tale, state)
    return {
        **view,
        "phase": "end" if here.ending else "scene",
        "step": len(state.path),
        "past": [_step(step) for step in past],
        "scene": {
            "title": here.title,
            "text": _passages(engine.passages(here.text, state.carried)),
            "asks": here.asks,
            "choices": [{"id": c.id, "text": parse(c.text)} for c in engine.choices(tale, state)],
        },
    }


def _step(step: Step) -> View:
    return {
        "title": step.title,
        "text": _passages(step.text),
        "choice": parse(step.choice.text),
        "told": _passages(step.told),
    }


def _debrief(tale: Story, state: State, points: Mapping[str, Point]) -> View:
    brief = engine.debrief(tale, state)
    return {
        "ending": brief.ending,
        "unsafe": [{"act": parse(act), "why": []} for act in brief.unsafe],
        "steps": [
            {
                "title": step.title,
                "asks": parse(step.asks),
                "choice": parse(step.choice.text),
                "verdict": step.choice.verdict,
                "word": _verdict(step.choice),
                "unsafe": bool(step.choice.unsafe),
                "why": parse(step.choice.why),
                "basis": step.choice.basis,
                "points": point_views(step.choice.points, points),
            }
            for step in brief.steps
        ],
    }


def _safety(tale: Story, state: State) -> View:
    """What no trainee waits for: what was unsafe, and why."""
    brief = engine.debrief(tale, state)
    unsafe = [step.choice for step in brief.steps if step.choice.unsafe]
    return {
        "ending": brief.ending,
        "unsafe": [{"act": parse(choice.unsafe or ""), "why": parse(choice.why)} for choice in unsafe],
        "steps": [],
    }


def _verdict(choice: Choice) -> str:
    if choice.unsafe:
        return "Not safe"
    return VERDICTS[choice.verdict] if choice.verdict else ""


def _passages(texts: Iterable[str]) -> list[Any]:
    return [block for text in texts for block in parse(text)]
