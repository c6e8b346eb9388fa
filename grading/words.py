"""Words of a feedback page as HTML: prose, which a whole class shares, and the signs for right and not right."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Literal

from casebook import prose as _prose

Sign = Literal["right", "wrong", "unsafe", "missed", "part", "left", "taken", "here", "waits"]

_SHAPES: dict[Sign, str] = {
    "right": "\N{CHECK MARK}",
    "wrong": "\N{MULTIPLICATION SIGN}",
    "unsafe": "!",
    "missed": "\N{WHITE CIRCLE}",
    "part": "\N{VULGAR FRACTION ONE HALF}",
    "left": "\N{EN DASH}",
    "taken": "\N{BULLET}",
    "here": "\N{RIGHTWARDS ARROW}",
    "waits": "\N{HORIZONTAL ELLIPSIS}",
}
_CLASS_OF_TEXTS = 4096
"""Texts of a course that one process keeps as HTML: every trainee's page shows the same ones."""


@lru_cache(_CLASS_OF_TEXTS)
def prose(source: str) -> str:
    """Prose as blocks of HTML, every word escaped."""
    return _prose.to_html(source)


@lru_cache(_CLASS_OF_TEXTS)
def line(source: str) -> str:
    """Prose as HTML for a place where no paragraph may stand."""
    return _prose.inline_html(_prose.parse(source))


@lru_cache(_CLASS_OF_TEXTS)
def plain(source: str) -> str:
    """Words as HTML, in which nothing is markup."""
    return escape(source)


def sign(kind: Sign, said: str) -> str:
    """A verdict in words, behind a shape that says the same to the eye. Colour only comes on top."""
    return (
        f'<strong class="sign {kind}"><span class="shape" aria-hidden="true">{_SHAPES[kind]}</span> '
        f"{plain(said)}</strong>"
    )
