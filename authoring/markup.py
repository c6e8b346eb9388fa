"""Lesson and check texts (MyST Markdown) as pieces, in order: words, and what is placed in them.

A directive stands on lines of its own::

    :::{practice} pv-p-not-every-practice
    :::
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin

from authoring.problems import BadContent, Problem

DIRECTIVES = {"lesson": {"teaches", "practice", "scenario"}, "check": {"item"}, "start": {"modules"}}
"""Which directives each kind of text may hold."""

_INFO = re.compile(r"^\{(?P<name>[a-z-]+)\}\s*(?P<words>.*)$")


@dataclass(frozen=True)
class Words:
    """A stretch of Markdown from one ``##`` heading to the next, or to a directive."""

    line: int
    source: str
    teaches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Placed:
    """A directive: ``name`` (practice, scenario, item, …) and what it names."""

    line: int
    name: str
    id: str


Piece = Words | Placed


def read(path: Path, kind: str) -> list[Piece]:
    """The pieces of the text at ``path``; raises :class:`BadContent` with all that is wrong."""
    try:
        source = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadContent([Problem(path, 1, "This file is missing.", "Create it; see CONTRIBUTING.md.")]) from None
    tokens = [t for t in _parser().parse(source) if t.level == 0 and t.map]
    problems = [p for token in tokens for p in _faults(path, kind, token)]
    if problems:
        raise BadContent(problems)
    return _pieces(source.splitlines(), tokens)


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").use(colon_fence_plugin)


def _faults(path: Path, kind: str, token: Token) -> list[Problem]:
    line = (token.map or [0])[0] + 1
    if token.type == "html_block":
        return [Problem(path, line, "HTML is not used in course texts.", "Write it in Markdown.")]
    if token.type in ("fence", "code_block"):
        return [Problem(path, line, "Trainees never see code.", "Take it out, or unindent it if it is text.")]
    if token.type == "heading_open" and token.tag == "h1":
        return [Problem(path, line, "The title comes from course.yml.", "Begin headings with '##'.")]
    if token.type != "colon_fence":
        return []
    name, words = _directive(token)
    known = ", ".join(sorted(DIRECTIVES[kind]))
    if name not in DIRECTIVES[kind]:
        what = f"'{token.info.strip()}' is nothing that can be placed here."
        return [Problem(path, line, what, f"What can be placed here: {known}.")]
    if token.content.strip():
        what = f"'{name}' stands alone: there is text inside it."
        return [Problem(path, line, what, "Close it with ':::' on the next line, and move the text out.")]
    if not words and name != "modules":
        what = f"'{name}' does not say which."
        return [Problem(path, line, what, f"Write ':::{{{name}}} some-id'.")]
    return []


def _pieces(lines: list[str], tokens: list[Token]) -> list[Piece]:
    pieces: list[Piece] = []
    start = 0
    teaches: tuple[str, ...] = ()

    def close(end: int) -> None:
        source = "\n".join(lines[start:end]).strip()
        if source:
            pieces.append(Words(start + 1, source, teaches))

    for token in tokens:
        first, last = token.map or (0, 0)
        if token.type == "heading_open" and token.tag == "h2":
            close(first)
            start, teaches = first, ()
        elif token.type == "colon_fence":
            name, words = _directive(token)
            if name == "teaches":
                teaches = (*teaches, *words.split())
                lines[first:last] = [""] * (last - first)
                continue
            close(first)
            pieces.append(Placed(first + 1, name, words))
            start, teaches = last, ()
    close(len(lines))
    return pieces


def _directive(token: Token) -> tuple[str, str]:
    match = _INFO.match(token.info.strip())
    return (match["name"], match["words"].strip()) if match else ("", "")
