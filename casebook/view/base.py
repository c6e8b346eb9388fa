"""What all views share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from casebook.content import Point

View: TypeAlias = dict[str, Any]
"""What a panel shows, as data that can be sent."""


def point_views(ids: Iterable[str], points: Mapping[str, Point]) -> list[View]:
    """Teaching points as a page names them, in the course's order; unknown ones are left out."""
    wanted = set(ids)
    return [{"name": p.name, "text": p.text} for key, p in points.items() if key in wanted]
