"""Job aids as pages to print: HTML that needs no script and nothing from elsewhere, one sheet each.

A page of its own, and no notebook: it opens in any browser, prints as it looks, and outlives the course.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from authoring.course import CourseFile, JobAid
from authoring.markup import Words

BLANK = re.compile(r"_{4,}")
"""What an author writes where a reader is to write by hand."""

_BLANK = '<span class="blank"><span class="heard">(write in)</span></span>'
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · {course}</title>
<style>
{style}</style>
</head>
<body>
<main>
<header>
<h1>{title}</h1>
{opening}</header>
{sections}</main>
<footer>
{help}<p>{course}. Your law, orders and policy come first. Never write a victim's name here.</p>
</footer>
</body>
</html>
"""


def page(course: CourseFile, aid: JobAid) -> bytes:
    """The page of ``aid``, a job aid of this course."""
    words = [piece.source for piece in aid.text if isinstance(piece, Words)]
    opening = "" if words[:1] and words[0].startswith("## ") else "".join(words[:1])
    sections = (f"<section>\n{_html(source)}</section>\n" for source in words[bool(opening) :])
    filled = _PAGE.format(
        title=html.escape(aid.entry.title),
        course=html.escape(course.title),
        help=_help(course),
        style=resources.files("authoring").joinpath("job_aids.css").read_text(encoding="utf-8"),
        opening=_html(opening),
        sections="".join(sections),
    )
    return filled.encode()


def _help(course: CourseFile) -> str:
    lines = [f"{html.escape(entry.who)}: <strong>{html.escape(entry.how)}</strong>" for entry in course.help]
    return f"<p>Help: {'. '.join(lines)}.</p>\n" if lines else ""


def _html(source: str) -> str:
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(source)
    heads: list[str] = []
    for row in _rows(tokens):
        cells = [(token, inside) for token, inside in pairwise(row) if token.type in ("th_open", "td_open")]
        if cells[0][0].type == "th_open":
            heads = [inside.content for _, inside in cells]
        else:
            _name_cells([cell for cell, _ in cells], heads)
            _name_row(row)
    return BLANK.sub(_BLANK, parser.renderer.render(tokens, parser.options, {}))


def _rows(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The rows of tables, each with what is in it."""
    starts = [n for n, token in enumerate(tokens) if token.type == "tr_open"]
    ends = [n for n, token in enumerate(tokens) if token.type == "tr_close"]
    return (list(tokens[start:end]) for start, end in zip(starts, ends, strict=True))


def _name_cells(cells: Sequence[Token], heads: Sequence[str]) -> None:
    """Each cell carries its column's header: on a narrow screen cells stand below each other, each under its own."""
    for cell, head in zip(cells[1:], heads[1:], strict=True):
        cell.attrSet("data-head", head)


def _name_row(row: Sequence[Token]) -> None:
    """A row's first cell says what the others are about: who hears the table read out is told it with each."""
    opening, closing = row[1], next(token for token in row if token.type == "td_close")
    opening.tag = closing.tag = "th"
    opening.attrSet("scope", "row")
