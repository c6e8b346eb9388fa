"""``python -m authoring update`` and ``python -m authoring check``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from authoring import build
from authoring.problems import BadContent


def main() -> int:
    """Runs the command; 1 where something is wrong with the content, said on standard error."""
    parser = argparse.ArgumentParser(prog="python -m authoring", description=__doc__)
    parser.add_argument("command", choices=("update", "check"))
    parser.add_argument("--root", type=Path, default=Path(), help="the course's root (default: here)")
    arguments = parser.parse_args()
    try:
        return _update(arguments.root) if arguments.command == "update" else _check(arguments.root)
    except BadContent as bad:
        return _say(bad.problems)


def _update(root: Path) -> int:
    changed = build.update(root)
    for path in changed:
        print(path)
    print(f"{len(changed)} files changed")
    return 0


def _check(root: Path) -> int:
    problems = build.drift(root)
    if problems:
        return _say(problems)
    print("The content keeps to its rules, and everything generated is up to date.")
    return 0


def _say(problems: list) -> int:  # type: ignore[type-arg]
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} problems", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
