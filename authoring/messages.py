"""What the program itself says: the words in its Python and JavaScript that somebody may read on a screen.

These are the strings of three words or more. Docstrings and comments are for programmers, and are not among them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from authoring.texts import Text

PACKAGES = ("authoring", "casebook", "grading", "running")
"""The packages that speak to trainees, instructors and authors."""

_FEWEST = 3
_LIST = 20
_WORD = re.compile(r"[A-Za-z]{2,}")
_LETTERS_ALONE = re.compile(r"[a-z\s]*")
_JAVASCRIPT = re.compile(
    r"//[^\n]*|/\*.*?\*/"
    r"|\"(?P<double>(?:\\.|[^\"\\\n])*)\"|'(?P<single>(?:\\.|[^'\\\n])*)'|`(?P<back>(?:\\.|[^`\\])*)`",
    re.DOTALL,
)


def everything(root: Path) -> Iterator[Text]:
    """Every message of the program under ``root``."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            yield from in_python(path)
        for path in sorted((root / package).rglob("*.js")):
            yield from in_javascript(path)


def in_python(path: Path) -> Iterator[Text]:
    """The strings of a Python file that are messages; what an f-string puts in is a dash."""
    aside: set[ast.AST] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):  # what holds a string comes before it
        if isinstance(node, ast.Expr):
            aside.add(node.value)  # a docstring, or nothing
        elif isinstance(node, ast.Constant | ast.JoinedStr):
            if isinstance(node, ast.JoinedStr):
                aside.update(node.values)
            if node not in aside and _is_message(words := _said(node)):
                yield Text(path, node.lineno, words)


def _said(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_said(part) if isinstance(part, ast.Constant) else "-" for part in node.values)
    return node.value if isinstance(node.value, str) else ""


def in_javascript(path: Path) -> Iterator[Text]:
    """The strings of a JavaScript file that are messages."""
    source = path.read_text(encoding="utf-8")
    for match in _JAVASCRIPT.finditer(source):
        words = match["double"] or match["single"] or match["back"] or ""
        if _is_message(words):
            yield Text(path, source.count("\n", 0, match.start()) + 1, words)


def _is_message(words: str) -> bool:
    """Whether somebody says this to somebody; a list of words is no sentence, however long it is."""
    number = len(_WORD.findall(words)) if words.count(" ") >= _FEWEST - 1 else 0
    return number >= _FEWEST and (number < _LIST or not _LETTERS_ALONE.fullmatch(words))
