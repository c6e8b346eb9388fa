"""Measures, prints the table and writes ``bench.json``."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, sync_playwright

from bench import BenchFailed, browser, classes, imports, items, kernels, learner, machine, measures, pages, sitters
from bench.measures import Result
from bench.server import Server, serve
from casebook.answers import FILE_NAME
from casebook.kinds.options import OptionsItem

_WHERE = pages.ROOT / "bench.json"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> int:
    """0 whether targets are met or not, for this is no test; 1 where nothing could be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="of each side, after one that is not counted")
    rounds = max(2, parser.parse_args().rounds)
    try:
        with tempfile.TemporaryDirectory(prefix="casebook-bench-") as scratch:
            found, about = measure(Path(scratch), rounds)
            (Path(scratch) / "classes").mkdir()
            graded = [*classes.measure(Path(scratch) / "classes"), imports.measure()]
    except (BenchFailed, Error) as failed:
        print(f"The benchmark could not be run.\n{failed}", file=sys.stderr)
        return 1
    at = datetime.now(UTC).isoformat(timespec="seconds")
    months, equal, final = learner.months(), learner.months(spread=0), sitters.measure()
    report = measures.report(found, at=at, rounds=rounds, machine=about)
    report |= {
        "grading": [asdict(line) for line in graded],
        "learner": [asdict(one) for one in months],
        "equally_hard": [asdict(one) for one in equal],
        "final": asdict(final),
    }
    _WHERE.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\n{measures.table(found)}\n\nMedians; in brackets, the middle half. All of it: {_WHERE.name}")
    print(f"\nGrading a class:\n\n{classes.table(graded)}")
    print(f"\nA simulated learner's year (what is remembered at each month's end):\n\n{learner.table(months)}")
    print(f"\nThe same where all points are equally hard:\n\n{learner.table(equal)}")
    print(f"\n{final.trainees} simulated trainees through the final:\n\n{sitters.table(final)}")
    return 0


def measure(scratch: Path, rounds: int) -> tuple[list[Result], dict[str, Any]]:
    """The results, and the machine they are from; all that is made lies in the empty folder ``scratch``."""
    thirty = items.thirty(items.of_course(pages.ROOT))
    _say("Making both notebooks, and starting JupyterLab …")
    pages.write_course(scratch / "course", thirty)
    (scratch / "home").mkdir()
    with serve(scratch / "course", scratch / "learn", scratch / "home") as server, sync_playwright() as playwright:
        chromium = machine.chromium(playwright.chromium)
        opened = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        about = machine.about(server.folder, opened.version)
        # One browser for all rounds: what it keeps of JupyterLab's files, it keeps for both sides.
        ours, core = _rounds(opened.new_context(), server, thirty, rounds)
        opened.close()
    _say("Importing casebook in fresh kernels …")
    cost = kernels.import_cost(scratch / "learn", thirty[0].id, rounds)
    return measures.results({**ours, **cost}, core), about


def _rounds(
    context: BrowserContext, server: Server, thirty: Sequence[OptionsItem], rounds: int
) -> list[dict[str, list[float]]]:
    """Every side's samples, taken in turns: what else the machine does falls on both."""
    taken: list[dict[str, list[float]]] = [{} for _ in browser.SIDES]
    for number in range(rounds + 1):
        for side, samples in zip(browser.SIDES, taken, strict=True):
            _say(f"Round {number} of {rounds}, {side.name}" if number else f"Warming up, {side.name}")
            _afresh(server.folder, thirty)
            for key, values in browser.play(context, server, side).items():
                if number:
                    samples.setdefault(key, []).extend(values)
    return taken


def _afresh(folder: Path, thirty: Sequence[OptionsItem]) -> None:
    """Nothing answered, and nothing of the last round saved in the notebook."""
    (folder / FILE_NAME).unlink(missing_ok=True)
    pages.write_core(folder, thirty)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
