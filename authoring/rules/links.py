"""Links are well formed, lead to a page by its secure address, and say where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from authoring import texts
from authoring.course import GLOSSARY, Course
from authoring.markup import Words
from authoring.problems import Problem
from authoring.rule import Example, Rule

_HOST = re.compile(r"^([a-z0-9-]+\.)+[a-z]{2,}$")
_GLOSSARY = "glossary.ipynb"
_BARE = re.compile(r"https?://")
_MEANINGLESS = {"here", "click here", "this", "link", "this link", "more", "read more"}
_PARSER = MarkdownIt("commonmark").enable("table")


def check(course: Course) -> Iterator[Problem]:
    """Links that lead nowhere, are not secure, or do not say where they lead."""
    terms = frozenset(_terms(course))
    for text in texts.everything(course):
        for fault, remedy in _faults(text.words, terms):
            yield text.problem(fault, remedy)


def _terms(course: Course) -> Iterator[str]:
    """The addresses of the glossary's terms, as JupyterLab makes them of headings."""
    pieces = course.pages[GLOSSARY].text if GLOSSARY in course.pages else ()
    for piece in pieces:
        headings = re.findall(r"(?m)^### (.+)$", piece.source) if isinstance(piece, Words) else []
        yield from (f"{_GLOSSARY}#{heading.strip().replace(' ', '-')}" for heading in headings)


def _faults(words: str, terms: frozenset[str]) -> Iterator[tuple[str, str]]:
    for token in _PARSER.parse(words):
        link: Token | None = None
        said = ""
        for child in token.children or ():
            if child.type == "link_open":
                link, said = child, ""
            elif child.type == "link_close" and link:
                yield from _link(str(link.attrs["href"]), said, terms)
                link = None
            elif link:
                said += child.content
            elif _BARE.search(child.content):
                yield f"The text shows a bare address: '{child.content[:60]}'.", "Write [what it is](https://…)."


def _link(address: str, said: str, terms: frozenset[str]) -> Iterator[tuple[str, str]]:
    parts = urlsplit(address)
    if parts.path == _GLOSSARY:
        if address not in terms and (parts.fragment or not terms):
            yield f"The glossary has no '{parts.fragment}'.", "Write it as its heading, with - between words."
    elif parts.scheme != "https" or not _HOST.match(parts.hostname or ""):
        yield f"'{address}' isn't the address of a page.", "Write it in full, from https:// on."
    if said.strip().lower() in _MEANINGLESS or not said.strip():
        yield f"'{said}' doesn't say where the link leads.", "Let the link's words name the page."


RULE = Rule(
    code="links",
    why="People looking for help follow these, and a screen reader may read them only the link's own words.",
    check=check,
    example=Example(
        "course/content/tiny/lesson.md",
        "Ask the owner.",
        "Ask [the owner](http://owner).",
        "isn't the address of a page",
    ),
)
