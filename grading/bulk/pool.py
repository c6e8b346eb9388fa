"""Work in several processes: a few pieces under way at a time, so that memory does not grow with the class."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from grading.refused import Refused

Piece = TypeVar("Piece")
Done = TypeVar("Done")

PIECE = 25
"""Submissions to a piece: enough that handing it over costs nothing beside it, few enough to lose little by a kill."""

_ENDED = (
    "Something outside the course ended one of the grading processes (the machine may be out of "
    "memory). What was graded so far is kept. Run it again to grade the rest."
)


def run(
    work: Callable[[Sequence[Piece]], Sequence[Done]], pieces: Iterable[Piece], processes: int
) -> Iterator[Sequence[Done]]:
    """What ``work`` makes of all pieces, some at a time, in any order; ``work`` must be one that can be pickled.

    With one process it is done here. Raises what ``work`` raises, and :class:`Refused` where a process was ended.
    """
    rest = some_at_a_time(pieces)
    if processes <= 1:
        yield from map(work, rest)
        return
    with ProcessPoolExecutor(processes, mp_context=_context(), initializer=_leave_with_parent) as pool:
        waiting: set[Future[Sequence[Done]]] = {pool.submit(work, some) for some in islice(rest, 2 * processes)}
        try:
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                waiting |= {pool.submit(work, some) for some in islice(rest, len(done))}
                for each in done:
                    yield each.result()
        except BrokenProcessPool:
            raise Refused(_ENDED) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def count(asked: int | None, pieces: int) -> int:
    """How many processes: as many as asked for, or as there are cores; but no second for less than two lists."""
    return min(asked or os.cpu_count() or 1, pieces // (2 * PIECE) + 1)


def some_at_a_time(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces in lists of :data:`PIECE`, the last with what is left."""
    rest = iter(pieces)
    while some := list(islice(rest, PIECE)):
        yield some


def _context() -> multiprocessing.context.BaseContext:
    """Processes that begin with what is loaded here, where the system does that safely."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _leave_with_parent() -> None:
    """A worker whose parent was killed would wait for ever: it ends, too. Ctrl+C is the parent's to hear."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 - for the types: this runs in a worker

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
