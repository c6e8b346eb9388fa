"""Prose in YAML keeps to the small Markdown that panels can show, and is shown as Markdown means it.

Headings, code, tables, pictures and HTML would be shown as bare characters; so would another way of
writing emphasis, or a list without an empty line before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from authoring import texts
from authoring.course import Course
from authoring.problems import Problem
from authoring.rule import Example, Rule
from authoring.yamlfile import YamlFile
from casebook.prose import Block, Inline, parse

_BLOCKS = {"paragraph", "bullet_list", "ordered_list", "list_item", "inline"}
_INLINES = {"text", "em", "strong", "link", "softbreak"}
_LISTS = {"bullet_list_open": "ul", "ordered_list_open": "ol"}
_PARSER = MarkdownIt("commonmark")
_REMEDY = "Use only paragraphs, lists, *emphasis*, **strong** and links. CONTRIBUTING.md shows how."


def check(course: Course) -> Iterator[Problem]:
    """Prose that panels cannot show, or show otherwise than Markdown means it."""
    for items in course.item_files():
        yield from _file(items.file)
    for module in course.modules:
        for scenario in module.scenarios:
            yield from _file(scenario.file)


def _file(file: YamlFile) -> Iterator[Problem]:
    for place, text in texts.places(file, texts.PROSE):
        tokens = _PARSER.parse(text)
        odd = _odd(tokens)
        if odd:
            yield file.problem(place, f"'{odd}' can't be shown here.", _REMEDY)
        elif _meant(tokens) != _told(parse(text)):
            yield file.problem(place, "This wouldn't be shown the way Markdown means it.", _REMEDY)


def _odd(tokens: list[Token]) -> str | None:
    for token in tokens:
        if _name(token) not in _BLOCKS:
            return _name(token)
        for child in token.children or ():
            if _name(child) not in _INLINES:
                return _name(child)
    return None


def _name(token: Token) -> str:
    return token.type.removesuffix("_open").removesuffix("_close")


def _meant(tokens: list[Token]) -> list[Block]:
    """The blocks that Markdown makes of it, in the panels' own form."""
    blocks: list[Block] = []
    lists: list[Block] = []
    for token in tokens:
        if token.type in _LISTS:
            started: Block = {"tag": _LISTS[token.type], "lines": []}
            if token.attrs.get("start", 1) != 1 or lists:
                started["tag"] += " in another form"
            (lists or blocks).append(started)
            lists = [started]
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists = []
        elif token.type == "inline":
            line = _inlines(token.children or [])
            if lists:
                lists[0]["lines"].append(line)
            else:
                blocks.append({"tag": "p", "lines": [line]})
    return blocks


def _inlines(children: list[Token]) -> list[Inline]:
    pieces: list[Inline] = []
    form: list[str] = []
    for child in children:
        if child.type.endswith("_open"):
            form += [_name(child), *(str(value) for value in child.attrs.values())]
        elif child.type.endswith("_close"):
            form = []
        else:
            words = " " if child.type == "softbreak" else child.content
            pieces.append([form[0], words, *form[1:]] if form else ["text", words])
    return _joined(pieces)


def _joined(pieces: list[Inline]) -> list[Inline]:
    """Neighbours of one form as one, for where text was cut means nothing."""
    joined: list[Inline] = []
    for form, words, *rest in pieces:
        if joined and joined[-1][0] == form and joined[-1][2:] == rest:
            joined[-1][1] += words
        else:
            joined.append([form, words, *rest])
    return [piece for piece in joined if piece[1]]


def _told(blocks: list[Block]) -> list[Block]:
    return [{"tag": block["tag"], "lines": [_joined(line) for line in block["lines"]]} for block in blocks]


RULE = Rule(
    code="prose",
    why="Headings, code, tables and pictures would be shown to the trainee as bare characters.",
    check=check,
    example=Example("grading/bank/tiny.yml", "stem: Who", "stem: Who `x`", "'code_inline' can't be shown here"),
)
