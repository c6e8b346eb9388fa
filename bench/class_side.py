"""One side of the grading benchmark, in a process of its own: ``python -m bench.class_side SIDE ROOT COUNT``.

It prints what grading ``COUNT`` submissions took, in seconds and megabytes, without importing and reading the bank.
"""

from __future__ import annotations

import json
import resource
import shutil
import sqlite3
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from bench.pages import SLUG
from grading import bank, settings
from grading.bulk import autograde as bulk
from grading.bulk import feedback
from grading.nbgrader_steps import Steps

_ROWS = "CREATE TABLE {} (id TEXT PRIMARY KEY, a TEXT, b TEXT, c FLOAT, d FLOAT, e FLOAT, f BOOLEAN)"


def main() -> None:
    """Runs the side and prints what it took."""
    side, root, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    run = SIDES[side](root)  # what is prepared here is not counted
    begun = time.perf_counter()
    run()
    seconds = time.perf_counter() - begun
    own, workers = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({"seconds": seconds / count, "megabytes": own + 2 * workers}))


def _bulk(root: Path) -> Callable[[], object]:
    config = settings.load(root)
    bulk.autograde(config, SLUG, force=True, students={"s00000"})  # so that what is read and compiled once, is
    return lambda: bulk.autograde(config, SLUG, force=True)


def _bulk_feedback(root: Path) -> Callable[[], object]:
    config = settings.load(root)
    feedback.generate(config, SLUG, students={"s00000"})
    shutil.rmtree(root / "grading/feedback", ignore_errors=True)
    return lambda: feedback.generate(config, SLUG)


def _nbgrader(root: Path) -> Callable[[], object]:
    steps = Steps(root)
    steps.autograde(SLUG, "s00000")
    return lambda: steps.autograde(SLUG)


def _nbgrader_feedback(root: Path) -> Callable[[], object]:
    steps = Steps(root)
    return lambda: steps.generate_feedback(SLUG)


def _floor(root: Path) -> Callable[[], object]:
    """Reads the same answers, scores them, and writes the bytes and as many rows as grading wrote; nothing else."""
    items = bank.items(SLUG)
    graded = sorted((root / "grading/autograded").glob(f"[!.]*/{SLUG}"))
    made = {folder.parent.name: {path.name: path.read_bytes() for path in folder.iterdir()} for folder in graded}
    to = root / "floor"
    shutil.rmtree(to, ignore_errors=True)

    def run() -> None:
        to.mkdir()
        book = sqlite3.connect(to / "book.db")
        for table in ("submissions", "notebooks", "grades", "comments"):
            book.execute(_ROWS.format(table))
        for student, files in made.items():
            text = (root / "grading/submitted" / student / SLUG / "answers.jsonl").read_text(encoding="utf-8")
            last = {record["id"]: record["given"] for record in map(json.loads, text.splitlines())}
            marks = [(items[id].outcome(last.get(id)).share or 0) * (items[id].marks or 0) for id in items]
            folder = to / student / SLUG
            folder.mkdir(parents=True)
            for name, data in files.items():
                (folder / name).write_bytes(data)
            for table, rows in (
                ("submissions", [0.0]),
                ("notebooks", [0.0]),
                ("grades", [*marks, 0.0]),
                ("comments", [0.0]),
            ):
                book.executemany(
                    f"INSERT INTO {table} VALUES (?,?,?,?,?,?,?)",  # noqa: S608 - the names above
                    [(uuid.uuid4().hex, student, student, score, None, None, False) for score in rows],
                )
        book.commit()
        book.close()

    return run


SIDES: dict[str, Callable[[Path], Callable[[], object]]] = {
    "bulk": _bulk,
    "bulk-feedback": _bulk_feedback,
    "nbgrader": _nbgrader,
    "nbgrader-feedback": _nbgrader_feedback,
    "floor": _floor,
}

if __name__ == "__main__":
    main()
