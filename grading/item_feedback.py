"""The feedback on one item: what was asked, answered, right, and why, as HTML without script or style."""

from __future__ import annotations

from html import escape

from casebook.content import Point
from casebook.kinds.base import Remark
from casebook.prose import inline_html, parse
from casebook.prose import to_html as prose_html
from grading import bank
from grading.scoring import Result


def to_html(result: Result) -> str:
    """The feedback on ``result``, as a section."""
    item = result.item
    parts = [prose_html(item.case)] if item.case else []
    parts.append(f'<p class="stem"><strong>{inline_html(parse(item.stem))}</strong></p>')
    if result.problem:
        parts.append(
            f"<p>The answer that was kept could not be read as one, and scores nothing. {escape(result.problem)}</p>"
        )
    elif result.given is None:
        parts.append("<p>You gave no answer.</p>")
    parts.append(f"<ul>{''.join(_remark(remark) for remark in result.outcome.remarks)}</ul>")
    parts.append(_points(result))
    return f'<section class="item-feedback">{"".join(parts)}</section>'


def _remark(remark: Remark) -> str:
    return (
        f'<li class="{"picked" if remark.picked else "left"}"><p><strong>{_word(remark)}</strong> '
        f"{inline_html(parse(remark.option))}</p>{prose_html(remark.why)}</li>"
    )


def _word(remark: Remark) -> str:
    """What became of an option, in words."""
    if remark.picked and remark.unsafe:
        return "Your answer; not safe:"
    if remark.picked:
        return "Your answer; right:" if remark.right else "Your answer; not right:"
    return "Right, and not chosen:" if remark.right else "Not right:"


def _points(result: Result) -> str:
    known = bank.points()
    wanted = [known[point] for point in result.item.points if point in known]
    return "<p>What this is about:</p><ul>" + "".join(_point(point) for point in wanted) + "</ul>"


def _point(point: Point) -> str:
    return f"<li><strong>{escape(point.name)}.</strong> {escape(point.text)}</li>"
