from __future__ import annotations

import subprocess
import sys

from grading import bank

# As 'make watch' does: a handler that only takes note, so that a worker that had it could not be ended.
_NOTED = """
import multiprocessing, os, signal, time
from grading.bulk import pool
from grading.refused import Refused

def work(some):
    return list(some)

for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: print("noted", flush=True))
try:
    for count, _ in enumerate(pool.run(work, range(500), 2)):
        time.sleep(0.1)
        if count == 1:
            os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)
except Refused as refused:
    print(refused)
"""


def test_a_worker_that_is_killed_ends_the_run_in_words_whatever_the_program_does_with_signals():
    ran = subprocess.run(
        [sys.executable, "-c", _NOTED], cwd=bank.ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Something outside the course ended one of the grading processes")
