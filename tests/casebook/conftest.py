"""The tiny course as it is built, for what plays it."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def lesson_folder(small: Path) -> Path:
    """Where the tiny lesson's notebook lies."""
    return small / "course/modules"


@pytest.fixture
def check_folder(small: Path) -> Path:
    """Where the tiny check's notebook lies."""
    return small / "course/source/tiny"
