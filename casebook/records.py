"""Compiled content (JSON) to frozen dataclasses.

Content is checked in full when it is built; what is read here is only shaped. A record that does
not fit (a damaged or tampered file) raises :class:`NotShaped` with the place.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


class NotShaped(ValueError):
    """The data do not have the record's shape; the message names the place."""


def load(kind: type[T], data: object, place: str = "content") -> T:
    """``data`` (from JSON) as ``kind``, a dataclass; nested dataclasses, tuples and dicts follow."""
    return typing.cast(T, _shape(kind, data, place))


def dump(record: Any) -> Any:
    """``record`` as JSON data, without what only repeats a default."""
    if dataclasses.is_dataclass(record):
        fields = {f.name: f for f in dataclasses.fields(record)}
        values = {name: getattr(record, name) for name in fields}
        return {k: dump(v) for k, v in values.items() if not _is_default(fields[k], v)}
    if isinstance(record, tuple | list):
        return [dump(value) for value in record]
    if isinstance(record, dict):
        return {key: dump(value) for key, value in record.items()}
    return record


def _is_default(field: dataclasses.Field[Any], value: object) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default)
    if field.default_factory is not dataclasses.MISSING:
        return bool(value == field.default_factory())
    return False


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _shape(kind: Any, data: object, place: str) -> object:
    if dataclasses.is_dataclass(kind):
        return _record(typing.cast(type, kind), data, place)
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(kind), data, place)
    if origin is tuple:
        return _many(typing.get_args(kind)[0], data, place)
    if origin is dict:
        return _mapping(typing.get_args(kind)[1], data, place)
    if origin is typing.Literal:
        kind = str
    if kind is float and type(data) is int:
        return data
    if type(data) is not kind:
        raise NotShaped(f"{place}: {_name(kind)} expected")
    return data


def _record(kind: type, data: object, place: str) -> object:
    if not isinstance(data, dict):
        raise NotShaped(f"{place}: an object expected")
    hints = _hints(kind)
    unknown = data.keys() - hints.keys()
    if unknown:
        raise NotShaped(f"{place}: nothing is called {sorted(unknown)[0]!r} here")
    values = {name: _shape(hints[name], value, f"{place}.{name}") for name, value in data.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise NotShaped(f"{place}: {error}") from None


def _union(kinds: tuple[Any, ...], data: object, place: str) -> object:
    for kind in kinds:
        if kind is types.NoneType:
            if data is None:
                return None
            continue
        try:
            return _shape(kind, data, place)
        except NotShaped:
            continue
    raise NotShaped(f"{place}: no such form is known")


def _many(kind: Any, data: object, place: str) -> object:
    if not isinstance(data, list):
        raise NotShaped(f"{place}: a list expected")
    return tuple(_shape(kind, value, f"{place}[{n}]") for n, value in enumerate(data))


def _mapping(kind: Any, data: object, place: str) -> object:
    if not isinstance(data, dict):
        raise NotShaped(f"{place}: an object expected")
    return {str(key): _shape(kind, value, f"{place}.{key}") for key, value in data.items()}


def _name(kind: Any) -> str:
    return {str: "text", int: "a whole number", bool: "true or false", float: "a number"}.get(kind, str(kind))
