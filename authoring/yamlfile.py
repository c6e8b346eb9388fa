"""YAML files with the line of everything in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yaml import MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, Node, SequenceNode

from authoring.problems import BadContent, Problem
from grading import yaml12

Place = Sequence[str | int]
"""The way to something in a file: ``("items", 3, "stem")``."""


@dataclass(frozen=True)
class YamlFile:
    """A file as plain data, and where its lines are."""

    path: Path
    data: dict[str, Any]
    _tree: Node | None

    def line(self, place: Place) -> int:
        """The line (from 1) of what stands at ``place``, or of the nearest thing round it."""
        node, line = self._tree, 0
        for key in place:
            if (found := _child(node, key)) is None:
                break
            line, node = found
        return line + 1

    def problem(self, place: Place, what: str, remedy: str) -> Problem:
        """A problem with what stands at ``place``."""
        return Problem(self.path, self.line(place), what, remedy)


def read(path: Path) -> YamlFile:
    """The file at ``path``; raises :class:`BadContent` where it is not there or is not YAML."""
    try:
        tree = yaml12.tree(path.read_text(encoding="utf-8"))
        data = yaml12.plain(tree)
    except FileNotFoundError:
        raise BadContent([Problem(path, 1, "This file is missing.", "Create it; see CONTRIBUTING.md.")]) from None
    except UnicodeDecodeError:
        raise BadContent([Problem(path, 1, "This file isn't UTF-8 text.", "Save it as UTF-8.")]) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = f"This isn't YAML: {error.problem or error.context}."
        raise BadContent([Problem(path, line, what, "Look at the indents, colons and quotes here.")]) from None
    except (YAMLError, RecursionError) as error:
        raise BadContent(
            [Problem(path, 1, f"This isn't YAML: {' '.join(str(error).split())}.", "Look for odd characters.")]
        ) from None
    if not isinstance(data, dict):
        raise BadContent([Problem(path, 1, "This file doesn't have any keys.", "Start with 'format_version: 1'.")])
    return YamlFile(path, data, tree)


def empty(path: Path) -> YamlFile:
    """A file that need not be there, and is not."""
    return YamlFile(path, {}, None)


def _child(node: Node | None, key: str | int) -> tuple[int, Node] | None:
    """The line (from 0) and the node of what a mapping has under this key, or a list at this place."""
    if isinstance(node, MappingNode):
        return next(((name.start_mark.line, value) for name, value in node.value if name.value == key), None)
    if isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line, node.value[key]
    return None
