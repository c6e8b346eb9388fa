"""YAML files with the line of everything in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from authoring.problems import BadContent, Problem

Place = Sequence[str | int]
"""The way to something in a file: ``("items", 3, "stem")``."""


@dataclass(frozen=True)
class YamlFile:
    """A file as plain data, and where its lines are."""

    path: Path
    data: dict[str, Any]
    _tree: CommentedMap

    def line(self, place: Place) -> int:
        """The line (from 1) of what stands at ``place``, or of the nearest thing round it."""
        node: Any = self._tree
        line = 0
        for key in place:
            try:
                line = _line_of(node, key)
                node = node[key]
            except (KeyError, IndexError, TypeError):
                break
        return line + 1

    def problem(self, place: Place, what: str, remedy: str) -> Problem:
        """A problem with what stands at ``place``."""
        return Problem(self.path, self.line(place), what, remedy)


def read(path: Path) -> YamlFile:
    """The file at ``path``; raises :class:`BadContent` where it is not there or is not YAML."""
    try:
        tree = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadContent([Problem(path, 1, "This file is missing.", "Create it; see CONTRIBUTING.md.")]) from None
    except UnicodeDecodeError:
        raise BadContent([Problem(path, 1, "This file isn't UTF-8 text.", "Save it as UTF-8.")]) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = f"This isn't YAML: {error.problem or error.context}."
        raise BadContent([Problem(path, line, what, "Look at the indents, colons and quotes here.")]) from None
    except (YAMLError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError, LookupError) as error:
        # ruamel.yaml raises all of these on text that is not YAML, or not data (a date that does not exist).
        raise BadContent([Problem(path, 1, f"This isn't YAML: {error}.", "Look for odd characters.")]) from None
    if not isinstance(tree, CommentedMap):
        raise BadContent([Problem(path, 1, "This file doesn't have any keys.", "Start with 'format_version: 1'.")])
    return YamlFile(path, _plain(tree), tree)


def empty(path: Path) -> YamlFile:
    """A file that need not be there, and is not."""
    return YamlFile(path, {}, CommentedMap())


def _line_of(node: Any, key: str | int) -> int:
    if isinstance(node, CommentedMap):
        return int(node.lc.key(key)[0])
    if isinstance(node, CommentedSeq):
        return int(node.lc.item(key)[0])
    raise TypeError


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return str(node)
