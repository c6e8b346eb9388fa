"""JSON to plain data, and plain data to frozen dataclasses.

Content is checked in full when it is built; what is read here is only shaped. A record that does
not fit (a damaged or tampered file) raises :class:`NotShaped` with the place.
"""

from __future__ import annotations

import dataclasses
import json
import re
import types
import typing
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")

LARGEST = 2**53
"""No number in a file is larger: up to here every program reads whole numbers alike, and sums stay finite."""
DEEPEST = 64
"""So many lists and objects lie in one another at most; the course's own content has about twenty."""


class NotShaped(ValueError):
    """The data do not have the record's shape; the message names the place."""


def decoded(data: bytes) -> Any:
    """The JSON in ``data``, whoever wrote it, as data that nothing which reads it can trip over.

    Raises :class:`NotShaped` where it is no JSON in UTF-8, nests too deeply, or holds NaN, an infinity or a larger
    number than :data:`LARGEST`. Half a character (an unpaired surrogate) becomes a question mark.
    """
    try:
        text = data.decode("utf-8")
        found = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise NotShaped(str(error)) from None
    if text.count("[") + text.count("{") > DEEPEST and _is_deeper(found, DEEPEST):
        raise NotShaped("it nests too deeply")
    return _whole(found) if _HALF.search(text) else found


def _number(kind: type[int] | type[float]) -> Callable[[str], float]:
    def read(digits: str) -> float:
        number = kind(digits)
        if not -LARGEST <= number <= LARGEST:
            raise ValueError(f"{digits[:20]} is too large a number")
        return number

    return read


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")


_DECODER = json.JSONDecoder(parse_int=_number(int), parse_float=_number(float), parse_constant=_refuse)
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def _is_deeper(data: object, most: int) -> bool:
    inner: Iterable[object] = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return isinstance(data, dict | list) and (most == 0 or any(_is_deeper(one, most - 1) for one in inner))


def _whole(data: object) -> object:
    if isinstance(data, str):
        return data.encode("utf-8", errors="replace").decode("utf-8")
    if isinstance(data, list):
        return [_whole(one) for one in data]
    if isinstance(data, dict):
        return {_whole(key): _whole(value) for key, value in data.items()}
    return data


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
