"""The thirty items that both sides show: the course's own, and then the first of them once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from authoring import course
from casebook.kinds.options import OptionsItem

COUNT = 30


def of_course(root: Path) -> list[OptionsItem]:
    """Every single-choice and choose-several item of the course in ``root``, practice first."""
    modules = course.read(root).modules
    listed = [item for module in modules for item in (*module.practice.items, *module.bank.items)]
    return [item for item in listed if isinstance(item, OptionsItem)]


def thirty(items: Sequence[OptionsItem]) -> list[OptionsItem]:
    """``items`` as practice items with identifiers of their own, repeated until there are :data:`COUNT`."""
    return [
        replace(
            item, id=f"bench-{n:02}", stem=_stem(item.stem, n > len(items)), marks=None, reviewed_by=None, slot=None
        )
        for n, item in enumerate(islice(cycle(items), COUNT), start=1)
    ]


def _stem(stem: str, again: bool) -> str:
    return f"Once more: {stem}" if again else stem
