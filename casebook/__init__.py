"""Scenarios and graded items for a Jupyter course: the trainee's side.

A course notebook holds one-line calls of these and nothing else; each returns a widget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casebook.calls import (
        aid,
        aids,
        certificate,
        handing_in,
        item,
        modules,
        opening,
        partners,
        practice,
        refresh,
        review,
        scenario,
        slot,
    )

__all__ = [
    "aid",
    "aids",
    "another",
    "certificate",
    "handing_in",
    "item",
    "modules",
    "opening",
    "partners",
    "practice",
    "refresh",
    "review",
    "scenario",
    "slot",
]


def __getattr__(name: str) -> Any:
    # Widgets take half a CPU second to import. Grading imports this package, too, and shows none.
    if name in __all__:
        from casebook import calls

        return getattr(calls, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
