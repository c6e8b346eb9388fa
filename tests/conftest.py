"""What every test may use: the tiny course, built in a folder of its own."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from nbgrader import api

from authoring import build

ROOT = Path(__file__).resolve().parent.parent

# Property tests take the time they need (a busy machine is no failure), and the same examples every time.
settings.register_profile(
    "course",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("course")

# nbgrader asks a program for its newest schema, half a second for each new gradebook. The answer is always the same.
api.get_alembic_version = functools.cache(api.get_alembic_version)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in the last lines what was not tested, and how to have it tested."""
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []) if report.longrepr}
    for reason in sorted(reason for reason in reasons if "No Chromium" in reason):
        terminalreporter.write_line(f"The browser tests did not run. {reason.removeprefix('Skipped: ')}", red=True)


@pytest.fixture(scope="session")
def small_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course with everything generated; read it only."""
    root = tmp_path_factory.mktemp("course-small") / "course"
    shutil.copytree(ROOT / "tests/course_small", root)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "exchange").mkdir()
    build.update(root)
    return root


@pytest.fixture
def small(small_built: Path, tmp_path: Path) -> Path:
    """A copy of the tiny course for one test to change."""
    root = tmp_path / "small"
    shutil.copytree(small_built, root)
    return root
