"""Runs bulk grading again and again, killed when the test says so: ``python killed.py ROOT CHECK``.

It loads everything once. Each line it reads holds what to run, and after how many seconds to kill it or before which
move of a folder it kills itself (or neither). It answers with the seconds that it took and the pids of the processes
that were at work when it was killed.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import time
from pathlib import Path

import psutil

from grading import bank, settings
from grading.bulk import feedback, pool
from grading.bulk.autograde import autograde


def main() -> None:
    config, check = settings.load(Path(sys.argv[1])), sys.argv[2]
    pool.PIECE = 5
    bank.items(check), bank.points(), bank.course()  # read once, so that a run is grading and little else
    for line in sys.stdin:
        order = json.loads(line)
        begun = time.monotonic()
        pid = os.fork()
        if pid == 0:
            if order["moves"]:
                _die_at_a_move(order["moves"])
            if order["run"] == "autograde":
                autograde(config, check, force=order["force"], processes=2)
            else:
                feedback.generate(config, check, processes=2)
            os._exit(0)
        at_work: list[int] = []
        if order["after"] is not None:
            time.sleep(order["after"])
            at_work = [child.pid for child in psutil.Process(pid).children(recursive=True)]
            os.kill(pid, signal.SIGKILL)
        status = os.waitpid(pid, 0)[1]
        said = {"seconds": time.monotonic() - begun, "workers": at_work, "ended": os.waitstatus_to_exitcode(status)}
        print(json.dumps(said), flush=True)


def _die_at_a_move(number: int) -> None:
    """The process kills itself before it renames a folder for the ``number``-th time."""
    rename, so_far = Path.rename, itertools.count(1)

    def mortal(self: Path, target: Path) -> Path:
        if next(so_far) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return rename(self, target)

    Path.rename = mortal  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    main()
