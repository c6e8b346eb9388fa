"""``make learn``: the course laid out in the trainee's own folder, and opened there in JupyterLab.

Laying out again after an update replaces lessons and checks, and touches no answer. In a class the checks come from the
class's exchange, and the machine needs neither ``grading/`` nor ``course/source/``. Somebody who learns alone has an
exchange of their own inside the course's folder.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import NoReturn

from casebook import alone
from casebook.answers import FILE_NAME
from running import exchange, releasing
from running.exchange import Exchange

ROOT = Path(__file__).resolve().parent.parent
START = "00-start.ipynb"


def main() -> int:
    """Lays out, then becomes JupyterLab; 1 where that cannot be, said on standard error."""
    parser = argparse.ArgumentParser(prog="python -m running.learn", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "learn", help="the trainee's own folder")
    parser.add_argument("--root", type=Path, default=ROOT, help="the course's root (default: this one)")
    parser.add_argument("--class", action="store_true", dest="in_class", help="an instructor grades; no 'Grade now'")
    parser.add_argument("--exchange", default="", help="the class's exchange folder (default: the configured one)")
    parser.add_argument("--lab-args", default="", help="passed on to JupyterLab, for example '--no-browser'")
    arguments = parser.parse_args()
    root, folder = arguments.root.resolve(), arguments.folder.expanduser().resolve()
    named = Path(arguments.exchange).expanduser().resolve() if arguments.exchange else None
    by_oneself = not (arguments.in_class or named) and releasing.is_possible(root)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        source = exchange.own(root) if by_oneself else exchange.of_class(root, folder, named)
        if by_oneself and (refused := _release(root, source)):
            print(f"A check couldn't be prepared, so the course wasn't opened.\n{refused}", file=sys.stderr)
            return 1
        told = lay_out(root, folder, source)
    except OSError as error:
        print(f"The course couldn't be set up in {folder}: {error}", file=sys.stderr)
        return 1
    print(*told, f"The course is in {folder}. Press Ctrl+C here to stop it.", sep="\n", flush=True)
    command = lab_command(folder, shlex.split(arguments.lab_args))
    os.chdir(folder)  # nbgrader's Assignment List fetches into, and submits from, the server's folder
    return _become(command, lab_environment(root, self_graded=by_oneself))


def lay_out(root: Path, folder: Path, source: Exchange) -> list[str]:
    """Puts lessons, their content, job aids and every released check into ``folder``; what the trainee should know."""
    folder.mkdir(parents=True, exist_ok=True)
    modules = root / "course/modules"
    for path in sorted(modules.rglob("*")):
        if path.is_file() and path.suffix in (".ipynb", ".json", ".html") and ".ipynb_checkpoints" not in path.parts:
            _replace(path, folder / path.relative_to(modules))
    exchange.configure(root, folder, source)
    told = [exchange.trouble(source), *(fetch(check, folder) for check in exchange.released(source))]
    return [line for line in told if line]


def fetch(released: Path, folder: Path) -> str:
    """Puts a copy of a released check into ``folder``, in place of an older one's files; what went wrong, or ``""``."""
    try:
        files = {path.name: path.read_bytes() for path in released.iterdir() if path.is_file()}
    except OSError as error:
        return f"The check {released.name} can't be read in the exchange ({error.strerror}). Tell your instructor."
    files.pop(FILE_NAME, None)
    for name, content in files.items():
        _write(content, folder / released.name / name)
    return ""


def lab_command(folder: Path, more: list[str]) -> list[str]:
    """The command that serves ``folder`` and opens its start page."""
    command = [sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    command += [f"--LabApp.default_url=/lab/tree/{START}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # a container's only user; Jupyter would refuse to start
    return [*command, *more]


def lab_environment(root: Path, *, self_graded: bool) -> dict[str, str]:
    """The environment in which JupyterLab finds the tools; nbgrader finds its configuration in the trainee's folder.

    ``self_graded`` lets trainees have their checks graded at once: by the course under ``root``.
    """
    tools = str(Path(sys.executable).parent)
    path = os.pathsep.join([tools, os.environ.get("PATH", "")])
    mine = {alone.VARIABLE: str(root) if self_graded else ""}
    return {**os.environ, "PATH": path, **mine}


def _become(command: list[str], environment: dict[str, str]) -> NoReturn:
    # Not a child of this process: JupyterLab's own question at Ctrl+C would be cut off.
    os.execve(command[0], command, environment)  # noqa: S606


def _release(root: Path, to: Exchange) -> str:
    """Releases what is new to somebody who learns alone; why that failed, if it did."""
    from grading.refused import Refused  # an instructor's part of the course: a class's machine hasn't got it

    try:
        releasing.release(root, to)
    except Refused as refused:
        return str(refused)
    return ""


def _replace(source: Path, target: Path) -> None:
    _write(source.read_bytes(), target)


def _write(content: bytes, target: Path) -> None:
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.new")
    new.write_bytes(content)
    new.replace(target)


if __name__ == "__main__":
    sys.exit(main())
