"""Conditions of a story: ``trust >= 2 and not leaked``.

Names are what the story carries; there are numbers, ``true`` and ``false``, comparisons, ``and``,
``or``, ``not`` and brackets, and nothing else: no call, no attribute, nothing that runs.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

Value: TypeAlias = int | float | bool

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
    return bool(_value(_parsed(condition), carried))


def names(condition: str) -> set[str]:
    """The names that ``condition`` asks about."""
    found = {node.id for node in ast.walk(_parsed(condition)) if isinstance(node, ast.Name)}
    return found - _WORDS.keys()


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


def _value(node: ast.expr, carried: Mapping[str, Value]) -> Value:
    match node:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.Name(id=name):
            return _WORDS[name] if name in _WORDS else _carried(name, carried)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _value(operand, carried)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, carried)
        case ast.BoolOp(op=op, values=values):
            join = all if isinstance(op, ast.And) else any
            return join(_value(value, carried) for value in values)
        case ast.Compare(left=left, ops=ops, comparators=rights):
            return _compare(_value(left, carried), ops, [_value(right, carried) for right in rights])
    raise BadCondition("only names, numbers, comparisons, and, or, not may be used")


def _carried(name: str, carried: Mapping[str, Value]) -> Value:
    if name not in carried:
        raise BadCondition(f"the story carries nothing called {name!r}")
    return carried[name]


def _compare(left: Value, ops: list[ast.cmpop], rights: list[Value]) -> bool:
    for op, right in zip(ops, rights, strict=True):
        if not _COMPARE[type(op)](left, right):
            return False
        left = right
    return True
