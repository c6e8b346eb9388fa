"""The two notebooks: a tiny course of ours, and the same items as core controls. Files only; nothing is run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from authoring import build, course
from authoring.notebooks import as_json
from bench import core
from casebook import records
from casebook.kinds.base import Item
from casebook.kinds.options import OptionsItem
from casebook.prose import to_html, to_text

ROOT = Path(__file__).resolve().parent.parent
SLUG = "bench"
OURS = f"01-{SLUG}.ipynb"
CORE = "core.ipynb"


def write_course(root: Path, items: Sequence[OptionsItem], graded: Sequence[Item] = ()) -> None:
    """A course of one module into the new folder ``root``: its lesson is the items, each as practice.

    Its check asks ``graded``; without any, one item, for a module has a check.
    """
    content = root / "course/content"
    _write(content / "start/lesson.md", "Begin.\n\n:::{modules}\n:::\n")
    _write(content / "refresher/lesson.md", "Refresh.\n")
    _write(content / SLUG / "lesson.md", _placed("practice", [item.id for item in items]))
    _yaml(content / SLUG / "practice.yml", items=[records.dump(item) for item in items])
    one = {**records.dump(items[0]), "id": "bench-check", "marks": 1, "basis": "section"}
    asked = [records.dump(item) for item in graded] or [one]
    _write(content / SLUG / "check.md", _placed("item", [str(item["id"]) for item in asked]))
    _yaml(root / f"grading/bank/{SLUG}.yml", items=asked)
    _yaml(
        root / "course/course.yml",
        title="The benchmark",
        subtitle="Only 'make bench' uses it",
        pass_mark=0.5,
        modules=[{"slug": SLUG, "title": "Thirty items", "minutes": 30, "check_minutes": 1, "ready": True}],
    )
    shutil.copy(ROOT / "course/points.yml", root / "course")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "exchange").mkdir()
    build.write(course.read(root))


def write_core(folder: Path, items: Sequence[OptionsItem]) -> None:
    """The core controls' notebook and its texts, into ``folder``."""
    (folder / core.FILE).write_bytes(as_json({item.id: core_texts(item) for item in items}))
    (folder / CORE).write_bytes(as_json(core_notebook([item.id for item in items])))


def core_texts(item: OptionsItem) -> dict[str, Any]:
    """What the core side shows of an item: its case and stem as HTML, its options' words and feedback."""
    return {
        "several": item.kind == "several",
        "stem": to_html(f"{item.case or ''}\n\n{item.stem}"),
        "options": [{"text": to_text(o.text), "feedback": to_html(o.feedback)} for o in item.options],
    }


def core_notebook(ids: Sequence[str]) -> dict[str, Any]:
    """A notebook with a cell for each item, in the course's own kernel, so that both kernels are alike."""
    return {
        "cells": [_cell(id) for id in ids],
        "metadata": {
            "kernelspec": {"display_name": "Course", "language": "python", "name": "casebook"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(item_id: str) -> dict[str, Any]:
    source = f'from bench import core; core.item("{item_id}")'
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": item_id,
        "metadata": {},
        "outputs": [],
        "source": [source],
    }


def _placed(directive: str, ids: Sequence[str]) -> str:
    return "\n".join(f":::{{{directive}}} {id}\n:::\n" for id in ids)


def _yaml(path: Path, **data: Any) -> None:
    # JSON is YAML too.
    _write(path, json.dumps({"format_version": 1, **data}, indent=1, ensure_ascii=False))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
