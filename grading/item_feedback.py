"""The feedback on one item: what was asked, answered, right, and why, as HTML without script or style.

It is made when the answer is scored, for the answers file may be another when the page is made. What the page must know
of the outcome beyond that goes with it (:func:`facts`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from casebook import mastery
from casebook.blank import is_blank
from casebook.kinds.base import Remark
from casebook.kinds.options import OptionsItem
from casebook.kinds.simulation import SimulationItem
from casebook.kinds.written import Level, WrittenItem
from grading import bank, path_feedback, verdict, words
from grading.scoring import Result
from grading.words import Sign


def to_html(result: Result) -> str:
    """The feedback on ``result``, as a section. It is one line, so that Markdown leaves it as it is."""
    item = result.item
    if not result.seen:
        return _section(_NOT_SEEN, _points(item.points))
    if isinstance(item, WrittenItem):
        return written(item, _answer(result))
    if isinstance(item, SimulationItem) and result.given is not None:
        told = path_feedback.to_html(item, result.given, result.outcome.remarks)
    else:
        told = _remarks(result)
    return _section(_question(item.case, item.stem), _no_answer(result), *told, _points(item.points))


def facts(result: Result) -> dict[str, Any]:
    """What the page tells of ``result`` beside its words and marks, as data for the graded notebook.

    ``item`` is empty where nobody knows which one it was; ``points`` are the teaching points, with the share of each
    that was right; ``unsafe`` holds the unsafe choices (:func:`grading.verdict.to_data`), where there are any.
    """
    item, outcome = result.item, result.outcome
    told: dict[str, Any] = {
        "item": item.id if result.seen else "",
        "answered": result.given is not None and not _is_blank(result),
        "points": {point: round(share, 4) for point, share in mastery.by_point(item, outcome).items()},
    }
    if unsafe := verdict.unsafe_choices(result):
        told["unsafe"] = verdict.to_data(unsafe)
    if isinstance(item, WrittenItem):
        # The words of the task cell are the instructor's to mark by; the page tells it in its own way.
        told |= {"score": result.marks, "answer": _answer(result)}
    return told


def written(item: WrittenItem, answer: str, level: Level | None = None, remark: str = "") -> str:
    """A written item with what was answered (``answer``, HTML): what earns which marks, and one good answer.

    Where it is marked, ``level`` is the one that its marks mean; ``remark`` is what the instructor says of it, as HTML.
    """
    levels = "".join(_level(one, one == level) for one in item.rubric)
    rubric = f'<p>The rubric:</p><ul class="rubric">{levels}</ul>' if levels else ""
    model = f"<p>One good answer; there are others:</p><div>{words.prose(item.model)}</div>" if item.model else ""
    return _section(_question(item.case, item.stem), answer, remark, rubric, model, _points(item.points))


def _level(level: Level, is_reached: bool) -> str:
    here = f"{words.sign('here', 'Your answer:')} " if is_reached else ""
    return (
        f"<li{' class=reached' if is_reached else ''}>{here}<strong>{words.plain(level.level)}</strong> "
        f"({level.marks:g}): {words.line(level.text)}</li>"
    )


_NOT_SEEN = (
    "<p>You didn't answer. This question has several versions. Without an answer, there's no telling which one "
    "was yours, so none is shown here.</p>"
)


def _section(*parts: str) -> str:
    return f'<div class="item-feedback">{"".join(parts)}</div>'


@lru_cache(1024)
def _question(case: str | None, stem: str) -> str:
    told = words.prose(case) if case else ""
    return f'{told}<p class="stem"><strong>{words.line(stem)}</strong></p>'


def _no_answer(result: Result) -> str:
    """What is to be said of an answer that is none."""
    if result.problem:
        return f"<p>Your saved answer couldn't be read, so it scores 0. {words.plain(result.problem)}</p>"
    return "<p>You didn't answer.</p>" if result.given is None or _is_blank(result) else ""


def _is_blank(result: Result) -> bool:
    return isinstance(result.item, WrittenItem) and result.given is not None and is_blank(result.given["text"])


def _answer(result: Result) -> str:
    if not result.seen:
        return _NOT_SEEN
    if result.given is None or _is_blank(result):
        return _no_answer(result)
    return f"<p>Your answer:</p>{inert(result.given['text'])}"


def _remarks(result: Result) -> list[str]:
    """What was done or should have been; what was rightly left alone folds away under it."""
    telling = [remark for remark in result.outcome.remarks if remark.picked or not remark.right]
    if isinstance(result.item, OptionsItem):
        telling.sort(key=lambda remark: not remark.picked)  # the answer first, then what was missed
    left = [remark for remark in result.outcome.remarks if remark not in telling]
    shown = f'<ul class="remarks">{_listed(telling)}</ul>' if telling else ""
    if not left:
        return [shown]
    summary = "<summary>What you didn't choose, and why that was right</summary>"
    if result.given is None:
        summary = "<summary>The other options, and why not</summary>"
    return [shown, f'<details>{summary}<ul class="remarks">{_listed(left)}</ul></details>']


def _listed(remarks: Sequence[Remark]) -> str:
    return "".join(_remark(one.part, one.said, one.why, _sign(one), one.picked) for one in remarks)


def _sign(remark: Remark) -> Sign:
    if remark.unsafe:
        return "unsafe"
    if not remark.picked:
        return "left" if remark.right else "missed"
    if remark.right:
        return "right"
    # A rating that is one off: it earns a part.
    return "part" if remark.wanted.startswith("close") else "wrong"


@lru_cache(4096)
def _remark(part: str, said: str, why: str, sign: Sign, picked: bool) -> str:
    kind = f"{sign} picked" if picked else sign
    return f'<li class="{kind}"><p>{words.sign(sign, said)} {words.line(part)}</p>{words.prose(why)}</li>'


def inert(text: str) -> str:
    """A trainee's words for a page of an instructor: shown as they are, and nothing of them acts.

    Every character that could mean something to HTML, to Markdown or to a setter of formulas is written by its
    number, line ends too; setters of formulas pass over ``pre``, and the classes tell them so once more.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(c if c.isalnum() or c == " " else f"&#{ord(c) if _is_shown(c) else 0xFFFD};" for c in lines)
    return f'<pre class="tex2jax_ignore mathjax_ignore">{shown}</pre>'


def _is_shown(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs", "Cn")


def _points(points: tuple[str, ...]) -> str:
    """The teaching points by their names; what they say stands once, at the top of the page."""
    known = bank.points()
    names = " ".join(f"<strong>{words.plain(known[point].name)}.</strong>" for point in points if point in known)
    return f'<p class="about">What this is about: {names}</p>'
