"""What a page shows, as data: made from items and stories, drawn by the browser or as static HTML.

Views hold only what the trainee may see now. Prose is already in blocks (:mod:`casebook.prose`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, TypeAlias

from casebook import engine, storymap
from casebook.answers import FILE_NAME
from casebook.content import Outline, Point
from casebook.engine import State, Step
from casebook.kinds import KINDS
from casebook.kinds.base import Field, Given, Outcome, Remark
from casebook.kinds.written import REMINDER
from casebook.partner_map import ABOUT, ASKED, DIRECTORY, MISSING, Asked, Partner
from casebook.partner_sheets import CSV_NAME, contact_plan, to_csv
from casebook.progress import Progress
from casebook.prose import parse
from casebook.story import VERDICTS, Choice, Story

View: TypeAlias = dict[str, Any]

CHANGED = "This story was changed after you played it. It goes on from where your choices still fit."


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
        said = "This question was reworded after you answered it. Your answer stands. See whether it is still yours."
    else:
        said = "You answered an older version of this question. That answer is kept. Please answer again."
    return {"at": at, "said": said}


def remarks(outcome: Outcome, points: Mapping[str, Point]) -> View:
    """The feedback on a practice answer."""
    if outcome.share is None:
        said = "Compare what you wrote."
    elif outcome.share == 1:
        said = "That is right."
    elif any(r.unsafe for r in outcome.remarks):
        said = "One of your choices would not be safe."
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
    state = engine.replay(tale, 0, tuple(given["path"])) if given else None
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


def modules(outlines: Sequence[Outline], progresses: Sequence[Progress]) -> View:
    """The list of modules; the first whose lesson is not done comes next."""
    rows = [_module(outline, each) for outline, each in zip(outlines, progresses, strict=True)]
    to_do = (row for row, each in zip(rows, progresses, strict=True) if not each.is_done)
    return {"type": "modules", "modules": rows, "next": next(to_do, None)}


def opening(
    troubles: Sequence[str], word: str, steps: Sequence[str], missing: Sequence[int], after: tuple[str, str] | None
) -> View:
    """The top of a page of ``steps``, each a ``word``: which are ``missing`` (from 1), and what comes ``after`` all."""
    done, all_ = len(steps) - len(missing), len(steps)
    on = (steps[missing[0] - 1], "Go on" if done else "Begin") if missing else after
    return {
        "type": "opening",
        "messages": list(troubles) or [_KEPT],
        "alarm": bool(troubles),
        "done": done,
        "all": all_,
        "said": f"{done} of {all_} {word}{'' if all_ == 1 else 's'} done" if all_ else "",
        "next": {"to": on[0], "words": on[1]} if on and all_ else None,
    }


_KEPT = (
    f"Your answers are saved as you give them, in the file {FILE_NAME} beside this page. "
    "You can stop at any time and come back."
)


def handing_in(module: str, items: int, missing: Sequence[int]) -> View:
    """The end of a check: ``missing`` holds the numbers of the questions without an answer."""
    return {"type": "handing-in", "module": module, "said": _answered(items, missing), "complete": not missing}


def partners(recorded: Mapping[str, Partner], day: date) -> View:
    """The trainee's partners, what is asked of each, and what can be taken along of them on ``day``."""
    told = tuple(recorded.values())
    return {
        "type": "partners",
        "about": parse(ABOUT),
        "directory": parse(DIRECTORY),
        "reminder": REMINDER,
        "missing": MISSING,
        "asked": [_asked(asked) for asked in ASKED],
        "partners": [{"id": key, "given": asdict(one), "facts": _facts(one)} for key, one in recorded.items()],
        "plan": contact_plan(told, day),
        "csv": {"name": CSV_NAME, "text": to_csv(told)},
    }


def _asked(asked: Asked) -> View:
    return {
        "name": asked.name,
        "control": "one" if asked.choices else "area" if asked.rows > 1 else "line",
        "label": parse(asked.label),
        "layout": "row",
        "options": [{"value": value, "label": parse(words)} for value, words in asked.choices],
        "hint": asked.hint,
        "rows": asked.rows,
        "needed": asked.needed,
        "wide": asked.wide,
    }


def _facts(one: Partner) -> list[list[str]]:
    """What is known of a partner, as labels and words; its name stands above them."""
    told = [(asked, getattr(one, asked.name)) for asked in ASKED if asked.name != "organization"]
    return [[asked.label, asked.words(value)] for asked, value in told if value and value != "unsure"]


def _module(outline: Outline, each: Progress) -> View:
    state = "Not begun"
    if each.is_done:
        state = "Done"
    elif each.begun:
        state = f"{each.steps_done} of {each.steps} steps done"
    return {
        "slug": outline.slug,
        "title": outline.title,
        "minutes": outline.minutes,
        "check_minutes": outline.check_minutes,
        "lesson": outline.lesson,
        "check": outline.check,
        "state": state,
        "answered": f"{each.items_answered} of {each.items} answered",
    }


def _answered(items: int, missing: Sequence[int]) -> str:
    if not missing:
        return f"All {items} questions answered."
    which = ", ".join(str(number) for number in missing)
    word = "question" if len(missing) == 1 else "questions"
    return f"{items - len(missing)} of {items} questions answered. Still open: {word} {which}."


def point_views(ids: Iterable[str], points: Mapping[str, Point]) -> list[View]:
    """Teaching points as a page names them, in the course's order; unknown ones are left out."""
    wanted = set(ids)
    return [{"name": p.name, "text": p.text} for key, p in points.items() if key in wanted]


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


def _step(step: Step) -> View:
    return {
        "title": step.title,
        "text": _passages(step.text),
        "choice": parse(step.choice.text),
        "told": _passages(step.told),
    }


def _verdict(choice: Choice) -> str:
    if choice.unsafe:
        return "Not safe"
    return VERDICTS[choice.verdict] if choice.verdict else ""


def _passages(texts: Iterable[str]) -> list[Any]:
    return [block for text in texts for block in parse(text)]


def _safety(tale: Story, state: State) -> View:
    """What no trainee waits for: what was unsafe, and why."""
    brief = engine.debrief(tale, state)
    unsafe = [step.choice for step in brief.steps if step.choice.unsafe]
    return {
        "ending": brief.ending,
        "unsafe": [{"act": parse(choice.unsafe or ""), "why": parse(choice.why)} for choice in unsafe],
        "steps": [],
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
