"""Data against records: closed, complete, and every error in plain words with its line."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from authoring.problems import Problem
from authoring.yamlfile import Place, YamlFile

T = TypeVar("T")

FORMAT_VERSION = 1


def shape(kind: type[T], file: YamlFile, place: Place = ()) -> tuple[T | None, list[Problem]]:
    """What stands at ``place`` of ``file`` as ``kind``, or the problems that forbid it.

    At the top of a file ``format_version`` is checked and taken off.
    """
    data: Any = file.data
    for key in place:
        data = data[key]
    problems: list[Problem] = []
    if not place:
        data = dict(data)
        if data.pop("format_version", None) != FORMAT_VERSION:
            what = f"The file's 'format_version' isn't {FORMAT_VERSION}."
            problems.append(file.problem(("format_version",), what, f"Start with 'format_version: {FORMAT_VERSION}'."))
    try:
        record: T = _adapter(cast(Hashable, kind)).validate_python(data)
        return record, problems
    except ValidationError as error:
        return None, problems + _problems(file, place, error)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _problems(file: YamlFile, place: Place, error: ValidationError) -> list[Problem]:
    found: dict[tuple[str | int, ...], Problem] = {}
    for detail in error.errors(include_url=False, include_context=True):
        way = _way(file.data, (*place, *detail["loc"]), detail["type"])
        if way not in found:
            what, remedy = _words(detail, way)
            found[way] = file.problem(way, what, remedy)
    return list(found.values())


def _way(data: Any, loc: Place, error_type: str) -> tuple[str | int, ...]:
    """``loc`` without the steps that pydantic adds for unions, which are in no file."""
    way: list[str | int] = []
    node = data
    for n, key in enumerate(loc):
        try:
            node = node[key]
        except (KeyError, IndexError, TypeError):
            if n == len(loc) - 1 and error_type == "missing":
                way.append(key)
            continue
        way.append(key)
    return tuple(way)


def _words(detail: ErrorDetails, way: tuple[str | int, ...]) -> tuple[str, str]:
    name = next((key for key in reversed(way) if isinstance(key, str)), "this")
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return f"'{detail['loc'][-1]}' is missing here.", f"Add '{detail['loc'][-1]}:' with what belongs there."
        case "unexpected_keyword_argument" | "extra_forbidden":
            return f"'{detail['loc'][-1]}' isn't a key here.", "Correct its spelling, or take it out."
        case "literal_error":
            return f"'{name}' can't be {detail['input']!r}.", f"Write {context.get('expected')}."
        case "string_type":
            return f"'{name}' should be text.", "Write words; put them in quotes if they look like a number."
        case "int_type" | "int_parsing" | "int_from_float":
            return f"'{name}' should be a whole number.", "Write a whole number without quotes."
        case "float_type" | "float_parsing":
            return f"'{name}' should be a number.", "Write a number without quotes."
        case "bool_type" | "bool_parsing":
            return f"'{name}' should be true or false.", "Write true or false, not yes or no."
        case "tuple_type":
            return f"'{name}' should be a list.", "Write each part on a line of its own, after '- '."
        case "dict_type" | "dataclass_type":
            return f"'{name}' should have keys of its own.", "Indent its parts as 'key: value' lines."
    return f"'{name}': {detail['msg']}.", "Correct it; CONTRIBUTING.md shows the form."
