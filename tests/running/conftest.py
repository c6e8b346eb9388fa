"""The demonstration, run once for all tests that look at it: of the course of kinds, and of the real course."""

from __future__ import annotations

import pytest

from tests import kinds_course
from tests.running.the_class import TheClass, play


@pytest.fixture(scope="session")
def the_class(tmp_path_factory: pytest.TempPathFactory) -> TheClass:
    """The class at the check of every kind."""
    base = tmp_path_factory.mktemp("demo")
    return play(base / "die Übung, twelve strong", base / "home", kinds_course.make(base / "course"))


@pytest.fixture(scope="session")
def real_class(tmp_path_factory: pytest.TempPathFactory) -> TheClass:
    """The class at every check of the real course."""
    base = tmp_path_factory.mktemp("real-demo")
    return play(base / "demo", base / "home")
