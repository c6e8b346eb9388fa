"""Where a trainee stands: the list of modules, the top of a page, the end of a check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from casebook.answers import FILE_NAME
from casebook.content import Aid, Outline
from casebook.progress import Progress
from casebook.results import Result
from casebook.view.base import View


def modules(
    outlines: Sequence[Outline],
    progresses: Sequence[Progress],
    best: Sequence[Result | None],
    here: Sequence[bool],
    *,
    alone: bool = False,
    again: Sequence[bool] = (),
) -> View:
    """The list of modules; the first that is not done comes next. What has no lesson has no link to one.

    ``best`` is the self-graded result of each that counts, where there is one. ``here`` tells whether a check's page is
    in the trainee's folder. ``alone``: nobody else grades here. ``again`` tells of which checks an instructor has
    opened another attempt; of none, where it is empty.
    """
    opened = again or [False] * len(outlines)
    rows = [_module(*each) for each in zip(outlines, progresses, best, here, opened, strict=True)]
    to_do = (row for row, each in zip(rows, progresses, strict=True) if not each.is_done)
    return {"type": "modules", "modules": rows, "next": next(to_do, None), "alone": alone}


def _module(outline: Outline, each: Progress, result: Result | None, here: bool, again: bool) -> View:
    state = "Not started"
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
        "here": here,
        "again": again,
        "state": state,
        "answered": f"{each.items_answered} of {each.items} answered",
        "result": _result(result, PurePosixPath(outline.check).parent.name) if result else None,
    }


def aids(shown: Sequence[Aid]) -> View:
    """Job aids, each a page that opens beside the course, to be printed."""
    return {"type": "aids", "aids": [{"title": aid.title, "about": aid.about, "path": aid.path} for aid in shown]}


def opening(
    troubles: Sequence[str], word: str, steps: Sequence[str], missing: Sequence[int], after: tuple[str, str] | None
) -> View:
    """The top of a page of ``steps``, each a ``word``: which are ``missing`` (from 1), and what comes ``after`` all."""
    done, all_ = len(steps) - len(missing), len(steps)
    on = (steps[missing[0] - 1], "Continue" if done else "Begin") if missing else after
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
    f"Your answers are saved as you go, in the file {FILE_NAME} next to this page. You can stop anytime and come back."
)


def handing_in(
    module: str, items: int, missing: Sequence[int], alone: View | None = None, attempts: View | None = None
) -> View:
    """The end of a check: ``missing`` holds the numbers of the questions without an answer.

    ``alone`` is the view of its grading (:func:`self_grading`), where the trainee grades it; in a class, ``attempts``
    is the view of its attempts (:func:`another_attempt`).
    """
    return {
        "type": "handing-in",
        "module": module,
        "said": _answered(items, missing),
        "complete": not missing,
        "alone": alone,
        "attempts": attempts,
    }


def another_attempt(attempt: int, following: int | None, *, since: str, is_open: bool, can_go_back: bool) -> View:
    """The attempts at a check in a class: which one is before the trainee, and which may follow, if any.

    ``since`` is when this one's first answer was given, if one was. ``is_open``: a feedback page says that the
    instructor has opened it. ``can_go_back``: this one has no answer yet, and an earlier one is kept.
    """
    return {
        "said": f"This is attempt {attempt}. Your earlier answers are kept." if attempt > 1 else "",
        "since": since,
        "next": following,
        "open": is_open,
        "back": can_go_back,
    }


def self_grading(results: Sequence[Result], standing: Result | None, folder: str) -> View:
    """The grading of a check by its trainee: the result that stands, if there is one, and every attempt's.

    ``folder`` is the check's, as the pages of the course lie to each other.
    """
    return {
        "standing": _result(standing, folder) if standing else None,
        "attempts": [_result(one, folder) for one in results],
    }


def certificate(
    outlines: Sequence[Outline], best: Sequence[Result | None], name: str, made: str, offered: bool
) -> View:
    """The certificate: which checks are met (``best`` has each one's result that counts), and the one that was made."""
    met = [one is not None and one.met for one in best]
    missing = [outline for outline, is_met in zip(outlines, met, strict=True) if not is_met]
    return {
        "type": "certificate",
        "offered": offered,
        "said": f"{sum(met)} of {len(met)} checks passed." if offered else "",
        "missing": [{"title": outline.title, "check": outline.check} for outline in missing],
        "name": name,
        "made": made,
    }


def result_said(result: Result) -> str:
    """A result in words: points, whether the check is passed, and if not only for want of points, why."""
    met = "passed" if result.met else "not passed yet"
    why = " because of an unsafe choice" if result.blocked else ""
    return f"{number(result.score)} of {number(result.most)} points, {met}{why}"


def number(value: float) -> str:
    """Marks as they are shown: in hundredths at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _result(result: Result, folder: str) -> View:
    return {
        "attempt": result.attempt,
        "at": result.at,
        "said": result_said(result),
        "met": result.met,
        "unsafe": [{"what": one.what, "why": one.why, "blocks": one.blocks} for one in result.unsafe],
        "pass_percent": round(result.pass_mark * 100),
        "uncounted": number(result.waits) if result.waits else "",
        "page": f"{folder}/{result.page}" if folder else result.page,
    }


def _answered(items: int, missing: Sequence[int]) -> str:
    if items == 1:
        return "You haven't answered the question yet." if missing else "The question is answered."
    if not missing:
        return f"All {items} questions answered."
    which = ", ".join(str(number) for number in missing)
    word = "question" if len(missing) == 1 else "questions"
    return f"{items - len(missing)} of {items} questions answered. Still open: {word} {which}."
