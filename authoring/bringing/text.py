"""A lesson's or check's text as the marks that a notebook shows of it, each with the bytes that it stands in.

A mark is a line that is not blank, or a directive. What is between marks goes with them, so that a text whose marks
have not changed comes out byte for byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from authoring import markup

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass
class Mark:
    """``key`` is what a notebook shows of it. ``before`` are the blank lines above, ``raw`` its own lines.

    ``after`` is a 'teaches' that stands under it, with the blank lines between.
    """

    key: str
    before: str
    raw: str
    after: str = ""


@dataclass
class Text:
    """A whole text: a 'teaches' that stands above everything, the marks, and what is blank at the end."""

    head: str = ""
    marks: list[Mark] = field(default_factory=list)
    tail: str = ""
    end: str = "\n"


def directive(name: str, id: str) -> str:
    """The key of a directive: its first line."""
    return f":::{{{name}}} {id}".rstrip()


def read(source: str) -> Text:
    """``source`` as marks; joined again in their order they are ``source``."""
    lines = _LINE.findall(source)
    starts = {span.start: (span, *what) for span, what in markup.directives(source).items()}
    text = Text(end="\r\n" if "\r\n" in source else "\n")
    blank, n = "", 0
    while n < len(lines):
        span, name, id = starts.get(n, (range(n, n + 1), "", ""))
        raw = "".join(lines[span.start : span.stop])
        n = span.stop
        if name == "teaches":
            _under(text, blank + raw)
        elif name:
            text.marks.append(Mark(directive(name, id), blank, raw))
        elif raw.strip():
            text.marks.append(Mark(raw.rstrip("\r\n"), blank, raw))
        else:
            blank += raw
            continue
        blank = ""
    text.tail = blank
    return text


def teaches(text: Text) -> list[str]:
    """Every 'teaches' of a text, as the points that it names."""
    found = (markup.directives(raw).values() for raw in [text.head, *(mark.after for mark in text.marks)])
    return sorted(words for each in found for _, words in each)


def _under(text: Text, raw: str) -> None:
    if text.marks:
        text.marks[-1].after += raw
    else:
        text.head += raw
