"""How the report says numbers. Pure."""

from __future__ import annotations

import math

NOTHING = "-"


def percent(share: float | None) -> str:
    """A share in whole percent; a dash where there is none."""
    return NOTHING if share is None or math.isnan(share) else f"{100 * share:.0f}%"


def number(value: float | None, digits: int = 2) -> str:
    """A number with so many digits after the point; a dash where there is none. No minus before a zero."""
    if value is None or math.isnan(value):
        return NOTHING
    said = f"{value:.{digits}f}"
    return said.lstrip("-") if float(said) == 0 else said


def marks(value: float) -> str:
    """Marks, without digits that say nothing."""
    return f"{round(value, 2):g}"


def between(bounds: tuple[float, float] | None) -> str:
    """An interval in words."""
    return NOTHING if bounds is None else f"{number(bounds[0])} to {number(bounds[1])}"


def of(found: int, all_of: int) -> str:
    """A count with its share: "12 (40%)"."""
    return f"{found:,} ({percent(found / all_of)})" if all_of else f"{found:,}"


def counted(found: int, one: str, more: str = "") -> str:
    """A count with its noun."""
    return f"{found:,} {one if found == 1 else more or one + 's'}"


def time(seconds: float | None) -> str:
    """Seconds as a reader says them."""
    if seconds is None:
        return NOTHING
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.1f} min"


def short(words: str, most: int = 90) -> str:
    """The beginning of a text, cut between words."""
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0] + " …"
