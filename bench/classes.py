"""Grading a class, beside stock nbgrader and beside the least that could be done: the same submissions, as ratios."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from statistics import median

from authoring import course
from bench import BenchFailed, items, pages
from casebook.kinds import KINDS
from casebook.kinds.base import Item
from grading.nbgrader_steps import Steps

CLASS, SMALL, LARGE, SAMPLE, ROUNDS = 1_000, 100, 10_000, 20, 3
STOCK = """
from pathlib import Path

c = get_config()
root = Path(__file__).resolve().parent
c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = "victim-services"
c.CourseDirectory.source_directory = "course/source"
c.CourseDirectory.release_directory = "course/release"
c.CourseDirectory.submitted_directory = "grading/submitted"
c.CourseDirectory.autograded_directory = "grading/autograded"
c.CourseDirectory.feedback_directory = "grading/feedback"
c.CourseDirectory.db_url = f"sqlite:///{root / 'grading' / 'gradebook.db'}"
"""


@dataclass(frozen=True)
class Line:
    """One line of the table: a ratio and what it is to be; ``at_least`` where more is better."""

    name: str
    ours: str
    beside: str
    ratio: float
    target: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the target is met; just meeting it is enough."""
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target


@dataclass(frozen=True)
class Taken:
    """What a side took: seconds for each submission, and the megabytes of all its processes."""

    seconds: float
    megabytes: float


def measure(
    scratch: Path, sizes: tuple[int, int, int, int] = (SMALL, CLASS, LARGE, SAMPLE), rounds: int = ROUNDS
) -> list[Line]:
    """The table's lines; all that is made lies in the empty folder ``scratch``."""
    small, whole, large, sample = sizes
    course = scratch / "course"
    asked = ten(items_of_course())
    pages.write_course(course, items.thirty(items.of_course(pages.ROOT)), asked)
    roots = {
        count: _class(course, scratch / str(count), count, asked) for count in dict.fromkeys((small, whole, large))
    }
    ours, stock = (_class(course, scratch / name, sample, asked) for name in ("ours", "stock"))
    (stock / "nbgrader_config.py").write_text(STOCK)
    for root in (*roots.values(), ours, stock):
        Steps(root).generate_assignment(pages.SLUG)
    bulk = {count: _median("bulk", root, count, rounds) for count, root in roots.items()}
    floor = _median("floor", roots[whole], whole, rounds)
    bulk_pages = _median("bulk-feedback", roots[whole], whole, rounds)
    single, slow = _side("nbgrader", ours, sample), _side("nbgrader", stock, sample)
    slow_pages = _side("nbgrader-feedback", stock, sample)
    return [
        _times("Autograding in bulk, beside stock nbgrader", bulk[whole], slow, 300),
        _times("nbgrader autograde as configured, beside stock", single, slow, 10),
        _times("Feedback pages in bulk, beside stock", bulk_pages, slow_pages, 20),
        _share("Autograding in bulk, beside the floor", bulk[whole].seconds, floor.seconds, 10),
        _share(f"Each of {large:,}, beside each of {small:,}", bulk[large].seconds, bulk[small].seconds, 1.2),
        _share(f"Each of {small:,}, beside each of {large:,}", bulk[small].seconds, bulk[large].seconds, 1.2),
        Line(
            f"Memory for {large:,}, beside {small:,}",
            f"{bulk[large].megabytes:.0f} MB",
            f"{bulk[small].megabytes:.0f} MB",
            bulk[large].megabytes / bulk[small].megabytes,
            1.2,
        ),
    ]


def table(lines: Sequence[Line]) -> str:
    """The lines as a Markdown table."""
    rows = [
        (
            line.name,
            line.ours,
            line.beside,
            f"{line.ratio:,.0f} times" if line.at_least else f"{line.ratio:.2f}",
            f"{'≥' if line.at_least else '≤'} {line.target:g}",
            "met" if line.is_met else "missed",
        )
        for line in lines
    ]
    head = [("measure", "ours", "beside", "ratio", "target", ""), ("---", "---:", "---:", "---:", "---:", "---")]
    return "\n".join(f"| {' | '.join(row)} |" for row in [*head, *rows])


def items_of_course() -> list[Item]:
    """Every graded item of the course."""
    return [item for module in course.read(pages.ROOT).modules for item in module.bank.items]


def ten(listed: Sequence[Item]) -> list[Item]:
    """Ten items that are scored at once, of as many kinds as there are, in turns."""
    kinds: dict[str, list[Item]] = {}
    for item in listed:
        if item.slot is None and not KINDS[item.kind].manual and KINDS[item.kind].fields(item.public()):
            kinds.setdefault(item.kind, []).append(item)
    turns = zip_longest(*kinds.values())
    return [item for turn in turns for item in turn if item is not None][:10]


def _class(course: Path, root: Path, count: int, asked: Sequence[Item]) -> Path:
    """The course with ``count`` submissions of its check, answered by chance, the same each time."""
    shutil.copytree(course, root)
    notebook = root / f"course/source/{pages.SLUG}/{pages.SLUG}-check.ipynb"
    for number in range(count):
        folder = root / f"grading/submitted/s{number:05}/{pages.SLUG}"
        folder.mkdir(parents=True)
        shutil.copy(notebook, folder)
        (folder / "timestamp.txt").write_text("2026-01-05 09:00:00.000000 UTC")
        (folder / "answers.jsonl").write_text("".join(_lines(asked, random.Random(number))))  # noqa: S311
    return root


def _lines(asked: Sequence[Item], chance: random.Random) -> list[str]:
    """An answer to each item, and a second one to every third."""
    return [
        json.dumps({"v": 1, "at": "2026-01-05T08:00:00+00:00", "module": pages.SLUG, "id": item.id, "given": given})
        + "\n"
        for item in asked
        for given in [_given(item, chance) for _ in range(1 + (chance.random() < 1 / 3))]
    ]


def _given(item: Item, chance: random.Random) -> dict[str, object]:
    given: dict[str, object] = {}
    for field in KINDS[item.kind].fields(item.public()):
        ids = [id for id, _ in field.options]
        some = [id for id in ids if chance.random() < 0.5]
        given[field.name] = {"one": chance.choice(ids), "several": some, "order": chance.sample(ids, len(ids))}[
            field.control
        ]
    return given


def _median(side: str, root: Path, count: int, rounds: int) -> Taken:
    taken = [_side(side, root, count) for _ in range(rounds)]
    return Taken(median(one.seconds for one in taken), median(one.megabytes for one in taken))


def _side(side: str, root: Path, count: int) -> Taken:
    """A side in a process of its own. Raises :class:`BenchFailed`."""
    print(f"Grading: {side}, {count:,} submissions", file=sys.stderr, flush=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON"))}
    own = {"CASEBOOK_ROOT": str(root), "HOME": str(root), "IPYTHONDIR": str(root / "ipython")}
    command = [sys.executable, "-m", "bench.class_side", side, str(root), str(count)]
    ran = subprocess.run(command, cwd=pages.ROOT, env=kept | own, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise BenchFailed(f"Grading by {side} did not run:\n{ran.stderr[-2000:]}")
    return Taken(**json.loads(ran.stdout.splitlines()[-1]))


def _times(name: str, ours: Taken, beside: Taken, target: float) -> Line:
    return Line(name, _ms(ours.seconds), _ms(beside.seconds), beside.seconds / ours.seconds, target, at_least=True)


def _share(name: str, ours: float, beside: float, target: float) -> Line:
    return Line(name, _ms(ours), _ms(beside), ours / beside, target)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"
