"""The instructor's notebook, ``grading/report.ipynb``: words and a line of code for each part of the report."""

from __future__ import annotations

from pathlib import Path

from authoring import notebooks
from authoring.course import Course
from authoring.notebooks import Cell

PAGE = Path("grading/report.ipynb")

_OPENING = """\
# The class report: {title}

*Run all cells. This shows one class's names and results, and the answer keys. Treat the notebook like a personnel
file, and clear its outputs before you pass it on. `make report` writes the same report as a page to print.
`course/guide/report.md` explains how to read it.*"""

_CALLS = (
    ("What this is, and what comes first.", "holds()"),
    ("The checks: scores, who hasn't handed them in, what's waiting for you.", "checks()"),
    ("What the class doesn't understand yet, the weakest first.", "points()"),
    ("Which trainees chose something unsafe.", "safety()"),
    ("Which trainees need help, and with what.", "needs()"),
    ("How the questions did, and which to look at.", "questions()"),
    ("What the class decided in graded stories.", "decisions()"),
    ("How far you can trust the scores.", "reliability()"),
    ("What stands out in how answers were handed in.", "looks()"),
    ("What no expert has reviewed.", "reviews()"),
    ("Formulas and sources.", "sources()"),
    (
        "To dig deeper on your own: the class as pandas frames. They are `checks`, `asked`, `chosen`, `points`, "
        "`unsafe` and `taken`; `report.reread()` reads the class again.",
        'frame("checks").head()',
    ),
)


def page(course: Course) -> bytes:
    """The notebook; the same course gives the same bytes."""
    cells = [_words(_OPENING.format(title=course.about.title)), _code("from grading.report import notebook as report")]
    for words, call in _CALLS:
        cells += [_words(words), _code(f"report.{call}")]
    for cell in notebooks.named(cells):
        cell["source"] = cell["source"].splitlines(keepends=True)
    metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "title": f"The class report: {course.about.title}",
    }
    return notebooks.as_json({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def _words(source: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str) -> Cell:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
