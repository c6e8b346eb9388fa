"""Scenarios and graded items for a Jupyter course: the trainee's side.

A course notebook holds one-line calls of these and nothing else; each returns a widget.
"""

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
