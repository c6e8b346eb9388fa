"""Keeps grading by itself: collects, grades and returns feedback as submissions arrive, until Ctrl+C.

Safe to stop at any moment, to begin anew, and to run twice.
"""

from __future__ import annotations

import argparse
import signal
import threading
from datetime import datetime

from grading import bank
from grading.commands import telling
from grading.nbgrader_steps import Steps
from grading.refused import Refused
from grading.watching import Policy, Round, Watch
from grading.watching import run as rounds

NAME = "watch"
HELP = "keep collecting, grading and returning feedback until Ctrl+C"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The checks, how often, and when pages go back."""
    parser.add_argument("--check", default="", help="the check's name; without it, every check")
    parser.add_argument("--every", type=float, default=60, help="seconds between two rounds (default: 60)")
    parser.add_argument(
        "--returns",
        default="at-once",
        help='when pages go back: "at-once", "never", or a time such as 2027-01-15T09:00',
    )
    parser.add_argument(
        "--unmarked",
        action="store_true",
        help="return a page even while something on it still has to be graded by hand",
    )
    parser.add_argument("--once", action="store_true", help="one round, then stop")


def run(arguments: argparse.Namespace) -> int:
    """0 when it was stopped, or 1 where its one round failed somewhere; raises :class:`Refused` if it cannot begin."""
    known = bank.course().titles
    if arguments.check and arguments.check not in known:
        raise Refused(f"There's no check called {arguments.check}. The checks are: {', '.join(known)}.")
    watch = Watch(Steps(arguments.root), [arguments.check] if arguments.check else known, policy(arguments))
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: _stop(stop))
    if arguments.once:
        done = [_said(watch.round(check, _now())) for check in watch.checks]
        return int(any(one.failed for one in done))
    print(f"Watching {telling.count(len(watch.checks), 'check')}. Stop with Ctrl+C.", flush=True)
    rounds(watch, stop, max(1.0, arguments.every), _now, _say)
    print("Stopped. It finished the checks it was working on. Run it again whenever you like.")
    return 0


def policy(arguments: argparse.Namespace) -> Policy:
    """When pages go back; :class:`Refused` where that is no time."""
    words = arguments.returns
    if words in ("at-once", "never"):
        return Policy(returns=words == "at-once", unmarked=arguments.unmarked)
    try:
        since = datetime.fromisoformat(words)
    except ValueError:
        raise Refused(
            f'"{words}" is not a time. Write "at-once", "never", or a time such as 2027-01-15T09:00.'
        ) from None
    return Policy(since=since.astimezone(), unmarked=arguments.unmarked)


def _stop(stop: threading.Event) -> None:
    if not stop.is_set():
        print("\nFinishing what it started, then stopping …", flush=True)
    stop.set()


def _said(done: Round) -> Round:
    _say(done, _now())
    return done


def _say(done: Round, now: datetime) -> None:
    parts = [
        f"{done.graded} graded" if done.graded else "",
        telling.count(done.pages, "page") + " made" if done.pages else "",
        f"{done.returned} returned" if done.returned else "",
        f"{telling.count(done.unmarked, 'submission')} waiting to be graded by hand" if done.unmarked else "",
    ]
    print(f"{now:%H:%M} {done.check}: {', '.join(part for part in parts if part) or 'nothing new'}", flush=True)
    for problem in done.problems:
        print(f"      {problem}", flush=True)


def _now() -> datetime:
    return datetime.now().astimezone()
