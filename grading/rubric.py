"""What marks mean: the level of a rubric that an instructor chose when they gave them."""

from __future__ import annotations

from casebook.kinds.written import Level, WrittenItem


def level_of(item: WrittenItem, marks: float) -> Level:
    """The level of ``item``'s rubric that ``marks`` reach: the highest that is not worth more than they are.

    An instructor may give any marks, also such as lie between two levels, or above them (extra credit); below all
    levels, it is the lowest. Raises ValueError for an item that has no rubric, as one for practice.
    """
    if not item.rubric:
        raise ValueError(f"{item.id} doesn't have a rubric, so nobody can grade it.")
    reached = [level for level in item.rubric if level.marks <= marks]
    if not reached:
        return min(item.rubric, key=_worth)
    return max(reached, key=_worth)


def _worth(level: Level) -> float:
    return level.marks
