from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.author import Author


@pytest.fixture
def author(small: Path) -> Author:
    """An author with a course of their own to spoil."""
    return Author(small)
