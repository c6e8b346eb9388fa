"""The tiny course's items, keys and all, for tests of grading."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebook.kinds.base import Item
from grading import bank
from grading.nbgrader_steps import Steps


@pytest.fixture(scope="session")
def items(small_built: Path) -> dict[str, Item]:
    return bank.items("tiny", small_built)


@pytest.fixture(scope="session")
def tiny_ready(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course whose gradebook knows its check; copy it before you change it."""
    root = Path(shutil.copytree(small_built, tmp_path_factory.mktemp("tiny-ready") / "course"))
    Steps(root).generate_assignment("tiny")
    return root


@pytest.fixture
def tiny_bank(small_built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bank, the points and the course that grading looks up are the tiny course's."""
    items = {module: bank.items(module, small_built) for module in ("tiny", "last")}
    points, course = bank.points(small_built), bank.course(small_built)
    monkeypatch.setattr(bank, "items", lambda module, _root=None: items[module])
    monkeypatch.setattr(bank, "points", lambda _root=None: points)
    monkeypatch.setattr(bank, "course", lambda _root=None: course)
