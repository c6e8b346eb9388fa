"""``make learn``: the course laid out in the trainee's own folder, and opened there in JupyterLab.

Laying out again after an update replaces lessons and checks, and touches no answer.
"""

from __future__ import annotations

import argparse
import filecmp
import hashlib
import os
import shlex
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from casebook import alone
from casebook.answers import FILE_NAME
from grading.refused import StepFailed

if TYPE_CHECKING:
    from grading.nbgrader_steps import Steps

ROOT = Path(__file__).resolve().parent.parent
START = "00-start.ipynb"


def main() -> int:
    """Lays out, then becomes JupyterLab; 1 where that cannot be, said on standard error."""
    parser = argparse.ArgumentParser(prog="python -m running.learn", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "learn", help="the trainee's own folder")
    parser.add_argument("--root", type=Path, default=ROOT, help="the course's root (default: this one)")
    parser.add_argument("--class", action="store_true", dest="in_class", help="an instructor grades; no 'Grade now'")
    parser.add_argument("--lab-args", default="", help="passed on to JupyterLab, for example '--no-browser'")
    arguments = parser.parse_args()
    root, folder = arguments.root.resolve(), arguments.folder.expanduser().resolve()
    try:
        lay_out(root, folder)
    except StepFailed as failed:
        print(f"A check could not be made ready, so the course was not opened.\n{failed}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The course could not be laid out in {folder}: {error}", file=sys.stderr)
        return 1
    print(f"The course is in {folder}. Press Ctrl+C here to stop it.", flush=True)
    command = lab_command(folder, shlex.split(arguments.lab_args))
    os.chdir(folder)  # nbgrader's Assignment List fetches into, and submits from, the server's folder
    return _become(command, lab_environment(root, self_graded=not arguments.in_class))


def lay_out(root: Path, folder: Path) -> None:
    """Lessons, their content, job aids, and a fetched copy of every check, in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    modules = root / "course/modules"
    for path in sorted(modules.rglob("*")):
        if path.is_file() and path.suffix in (".ipynb", ".json", ".html") and ".ipynb_checkpoints" not in path.parts:
            _replace(path, folder / path.relative_to(modules))
    for source in sorted(p for p in (root / "course/source").iterdir() if p.is_dir()):
        release(root, source)
        fetch(root, folder, source.name)


def release(root: Path, source: Path) -> None:
    """Releases a check to the exchange, unless what lies there was made from this very source."""
    stamp = root / "course/release" / f"{source.name}.stamp"
    digest = _digest(source)
    outbound = _outbound(root, source.name)
    if outbound.is_dir() and stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return
    steps = _steps(root)
    steps.generate_assignment(source.name)
    steps.release_assignment(source.name)
    stamp.write_text(digest, encoding="utf-8")


def fetch(root: Path, folder: Path, assignment: str) -> None:
    """A copy of a released check in ``folder``; an older copy gives way, all but its answers."""
    released, copy = _outbound(root, assignment), folder / assignment
    names = [p.name for p in released.iterdir() if p.is_file() and p.name != FILE_NAME]
    stale = [n for n in names if not (copy / n).is_file() or not filecmp.cmp(released / n, copy / n, False)]
    if not stale:
        return
    for name in stale:
        (copy / name).unlink(missing_ok=True)
    _steps(root).fetch_assignment(assignment, folder)


def lab_command(folder: Path, more: list[str]) -> list[str]:
    """The command that serves ``folder`` and opens its start page."""
    command = [sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    command += [f"--LabApp.default_url=/lab/tree/{START}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # a container's only user; Jupyter would refuse to start
    return [*command, *more]


def lab_environment(root: Path, *, self_graded: bool) -> dict[str, str]:
    """The environment in which JupyterLab finds nbgrader's configuration and the environment's tools.

    ``self_graded`` lets trainees have their checks graded at once: by the course under ``root``.
    """
    tools = str(Path(sys.executable).parent)
    configs = [str(root), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    path = os.pathsep.join([tools, os.environ.get("PATH", "")])
    mine = {alone.VARIABLE: str(root) if self_graded else ""}
    return {**os.environ, "PATH": path, "JUPYTER_CONFIG_PATH": os.pathsep.join(configs), **mine}


def _become(command: list[str], environment: dict[str, str]) -> NoReturn:
    # Not a child of this process: JupyterLab's own question at Ctrl+C would be cut off.
    os.execve(command[0], command, environment)  # noqa: S606


@cache
def _steps(root: Path) -> Steps:
    # Importing nbgrader takes seconds, and most days there is nothing for it to do.
    from grading.nbgrader_steps import Steps

    return Steps(root)


def _outbound(root: Path, assignment: str) -> Path:
    return root / "exchange/victim-services/outbound" / assignment


def _replace(source: Path, target: Path) -> None:
    if target.is_file() and filecmp.cmp(source, target, False):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, new)
    new.replace(target)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
