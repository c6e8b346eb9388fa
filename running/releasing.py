"""``make release``: puts checks into the exchange, where trainees get them.

Instructors run it; ``make learn`` does it for somebody who learns alone. An unchanged check isn't released again.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from running import exchange
from running.exchange import Exchange

if TYPE_CHECKING:
    from grading.nbgrader_steps import Steps

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Releases the checks that are named, or all; 1 if that fails, with the reason on standard error."""
    parser = argparse.ArgumentParser(prog="python -m running.releasing", description=__doc__)
    parser.add_argument("--check", default="", help="one check's name (default: every check)")
    parser.add_argument("--root", type=Path, default=ROOT, help="the course's root (default: this one)")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    if not is_possible(root):
        print(
            "This copy of the course has no grading/, so it can't release checks. Your instructor's can.",
            file=sys.stderr,
        )
        return 1
    unknown = arguments.check and arguments.check not in [source.name for source in sources(root)]
    if unknown:
        print(f"There's no check called {arguments.check}. A check has its module's name.", file=sys.stderr)
        return 1
    from grading.refused import Refused

    to = exchange.configured(root)
    try:
        done = release(root, to, [arguments.check] if arguments.check else None)
    except Refused as refused:
        print(f"A check couldn't be released.\n{refused}", file=sys.stderr)
        return 1
    print(
        f"Released to {to.root}: {', '.join(done)}." if done else f"Nothing has changed since the release to {to.root}."
    )
    return 0


def is_possible(root: Path) -> bool:
    """Whether this copy of the course has what releasing needs: an instructor's has, a trainee's hasn't."""
    return (root / "grading").is_dir() and (root / "course/source").is_dir()


def sources(root: Path) -> list[Path]:
    """The source folder of every check."""
    return sorted(path for path in (root / "course/source").iterdir() if path.is_dir())


def release(root: Path, to: Exchange, checks: Sequence[str] | None = None) -> list[str]:
    """Releases ``checks`` (or all), except those that have not changed since; the names of those it released.

    Raises ``grading.refused.Refused``.
    """
    wanted = [source for source in sources(root) if checks is None or source.name in checks]
    return [source.name for source in wanted if _release(root, to, source)]


def _release(root: Path, to: Exchange, source: Path) -> bool:
    stamp = root / "course/release" / f"{source.name}.stamp"
    digest = _digest(source)
    is_there = (to.outbound / source.name).is_dir()
    if is_there and stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return False
    steps = _steps(root, to)
    steps.generate_assignment(source.name)
    steps.release_assignment(source.name)
    stamp.write_text(digest, encoding="utf-8")
    return True


@cache
def _steps(root: Path, to: Exchange) -> Steps:
    # Importing nbgrader takes seconds, and most days there is nothing for it to do.
    from grading.nbgrader_steps import Steps

    steps = Steps(root)
    steps.config.Exchange.root = str(to.root)
    return steps


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
