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

DIRECTIVES: dict[str, set[str]] = {
    "lesson": {"teaches", "practice", "scenario", "another", "partners", "aid"},
    "check": {"item", "slot"},
    "start": {"modules", "aids", "review", "certificate"},
    "refresher": {"refresh"},
    "glossary": set(),
    "aid": set(),
}
"""Which directives each kind of text may hold."""

NAMELESS = {"aids", "certificate", "modules", "partners", "refresh", "review"}
"""Those that say by themselves what is placed."""

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

SCENARIOS = ("scenario", "another")
"""The directives that place a scenario: one that belongs to the lesson, and another for whoever has the time."""


def read(path: Path, kind: str) -> list[Piece]:
    """The pieces of the text at ``path``; raises :class:`BadContent` with all that is wrong."""
    try:
        source = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise BadContent([Problem(path, 1, "This file is missing.", "Create it; see CONTRIBUTING.md.")]) from None
    except UnicodeDecodeError:
        raise BadContent([Problem(path, 1, "This file isn't UTF-8 text.", "Save it as UTF-8.")]) from None
    return parse(source, path, kind)


def parse(source: str, path: Path, kind: str) -> list[Piece]:
    """The pieces of ``source``, the text at ``path``; raises :class:`BadContent` with all that is wrong."""
    lines = split(source)
    tokens = _parser().parse("\n".join(lines))
    problems = _problems(path, kind, tokens)
    if problems:
        raise BadContent(problems)
    return _pieces(lines, [token for token in tokens if token.level == 0 and token.map])


def split(source: str) -> list[str]:
    """The lines of a text. Only what Markdown itself takes for line ends is one: the tokens count lines so."""
    return re.split(r"\r\n|\r|\n", source)


def directives(source: str) -> dict[range, tuple[str, str]]:
    """Each directive's name and words by the lines (from 0) that it stands on, in their order."""
    tokens = _parser().parse("\n".join(split(source)))
    return {range(*token.map): _directive(token) for token in tokens if token.type == "colon_fence" and token.map}


def _problems(path: Path, kind: str, tokens: list[Token]) -> list[Problem]:
    found = []
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        fault = _fault(kind, token)
        if fault:
            found.append(Problem(path, line, *fault))
    return found


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").use(colon_fence_plugin)


def _fault(kind: str, token: Token) -> tuple[str, str] | None:
    """What is wrong with a token of a text of this kind, and the remedy."""
    inline = {child.type for child in token.children or ()}
    if token.type == "html_block" or "html_inline" in inline:
        return "Course texts don't use HTML.", "Write it in Markdown."
    if token.type in ("fence", "code_block"):
        return "Trainees never see code.", "Take it out, or unindent it if it's text."
    if token.type == "heading_open" and token.tag == "h1":
        return "The title comes from course.yml.", "Begin headings with '##'."
    return _directive_fault(kind, token) if token.type == "colon_fence" else None


def _directive_fault(kind: str, token: Token) -> tuple[str, str] | None:
    name, words = _directive(token)
    if name not in DIRECTIVES[kind]:
        what = f"'{token.info.strip()}' can't be placed here."
        return what, f"You can place: {', '.join(sorted(DIRECTIVES[kind])) or 'nothing'}."
    if token.level > 0:
        return f"'{name}' is inside something else.", "Give it lines of its own, without an indent."
    if token.content.strip():
        return f"'{name}' can't have text inside it.", "Close it with ':::' on the next line."
    if name in NAMELESS:
        return (f"'{name}' doesn't take a name.", f"Write ':::{{{name}}}'.") if words else None
    if not words:
        return f"'{name}' doesn't say which.", f"Write ':::{{{name}}} some-id'."
    return None


def _pieces(lines: list[str], tokens: list[Token]) -> list[Piece]:
    pieces: list[Piece] = []
    start = 0
    teaches: tuple[str, ...] = ()

    def close(end: int) -> None:
        source = "\n".join(lines[start:end]).strip()
        if source:
            first = next(n for n in range(start, end) if lines[n].strip())
            pieces.append(Words(first + 1, source, teaches))

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
