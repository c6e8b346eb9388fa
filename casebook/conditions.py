"""Conditions of a story: ``trust >= 2 and not leaked``.

Names are what the story carries; there are numbers, ``true`` and ``false``, comparisons, ``and``,
``or``, ``not`` and brackets, and nothing else: no call, no attribute, nothing that runs.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

Value: TypeAlias = int | float | bool
Meaning: TypeAlias = Callable[[Mapping[str, Value]], Value]

_COMPARE: dict[type[ast.cmpop], Callable[[Value, Value], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_WORDS = {"true": True, "false": False}


class BadCondition(ValueError):
    """The condition cannot be read; the message says what is wrong with it."""


def holds(condition: str, carried: Mapping[str, Value]) -> bool:
    """Whether ``condition`` is true of what is ``carried``."""
    return bool(_read(condition)(carried))


def names(condition: str) -> set[str]:
    """The names that ``condition`` asks about."""
    found = {node.id for node in ast.walk(_parsed(condition)) if isinstance(node, ast.Name)}
    return found - _WORDS.keys()


def renamed(condition: str, to: Mapping[str, str]) -> str:
    """``condition`` with the names in ``to`` in place of its own."""
    return re.sub(r"\b[^\W\d]\w*", lambda found: to.get(found[0], found[0]), condition)


@cache
def _read(condition: str) -> Meaning:
    return _meaning(_parsed(condition))


@cache
def _parsed(condition: str) -> ast.expr:
    """The condition as a tree of which every part can be decided."""
    try:
        tree = ast.parse(condition.strip(), mode="eval").body
        readable = len(list(ast.walk(tree))) <= _MOST_PARTS and all(map(_allowed, ast.walk(tree)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadCondition(f"{condition!r} is not a condition like 'trust >= 2 and not leaked'") from None
    if not readable:
        raise BadCondition(f"{condition!r}: only names, numbers, comparisons, and, or, not may be used")
    return tree


_MOST_PARTS = 200
_ALLOWED = (ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.Name, ast.Load)


def _allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float)
    return isinstance(node, _ALLOWED) or type(node) in _COMPARE


def _meaning(node: ast.expr) -> Meaning:
    """What ``node`` comes to, as a function of what is carried: read once, and asked of very many states."""
    match node:
        case ast.Constant(value=int() | float() as value):
            return lambda _carried: value
        case ast.Name(id=name):
            return _word(_WORDS[name]) if name in _WORDS else _name(name)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            denied = _meaning(operand)
            return lambda carried: not denied(carried)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            turned = _meaning(operand)
            return lambda carried: -turned(carried)
        case ast.BoolOp(op=op, values=values):
            join, parts = (all if isinstance(op, ast.And) else any), [_meaning(value) for value in values]
            return lambda carried: join(part(carried) for part in parts)
        case ast.Compare(left=left, ops=ops, comparators=rights):
            pairs = [(_COMPARE[type(op)], _meaning(right)) for op, right in zip(ops, rights, strict=True)]
            return _comparison(_meaning(left), pairs)
    raise BadCondition("only names, numbers, comparisons, and, or, not may be used")


def _word(value: bool) -> Meaning:
    return lambda _carried: value


def _name(name: str) -> Meaning:
    def carried_value(carried: Mapping[str, Value]) -> Value:
        if name not in carried:
            raise BadCondition(f"the story carries nothing called {name!r}")
        return carried[name]

    return carried_value


def _comparison(first: Meaning, pairs: list[tuple[Callable[[Value, Value], bool], Meaning]]) -> Meaning:
    def compared(carried: Mapping[str, Value]) -> Value:
        left = first(carried)
        for compare, meaning in pairs:
            right = meaning(carried)
            if not compare(left, right):
                return False
            left = right
        return True

    return compared
