"""YAML as YAML 1.2's core schema has it: "no", "on" and 12:30 are text, 010 is ten. Parsed by libyaml, in C.

PyYAML's own rules are those of YAML 1.1; only its parser is used, and what it makes is read here.
"""

from __future__ import annotations

import re
from typing import Any

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError
from yaml.nodes import MappingNode, Node, ScalarNode
from yaml.resolver import BaseResolver


class _Tree(CParser, BaseResolver):
    """A parser whose scalars keep the tag that is written, or the one of these patterns."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        BaseResolver.__init__(self)


_NULL, _BOOL, _INT, _FLOAT = (f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float"))
# https://yaml.org/spec/1.2.2/#1032-tag-resolution: each with the characters that it may begin with.
for _tag, _pattern, _first in (
    (_NULL, r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    (_BOOL, r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    (_INT, r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (_FLOAT, r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    (_FLOAT, r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", list("-+.")),
):
    _Tree.add_implicit_resolver(_tag, re.compile(rf"(?:{_pattern})\Z"), _first)


def tree(text: str) -> Node | None:
    """The one document in ``text``, as nodes with their lines; raises ``yaml.YAMLError``."""
    parser = _Tree(text)
    try:
        return parser.get_single_node()
    finally:
        parser.dispose()


def plain(node: Node | None) -> Any:
    """A node as dicts (with text as keys), lists, texts, numbers, truth values and ``None``.

    Raises ``yaml.MarkedYAMLError`` for a key that is given twice or is no text, and for what contains itself.
    """
    return None if node is None else _plain(node, {}, set())


def load(text: str) -> Any:
    """The data in ``text``; raises ``yaml.YAMLError``."""
    return plain(tree(text))


def _plain(node: Node, made: dict[int, Any], open_: set[int]) -> Any:
    if isinstance(node, ScalarNode):
        return _scalar(node)
    if id(node) in open_:
        raise _fault("it contains itself", node)
    if id(node) not in made:  # what is named by an alias is made once, however often it is named
        open_.add(id(node))
        if isinstance(node, MappingNode):
            made[id(node)] = _mapping(node, made, open_)
        else:
            made[id(node)] = [_plain(one, made, open_) for one in node.value]
        open_.remove(id(node))
    return made[id(node)]


def _mapping(node: MappingNode, made: dict[int, Any], open_: set[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise _fault("a key has to be text", key)
        name = str(_scalar(key))
        if name in found:
            raise _fault(f'duplicate key "{name}"', key)
        found[name] = _plain(value, made, open_)
    return found


def _scalar(node: ScalarNode) -> Any:
    value: str = node.value
    try:
        if node.tag == _NULL:
            return None
        if node.tag == _BOOL:
            return value.lower() == "true"
        if node.tag == _INT:
            return int(value, {"0o": 8, "0x": 16}.get(value[:2], 10))
        if node.tag == _FLOAT:
            return float(re.sub(r"\.(?=[a-zA-Z])", "", value))
    except ValueError:  # a tag that somebody wrote before other words, or more digits than Python reads
        raise _fault(f'"{value[:40]}" doesn\'t match its tag', node) from None
    return value


def _fault(what: str, node: Node) -> MarkedYAMLError:
    return MarkedYAMLError(problem=what, problem_mark=node.start_mark)
