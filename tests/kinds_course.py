"""A course of one module that is made of every kind's own example, for practice and graded."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from authoring import build, course
from casebook import records
from casebook.kinds import KINDS
from casebook.kinds.base import Item

ROOT = Path(__file__).resolve().parent.parent
SLUG = "kinds"
LESSON = f"01-{SLUG}.ipynb"
CHECK = f"{SLUG}/{SLUG}-check.ipynb"
MARKS = 2.0


def practice(name: str) -> Item:
    """The practice item of a kind."""
    return replace(KINDS[name].examples()[0], id=f"kinds-p-{name}")


def graded(name: str) -> Item:
    """The graded item of a kind, worth :data:`MARKS`."""
    return replace(KINDS[name].examples()[0], id=f"kinds-{name}", marks=MARKS)


def make(root: Path) -> Path:
    """Writes the course into the new folder ``root``, and everything that is generated of it."""
    items = [(practice(name), graded(name)) for name in KINDS]
    content = root / "course/content"
    _write(content / "start/lesson.md", "Begin.\n\n:::{review}\n:::\n\n:::{modules}\n:::\n\n:::{certificate}\n:::\n")
    _write(content / "refresher/lesson.md", "Again.\n\n:::{refresh}\n:::\n")
    practised = _placed("practice", [one.id for one, _ in items])
    _write(content / SLUG / "lesson.md", f"## Practice\n\n{practised}\n:::{{partners}}\n:::\n")
    _write(content / SLUG / "check.md", _placed("item", [one.id for _, one in items]))
    _yaml(content / SLUG / "practice.yml", items=[records.dump(one) for one, _ in items])
    _yaml(root / f"grading/bank/{SLUG}.yml", items=[records.dump(one) for _, one in items])
    points = sorted({point for one, _ in items for part in (one, *one.parts()) for point in part.points})
    _yaml(
        root / "course/points.yml",
        points=[{"id": point, "part": "Kinds", "name": f"About {point}", "text": "It is so."} for point in points],
    )
    module = {"slug": SLUG, "title": "Every kind", "minutes": 5, "check_minutes": 3, "ready": True}
    _yaml(
        root / "course/course.yml",
        title="A course of kinds",
        subtitle="Only tests use it",
        pass_mark=0.5,
        contact_hours=1,
        modules=[module],
    )
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "exchange").mkdir()
    build.write(course.read(root))
    return root


def _placed(directive: str, ids: list[str]) -> str:
    return "\n".join(f":::{{{directive}}} {id}\n:::\n" for id in ids)


def _yaml(path: Path, **data: Any) -> None:
    # JSON is YAML too.
    _write(path, json.dumps({"format_version": 1, **data}, indent=1, ensure_ascii=False))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
