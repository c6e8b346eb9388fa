"""Property tests take the time they need, and the same examples every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "course",
    deadline=None,  # a busy machine is no failure
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("course")


@pytest.fixture
def lesson_folder(small: Path) -> Path:
    """Where the tiny lesson's notebook lies."""
    return small / "course/modules"


@pytest.fixture
def check_folder(small: Path) -> Path:
    """Where the tiny check's notebook lies."""
    return small / "course/source/tiny"
