"""Prose in YAML keeps to the small Markdown that panels can show.

Headings, code, tables, pictures and HTML would be shown as bare characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt

from authoring.course import Course
from authoring.problems import Problem
from authoring.yamlfile import YamlFile

_BLOCKS = {"paragraph", "bullet_list", "ordered_list", "list_item", "inline"}
_INLINES = {"text", "em", "strong", "link", "softbreak"}
_PROSE = {"text", "told", "why", "stem", "case", "feedback", "content_note"}
_PARSER = MarkdownIt("commonmark")


def check(course: Course) -> Iterator[Problem]:
    """Prose with something in it that is not paragraphs, lists, emphasis, strong or links."""
    for items in course.item_files():
        yield from _file(items.file)
    for module in course.modules:
        for scenario in module.scenarios:
            yield from _file(scenario.file)


def _file(file: YamlFile) -> Iterator[Problem]:
    for place, text in _prose(file.data, ()):
        odd = _odd(text)
        if odd:
            what = f"'{odd}' cannot be shown here."
            yield file.problem(place, what, "Use paragraphs, lists, *emphasis*, **strong** and links alone.")


def _prose(node: Any, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _prose(value, (*place, key))
    elif isinstance(node, list):
        for n, value in enumerate(node):
            yield from _prose(value, (*place, n))
    elif isinstance(node, str) and _PROSE & {str(key) for key in place[-2:]}:
        yield place, node


def _odd(text: str) -> str | None:
    for token in _PARSER.parse(text):
        if token.type.removesuffix("_open").removesuffix("_close") not in _BLOCKS:
            return token.type.removesuffix("_open")
        for child in token.children or ():
            if child.type.removesuffix("_open").removesuffix("_close") not in _INLINES:
                return child.type.removesuffix("_open")
    return None
