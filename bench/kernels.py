"""What ``import casebook`` costs a kernel, each time in a fresh one.

The kernel is the course's own, bare but for anywidget. Counted are the import, and the first calls of a lesson with
their display: the notice at its top and one item. So everything that is put off until a first call is in it, the
reading of the content and of the browser's code too.
"""

from __future__ import annotations

from pathlib import Path

from jupyter_client.manager import start_new_kernel

from bench.pages import SLUG

_BEFORE = "import anywidget, psutil, time; from IPython.display import display; display('warm')"
_COST = """
_process = psutil.Process()
_rss, _from = _process.memory_info().rss, time.perf_counter()
import casebook
display(casebook.opening({module!r}))
display(casebook.practice({module!r}, {item!r}))
_ms = (time.perf_counter() - _from) * 1000
_mb = (_process.memory_info().rss - _rss) / 1e6
"""


def import_cost(folder: Path, item_id: str, times: int) -> dict[str, list[float]]:
    """Milliseconds and megabytes for each of ``times`` fresh kernels in the trainee's folder; one more goes first."""
    costs = [_once(folder, item_id) for _ in range(times + 1)][1:]
    return {"import_ms": [ms for ms, _ in costs], "import_mb": [mb for _, mb in costs]}


def _once(folder: Path, item_id: str) -> tuple[float, float]:
    manager, client = start_new_kernel(kernel_name="casebook", cwd=str(folder))
    try:
        client.execute(_BEFORE, reply=True, timeout=60)
        code = _COST.format(module=SLUG, item=item_id)
        reply = client.execute(code, user_expressions={"ms": "_ms", "mb": "_mb"}, reply=True, timeout=60)
        found = reply["content"]["user_expressions"]
        ms, mb = (float(found[name]["data"]["text/plain"]) for name in ("ms", "mb"))
        return ms, mb
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
