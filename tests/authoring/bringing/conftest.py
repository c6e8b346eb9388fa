from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.author import Author
from tests.authoring.bringing.editor import Editor


@pytest.fixture
def author(small: Path) -> Author:
    """An author with a course of their own."""
    return Author(small)


@pytest.fixture
def lesson(small: Path, tmp_path: Path) -> Editor:
    """Somebody with a copy of the tiny lesson open in JupyterLab."""
    return Editor(small, small / "course/modules/02-tiny.ipynb", tmp_path / "copy.ipynb")


@pytest.fixture
def check(small: Path, tmp_path: Path) -> Editor:
    """Somebody with a copy of the tiny check open in JupyterLab."""
    return Editor(small, small / "course/source/tiny/tiny-check.ipynb", tmp_path / "copy.ipynb")
