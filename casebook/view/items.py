"""Items as they are answered, and the feedback on practice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebook.content import Point
from casebook.kinds import KINDS
from casebook.kinds.base import Field, Given, Outcome, Remark
from casebook.prose import parse
from casebook.view.base import View, point_views


def item(public: Mapping[str, Any], given: Given | None, *, graded: bool) -> View:
    """An item as it is answered. ``given`` is the last answer, if there is one that still fits."""
    kind = KINDS[public["kind"]]
    return {
        "type": "item",
        "id": public["id"],
        "graded": graded,
        "case": parse(public.get("case") or ""),
        "asks": parse(public["stem"]),
        "hint": kind.hint,
        "fields": [_field(field) for field in kind.fields(public)],
        "given": dict(given) if given is not None else None,
    }


def changed(at: str, *, fits: bool) -> View:
    """What is said where an item is not as it was when it was answered ``at``; ``fits``: the answer still stands."""
    if fits:
        said = "This question was reworded after you answered it. Your answer still counts. See if you'd still give it."
    else:
        said = "You answered an older version of this question. That answer is kept. Please answer again."
    return {"at": at, "said": said}


def remarks(outcome: Outcome, points: Mapping[str, Point]) -> View:
    """The feedback on a practice answer."""
    if outcome.share is None:
        said = "Compare what you wrote."
    elif outcome.share == 1:
        said = "That's right."
    elif any(r.unsafe for r in outcome.remarks):
        said = "One of your choices wouldn't be safe."
    elif outcome.share > 0:
        said = "Partly right."
    else:
        said = "Not quite."
    # What was rightly left alone needs no words.
    shown = [remark for remark in outcome.remarks if remark.picked or not remark.right]
    return {
        "said": said,
        "right": None if outcome.share is None else outcome.share == 1,
        "remarks": [_remark(remark) for remark in shown],
        "points": point_views({p for r in shown for p in r.points}, points),
    }


def _field(field: Field) -> View:
    return {
        "name": field.name,
        "control": field.control,
        "label": parse(field.label),
        "layout": field.layout,
        "options": [{"value": value, "label": parse(label)} for value, label in field.options],
        "words": list(field.words) if field.words else None,
        "note": field.note,
    }


def _remark(remark: Remark) -> View:
    return {
        "part": parse(remark.part),
        "word": remark.said,
        "right": remark.right,
        "picked": remark.picked,
        "why": parse(remark.why),
    }
