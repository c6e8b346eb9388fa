from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.author import COURSE, Author


@pytest.fixture
def author(small: Path) -> Author:
    """An author whose module is a draft, without the texts that would place anything."""
    author = Author(small)
    author.writes(COURSE, "ready: true", "ready: false")
    for text in ("lesson.md", "check.md"):
        (small / "course/content/tiny" / text).unlink()
    return author
