"""The course's prose: a small, safe part of Markdown, as data.

Authors write paragraphs, bullet and numbered lists, *emphasis*, **strong** and [links](https://…).
Prose stays text until it is shown; then it becomes blocks that the browser turns into elements
and Python into HTML. No markup from a file ever reaches a page as markup, so content that somebody
tampered with can show odd words but run nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import TypeAlias, TypedDict

Inline: TypeAlias = list[str]
"""``["text", words]``, ``["em", words]``, ``["strong", words]`` or ``["link", words, address]``."""


class Block(TypedDict):
    """A paragraph (``p``, one line) or a list (``ul``, ``ol``; one line a point)."""

    tag: str
    lines: list[list[Inline]]


_INLINE = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*]+)\*|\[(?P<words>[^\]]+)\]\((?P<address>[^)\s]+)\)")
_POINT = re.compile(r"^(?P<bullet>-|\d{1,2}\.) +(?P<words>.*)$")
_ADDRESS = re.compile(r"^(https?://|[\w./-]+\.(ipynb|html|pdf|csv)(#\S*)?$|#)")


def parse(source: str) -> list[Block]:
    """Blocks of ``source``; an unknown or unsafe form stays plain words."""
    return [_block(chunk) for chunk in re.split(r"\n[ \t]*\n", source.strip()) if chunk.strip()]


def to_html(source: str) -> str:
    """``source`` as HTML, every word of it escaped."""
    return blocks_html(parse(source))


def to_text(source: str) -> str:
    """``source`` as plain text."""
    return blocks_text(parse(source))


def blocks_html(blocks: Iterable[Block]) -> str:
    """Parsed prose as HTML."""
    return "".join(_block_html(block) for block in blocks)


def inline_html(blocks: Iterable[Block]) -> str:
    """Parsed prose as HTML for a place where no paragraph may stand: a label or a legend."""
    lines: list[list[Inline]] = [line for block in blocks for line in block["lines"]]
    return "<br>".join(_inlines_html(line) for line in lines)


def blocks_text(blocks: Iterable[Block]) -> str:
    """Parsed prose as plain text, with an empty line between blocks."""
    return "\n\n".join(_block_text(block) for block in blocks)


def _block(chunk: str) -> Block:
    lines = [line.strip() for line in chunk.strip().splitlines()]
    if not _POINT.match(lines[0]):
        return {"tag": "p", "lines": [_inlines(" ".join(lines))]}
    points: list[str] = []
    for line in lines:
        match = _POINT.match(line)
        if match:
            points.append(match["words"])
        else:
            points[-1] += " " + line
    tag = "ul" if lines[0].startswith("-") else "ol"
    return {"tag": tag, "lines": [_inlines(point) for point in points]}


def _inlines(text: str) -> list[Inline]:
    pieces: list[Inline] = []
    end = 0
    for match in _INLINE.finditer(text):
        if match.start() > end:
            pieces.append(["text", text[end : match.start()]])
        pieces.append(_inline(match))
        end = match.end()
    if end < len(text):
        pieces.append(["text", text[end:]])
    return pieces


def _inline(match: re.Match[str]) -> Inline:
    if match["strong"]:
        return ["strong", match["strong"]]
    if match["em"]:
        return ["em", match["em"]]
    if _ADDRESS.match(match["address"]):
        return ["link", match["words"], match["address"]]
    return ["text", match["words"]]


def _block_html(block: Block) -> str:
    lines = block["lines"]
    if block["tag"] == "p":
        return f"<p>{_inlines_html(lines[0])}</p>"
    points = "".join(f"<li>{_inlines_html(line)}</li>" for line in lines)
    return f"<{block['tag']}>{points}</{block['tag']}>"


def _inlines_html(pieces: list[Inline]) -> str:
    return "".join(_inline_html(piece) for piece in pieces)


def _inline_html(piece: Inline) -> str:
    words = html.escape(piece[1])
    if piece[0] == "text":
        return words
    if piece[0] == "link":
        return f'<a href="{html.escape(piece[2])}">{words}</a>'
    return f"<{piece[0]}>{words}</{piece[0]}>"


def _block_text(block: Block) -> str:
    lines = block["lines"]
    texts = ["".join(piece[1] for piece in line) for line in lines]
    if block["tag"] == "p":
        return texts[0]
    marks = ["-"] * len(texts) if block["tag"] == "ul" else [f"{n}." for n in range(1, len(texts) + 1)]
    return "\n".join(f"{mark} {text}" for mark, text in zip(marks, texts, strict=True))
