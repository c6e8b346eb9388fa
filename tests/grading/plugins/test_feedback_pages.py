"""nbgrader's feedback step makes the course's own page."""

from __future__ import annotations

from typing import Any

from nbformat.v4 import new_code_cell, new_notebook, new_output

from grading import feedback
from grading.plugins.feedback_pages import FeedbackExporter


def test_nbgraders_resources_are_handed_on():
    about: dict[str, Any] = {"assignment": "tiny", "student": "amara", "score": 3.5, "max_score": 5}
    cell = new_code_cell(outputs=[new_output("execute_result", {"text/plain": "1.5", "text/html": "<p>why</p>"})])
    cell.metadata["nbgrader"] = {"grade": True, "grade_id": "tiny-return", "score": 1.5, "points": 3}
    exporter = FeedbackExporter()
    exporter._preprocessors = []
    html, resources = exporter.from_notebook_node(
        new_notebook(cells=[cell]), {"nbgrader": about, "unique_key": "tiny-check"}
    )
    assert html == feedback.page(new_notebook(cells=[cell]), about)
    assert resources["unique_key"] == "tiny-check"
    assert resources["output_extension"] == ".html"
