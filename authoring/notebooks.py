"""Notebooks from texts: the same text gives the same bytes, on every machine and Python.

Cell ids are derived (an item's own id, or a hash of the source and a counter), nothing is sorted by
chance, there are no outputs, and the kernel's name is fixed.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from authoring import minutes as timing
from authoring.course import Course, Module
from authoring.markup import Piece, Placed, Words
from casebook.content import FORMAT_VERSION
from casebook.kinds import KINDS

Cell = dict[str, Any]

PAGES = {"start": "00-start", "refresher": "refresher", "glossary": "glossary"}
"""The names of the notebooks that are no module's."""

OBJECTIVES = "**After this lesson, you can:**"
"""What stands above a lesson's objectives."""

HELP = "---\n\n**If you need help, or somebody you serve does:**"
"""What stands at the foot of every page, above the lines of help."""

_LOCKED = {"deletable": False, "editable": False}


def lesson(course: Course, module: Module) -> bytes:
    """A module's teaching notebook."""
    return _notebook(course, "lesson", module.slug, [*_lesson_cells(module), *_help(course, _markdown)])


def _lesson_cells(module: Module) -> list[Cell]:
    minutes, reading = module.entry.minutes, timing.reading(module.lesson)
    return [
        _markdown(
            f"# {module.entry.title}\n\n*About {minutes} minutes, {reading} of them reading. Nothing in it is graded.*"
        ),
        _call("opening", module.slug),
        *_objectives(module),
        *(_lesson_cell(module, piece) for piece in module.lesson),
        _markdown(
            "## The check\n\nWhen you're ready, take "
            f"[the check for this module]({check_folder(module)}/{check_name(module)}.ipynb): about "
            f"{module.entry.check_minutes} minutes, graded."
        ),
    ]


def _objectives(module: Module) -> Iterator[Cell]:
    """What an officer can do after the lesson, where its entry in the list says so."""
    listed = "\n".join(f"- {objective.can}" for objective in module.entry.objectives)
    if listed:
        yield _markdown(f"{OBJECTIVES}\n\n{listed}")


def check(course: Course, module: Module) -> bytes:
    """A module's graded notebook, as nbgrader's source."""
    numbers = {p.id: n for n, p in enumerate((p for p in module.check if isinstance(p, Placed)), start=1)}
    cells = [
        _page_only(f"# {_title(module)}\n\n*About {module.entry.check_minutes} minutes.*"),
        _call("opening", module.slug),
    ]
    level, words = "##", _page_only  # what comes before the first heading or question tells how to go about it
    for piece in module.check:
        if isinstance(piece, Placed):
            words = _markdown
            cells.append(_markdown(f"{level} Question {numbers[piece.id]} of {len(numbers)}"))
            cells += _graded(module, piece)
        else:
            # No level of headings may be left out: the questions stand under a section, where there is one.
            if piece.source.startswith("## "):
                level, words = "###", _markdown
            cells.append(words(piece.source))
    cells += [_page_only(_SUBMIT), _call("handing_in", module.slug), *_help(course, _page_only)]
    cells.append(_comments(module.slug))
    return _notebook(course, "check", module.slug, cells)


def page(course: Course, name: str) -> bytes:
    """A page that is no module's: the one that a trainee begins at, or the refresher."""
    headings = {"start": f"# {course.about.title}\n\n*{course.about.subtitle}*", "glossary": "# What the words mean"}
    cells = [_markdown(headings.get(name, "# Refresher"))]
    for piece in course.pages[name].text:
        cells.append(_markdown(piece.source) if isinstance(piece, Words) else _call(piece.name))
    return _notebook(course, name, name, [*cells, *_help(course, _markdown)])


def _help(course: Course, words: Callable[[str], Cell]) -> Iterator[Cell]:
    """Whom a trainee, or somebody they serve, can turn to, where the course says so."""
    listed = "\n".join(f"- {entry.who}: **{entry.how}**" for entry in course.about.help)
    if listed:
        yield words(f"{HELP}\n\n{listed}")


def lesson_name(module: Module) -> str:
    """The file name of a lesson, without its ending."""
    return f"{module.number:02}-{module.slug}"


def check_name(module: Module) -> str:
    """The file name of a check, without its ending."""
    return f"{module.slug}-check"


def check_folder(module: Module) -> str:
    """nbgrader's name of a check, which is the folder it is fetched into."""
    return module.slug


_SUBMIT = """\
## When you have finished

Look back over anything you were unsure of. Then finish the check here."""

_BY_HAND = "*Graded by your instructor.*"

