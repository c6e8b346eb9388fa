"""A written answer as HTML for whoever marks it: the question, the answer, and the rubric beside it."""

from __future__ import annotations

from html import escape

from casebook.blank import is_blank
from casebook.content import Point
from casebook.kinds.written import Level, WrittenItem
from casebook.prose import inline_html, parse
from casebook.prose import to_html as prose_html
from grading import bank
from grading.item_feedback import inert
from grading.scoring import Result


def to_html(item: WrittenItem, result: Result) -> str:
    """The words of the task by which the answer to ``item`` is marked. One line, so that Markdown leaves it as it is.

    Nothing of the answer acts (:func:`grading.item_feedback.inert`). Each level of the rubric says in ``data-marks``
    what it is worth; formgrader's page makes buttons of that. Of a slot none of whose variants was answered
    nothing is told, for nobody can say which was shown.
    """
    if not result.seen:
        return _section(_NOT_SEEN)
    return _section(_question(item) + _answer(item, result) + _rubric(item))


_NOT_SEEN = (
    "<p>There's no answer. This question has several versions. Without an answer, there's no telling which "
    "one it was, so none is shown here.</p>"
)


def _section(parts: str) -> str:
    return f'<section class="item-feedback marking">{parts}</section>'


def _question(item: WrittenItem) -> str:
    case = prose_html(item.case) if item.case else ""
    return f'<div class="marking-question">{case}<p class="stem"><strong>{_line(item.stem)}</strong></p></div>'


def _answer(item: WrittenItem, result: Result) -> str:
    return f'<div class="marking-answer"><h4>The answer</h4>{_given(item, result)}{_more(item)}</div>'


def _given(item: WrittenItem, result: Result) -> str:
    if result.problem:
        return f"<p>The saved answer couldn't be read, so it scores 0. {escape(result.problem)}</p>"
    if result.given is None or is_blank(result.given["text"]):
        return "<p>There's no answer. If you leave it, it scores 0.</p>"
    text = result.given["text"]
    count = len(text.split())
    length = f"{count} {'word' if count == 1 else 'words'}; {item.words['from']} to {item.words['to']} were asked for."
    return f'{inert(text)}<p class="marking-length">{length}</p>'


def _rubric(item: WrittenItem) -> str:
    levels = "".join(_level(level) for level in item.rubric)
    return f'<div class="marking-rubric"><h4>The rubric</h4><ul>{levels}</ul></div>'


def _level(level: Level) -> str:
    return (
        f'<li data-marks="{level.marks:g}" data-level="{escape(level.level)}">'
        f"<strong>{escape(level.level)}</strong> ({level.marks:g}): {_line(level.text)}</li>"
    )


def _more(item: WrittenItem) -> str:
    """What helps to judge, folded away: one good answer, and what the course teaches on it."""
    known = bank.points()
    points = "".join(_point(known[point]) for point in item.points if point in known)
    about = f"<details><summary>What this is about</summary><ul>{points}</ul></details>"
    if not item.model:
        return about
    return f"<details><summary>One good answer; there are others</summary>{prose_html(item.model)}</details>{about}"


def _point(point: Point) -> str:
    return f"<li><strong>{escape(point.name)}.</strong> {escape(point.text)}</li>"


def _line(prose: str) -> str:
    return inline_html(parse(prose))
