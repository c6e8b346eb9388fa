"""Scenarios and graded items for a Jupyter course: the trainee's side.

A course notebook holds one-line calls of these and nothing else; each returns a widget.
"""

from casebook.calls import item, opening, practice, scenario

__all__ = ["item", "opening", "practice", "scenario"]
