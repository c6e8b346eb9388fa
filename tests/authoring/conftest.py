from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.authoring.author import Author

# As in tests/casebook: the time that is needed, and the same examples every time.
settings.register_profile(
    "course",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("course")


@pytest.fixture
def author(small: Path) -> Author:
    """An author with a course of their own to spoil."""
    return Author(small)
