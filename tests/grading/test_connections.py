"""A gradebook's server allows a hundred connections in all: no step leaves one behind, or holds more than it needs."""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import event, text
from sqlalchemy.pool import Pool

from grading import gradebook, roster_gradebook, settings
from grading.bulk.autograde import autograde
from grading.bulk.feedback import generate
from grading.database import connected
from grading.exports import EXPORTERS
from grading.nbgrader_steps import Steps
from grading.regrading import regrade
from grading.report import reading
from grading.watching import Policy, Watch
from tests.grading import a_class, postgres

CHECK = a_class.CHECK


class Counted:
    """The connections that are open now, and the most that ever were."""

    def __init__(self) -> None:
        self.now = self.most = self.ever = 0
        self._lock = threading.Lock()

    def opened(self, *_: object) -> None:
        with self._lock:
            self.now, self.ever = self.now + 1, self.ever + 1
            self.most = max(self.most, self.now)

    def closed(self, *_: object) -> None:
        with self._lock:
            self.now -= 1


@pytest.fixture
def counted() -> Iterator[Counted]:
    """Counts without the garbage collector, which would close now and then what nobody else does."""
    counting = Counted()
    event.listen(Pool, "connect", counting.opened)
    event.listen(Pool, "close", counting.closed)
    gc.collect()
    gc.disable()
    try:
        yield counting
    finally:
        gc.enable()
        event.remove(Pool, "connect", counting.opened)
        event.remove(Pool, "close", counting.closed)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = a_class.course(tmp_path_factory.mktemp("connections") / "course")
    config = a_class.steps(root, CHECK).config
    for seed in range(4):
        a_class.submit(root, f"t{seed}", CHECK, a_class.by_chance(CHECK, seed))
    autograde(config, CHECK)
    (root / "exchange/victim-services/inbound").mkdir(parents=True)
    return root


def export_all(steps: Steps, root: Path) -> None:
    for name, kind in EXPORTERS.items():
        exporter = kind(config=steps.config)
        exporter.to, exporter.unmarked = str(root / "exported" / name), True
        (root / "exported").mkdir(exist_ok=True)
        with Gradebook(settings.directory(steps.config).db_url, "victim-services") as book:
            exporter._read(book)


WAYS: dict[str, Callable[[Steps, Path], object]] = {
    "make autograde": lambda steps, _: autograde(steps.config, CHECK, force=True),
    "make feedback": lambda steps, _: generate(steps.config, CHECK),
    "make regrade": lambda steps, _: regrade(steps.config, CHECK),
    "make report": lambda _, root: reading.read(root, CHECK),
    "make export": export_all,
    "make watch": lambda steps, _: Watch(steps, [CHECK], Policy()).round(CHECK, datetime.now(UTC)),
    "make roster": lambda _, root: roster_gradebook.known(root),
    "nbgrader generate_assignment": lambda steps, _: steps.generate_assignment(CHECK),
    "nbgrader autograde": lambda steps, _: steps.autograde(CHECK),
    "nbgrader generate_feedback": lambda steps, _: steps.generate_feedback(CHECK),
    "nbgrader export": lambda steps, root: steps.export(root / "grades.csv"),
    "marks by hand": lambda steps, _: steps.mark(CHECK, "t0", a_class.question("written").id, 1.0),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_step_leaves_a_connection_open_or_holds_more_than_a_few(
    graded: Path, tmp_path: Path, counted: Counted, way: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("grading.bulk.pool.PIECE", 1)  # each trainee is read by a query of their own
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    WAYS[way](Steps(root, cache=tmp_path / "cache"), root)
    assert counted.ever > 0
    assert counted.now == 0
    assert counted.most <= 2


def test_a_real_server_sees_none_left_after_reading_a_class_many_times():
    with postgres.server() as url:
        with Gradebook(url, "victim-services"):
            pass
        gc.disable()
        try:
            for _ in range(30):
                assert gradebook.submissions(url) == gradebook.students(url) == []
            with connected(url) as connection:
                open_now = connection.scalar(text("SELECT count(*) FROM pg_stat_activity WHERE datname = 'postgres'"))
        finally:
            gc.enable()
    assert open_now == 1
