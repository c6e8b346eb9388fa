"""Graded submissions with all that a verdict goes by: points from the gradebook, choices from the graded notebook."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from traitlets.config import Config

from grading import gradebook, settings, verdict
from grading.gradebook import Submission
from grading.verdict import UnsafeChoice


def submissions(config: Config, module: str | None = None, among: Sequence[str] | None = None) -> list[Submission]:
    """What :func:`gradebook.submissions` finds, each with the unsafe choices in what was graded."""
    return with_choices(config, gradebook.submissions(settings.directory(config).db_url, module, among))


def with_choices(config: Config, found: Iterable[Submission]) -> list[Submission]:
    """The submissions, each with the unsafe choices in its graded notebook."""
    return [replace(one, unsafe=_choices(config, one)) for one in found]


def _choices(config: Config, one: Submission) -> tuple[UnsafeChoice, ...]:
    folder = settings.folder(config, "autograded", one.module, one.student)
    return verdict.in_cells(_cells(folder / f"{one.module}-check.ipynb"))


def _cells(path: Path) -> Iterator[Mapping[str, Any]]:
    """The cells of a graded notebook; none where there is none (nbgrader then counts it as not graded)."""
    try:
        yield from json.loads(path.read_bytes())["cells"]
    except FileNotFoundError:
        return