_COMMENTS = """\
**Comments on the whole check.** Your instructor may write here. You'll find it on your feedback page."""


def _lesson_cell(module: Module, piece: Piece) -> Cell:
    if isinstance(piece, Placed):
        return _call(piece.name, module.slug, *filter(None, [piece.id]))
    cell = _markdown(piece.source)
    if piece.teaches:
        cell["metadata"]["casebook"] = {"teaches": list(piece.teaches)}
    return cell


def _title(module: Module) -> str:
    """The title of a check's page."""
    return f"Check: {module.entry.title}" if module.has_lesson else module.entry.title


def _graded(module: Module, placed: Placed) -> list[Cell]:
    """The widget's call, and what nbgrader grades: the same cell, or a task where an instructor marks by hand.

    nbgrader knows an item by its id, and a slot, whose variants are all worth the same, by the slot's.
    """
    slug, grade_id = module.slug, placed.id
    item = next(item for item in module.bank.items if grade_id in (item.slot, item.id))
    cell = _call(placed.name, slug, grade_id)
    if KINDS[item.kind].manual:
        return [cell, _task(grade_id, _BY_HAND, item.marks)]
    hidden = f'### BEGIN HIDDEN TESTS\nimport grading; grading.score("{slug}", "{grade_id}")\n### END HIDDEN TESTS'
    cell["source"] = f"{cell['source']}\n{hidden}"
    cell["id"] = grade_id[:64]
    cell["metadata"]["nbgrader"] = _nbgrader(grade_id, grade=True, locked=True, points=item.marks)
    return [cell]


def _comments(slug: str) -> Cell:
    """A cell for the instructor's comments: nbgrader keeps comments with tasks and written answers alone."""
    return _task(f"{slug}-comments", _COMMENTS, 0)


def _task(grade_id: str, source: str, points: float | None) -> Cell:
    cell = _markdown(source)
    cell["metadata"]["nbgrader"] = _nbgrader(grade_id, locked=True, task=True, points=points)
    return cell


def _nbgrader(
    grade_id: str,
    *,
    grade: bool = False,
    task: bool = False,
    locked: bool = False,
    points: float | None = None,
) -> dict[str, Any]:
    flags: dict[str, Any] = {"grade": grade, "grade_id": grade_id, "locked": locked}
    flags |= {"schema_version": 3, "solution": False, "task": task}
    return flags if points is None else {**flags, "points": points}


def _markdown(source: str) -> Cell:
    return {"cell_type": "markdown", "metadata": dict(_LOCKED), "source": source}


def _page_only(source: str) -> Cell:
    """Words for whoever answers a check; its feedback page leaves them out."""
    cell = _markdown(source)
    cell["metadata"]["casebook"] = {"page_only": True}
    return cell


def _call(name: str, *arguments: str) -> Cell:
    source = f"import casebook; casebook.{name}({', '.join(json.dumps(a) for a in arguments)})"
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {**_LOCKED, "jupyter": {"source_hidden": True}},
        "outputs": [],
        "source": source,
    }


def teaching(module: Module) -> Iterator[tuple[str, Words]]:
    """The parts of a lesson that teach something, each with its cell's id."""
    cells = named(_lesson_cells(module))
    # The cells of the text stand in its order, between those that are added before and behind.
    for cell in cells:
        for piece in module.lesson:
            if isinstance(piece, Words) and piece.teaches and piece.source == cell["source"]:
                yield cell["id"], piece
                break


def named(cells: list[Cell]) -> list[Cell]:
    """The cells with ids: an item's own, or a hash of the source and a counter."""
    seen: Counter[str] = Counter()
    for cell in cells:
        if "id" not in cell:
            digest = hashlib.sha256(cell["source"].encode()).hexdigest()[:12]
            seen[digest] += 1
            cell["id"] = f"{digest}-{seen[digest]}"
    return cells


def _notebook(course: Course, role: str, slug: str, cells: list[Cell]) -> bytes:
    for cell in named(cells):
        cell["source"] = cell["source"].splitlines(keepends=True)
    notebook = {
        "cells": cells,
        "metadata": {
            "casebook": {"format_version": FORMAT_VERSION, "module": slug, "role": role},
            "kernelspec": {"display_name": "Course", "language": "python", "name": "casebook"},
            "language_info": {"name": "python"},
            "title": course.about.title,
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return as_json(notebook)


def as_json(data: object) -> bytes:
    """``data`` as the course writes JSON: sorted, indented by one, UTF-8, one line end."""
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
