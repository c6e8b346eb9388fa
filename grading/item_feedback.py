"""The feedback on one item: what was asked, answered, right, and why, as HTML without script or style."""

from __future__ import annotations

import unicodedata
from html import escape

from casebook.content import Point
from casebook.kinds.base import Remark
from casebook.kinds.written import WrittenItem
from casebook.prose import inline_html, parse
from casebook.prose import to_html as prose_html
from grading import bank
from grading.scoring import Result


def to_html(result: Result) -> str:
    """The feedback on ``result``, as a section. It is one line, so that Markdown leaves it as it is."""
    if not result.seen:
        return _section([_NOT_SEEN, _points(result)])
    parts = _question(result)
    if isinstance(result.item, WrittenItem):
        parts += _written(result, result.item)
    else:
        parts.append(f"<ul>{''.join(_remark(remark) for remark in result.outcome.remarks)}</ul>")
    parts.append(_points(result))
    return _section(parts)


_NOT_SEEN = (
    "<p>You gave no answer. This question has several forms, and only an answer says which of them was yours; "
    "so none is shown here.</p>"
)


def _section(parts: list[str]) -> str:
    return f'<section class="item-feedback">{"".join(parts)}</section>'


def _question(result: Result) -> list[str]:
    """What was asked, and what is to be said of an answer that is none."""
    item = result.item
    parts = [prose_html(item.case)] if item.case else []
    parts.append(f'<p class="stem"><strong>{inline_html(parse(item.stem))}</strong></p>')
    if result.problem:
        parts.append(
            f"<p>The answer that was kept could not be read as one, and scores nothing. {escape(result.problem)}</p>"
        )
    elif result.given is None:
        parts.append("<p>You gave no answer.</p>")
    return parts


def _remark(remark: Remark) -> str:
    return (
        f'<li class="{"picked" if remark.picked else "left"}"><p><strong>{escape(remark.said)}</strong> '
        f"{inline_html(parse(remark.part))}</p>{prose_html(remark.why)}</li>"
    )


def _written(result: Result, item: WrittenItem) -> list[str]:
    """What was written, what earns which marks, and one good answer."""
    parts = []
    if result.given is not None:
        parts.append(f"<p>The answer:</p>{inert(result.given['text'])}")
    levels = "".join(
        f"<li><strong>{escape(level.level)}</strong> ({level.marks:g}): {inline_html(parse(level.text))}</li>"
        for level in item.rubric
    )
    parts.append(f"<p>What earns which marks:</p><ul>{levels}</ul>")
    if item.model:
        parts.append(f"<p>One good answer; there are others:</p>{prose_html(item.model)}")
    return parts


def inert(text: str) -> str:
    """A trainee's words for a page of an instructor: shown as they are, and nothing of them acts.

    Every character that could mean something to HTML, to Markdown or to a setter of formulas is written by its
    number, line ends too; setters of formulas pass over ``pre``, and the classes tell them so once more.
    """
    words = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(c if c.isalnum() or c == " " else f"&#{ord(c) if _is_shown(c) else 0xFFFD};" for c in words)
    return f'<pre class="tex2jax_ignore mathjax_ignore">{shown}</pre>'


def _is_shown(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs", "Cn")


def _points(result: Result) -> str:
    known = bank.points()
    wanted = [known[point] for point in result.item.points if point in known]
    return "<p>What this is about:</p><ul>" + "".join(_point(point) for point in wanted) + "</ul>"


def _point(point: Point) -> str:
    return f"<li><strong>{escape(point.name)}.</strong> {escape(point.text)}</li>"
