"""The demonstration, run once for all tests that look at it."""

from __future__ import annotations

import pytest

from tests.running.the_class import TheClass, play


@pytest.fixture(scope="session")
def the_class(tmp_path_factory: pytest.TempPathFactory) -> TheClass:
    base = tmp_path_factory.mktemp("demo")
    return play(base / "die Übung, twelve strong", base / "home")
