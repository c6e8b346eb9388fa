from __future__ import annotations

import pytest

from authoring.rules import leftovers
from tests.authoring.author import Author


@pytest.mark.parametrize("name", ["lesson.md", "practice.yml", "scenarios/a-story.yml"])
def test_what_only_a_lesson_has_is_left_over_in_the_final(author: Author, name: str):
    path = author.root / "course/content/last" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("Nobody sees this.", encoding="utf-8")
    (problem,) = author.problems(leftovers.check)
    assert (problem.file, problem.what) == (path, "The final has no lesson, so nobody sees this.")
