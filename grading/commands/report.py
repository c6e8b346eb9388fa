"""Writes the class report: what the class has not understood, who needs help with what, which questions are bad.

One HTML file, to be read in any browser and printed. It holds names and keys: keep it safe.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from grading import files

NAME = "report"
HELP = "write the class report: what the class doesn't understand yet, who needs help, which questions look bad"

_WITH, _WITHOUT = "class-report.html", "class-report-without-names.html"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The check, names or none, and where to."""
    parser.add_argument("--check", default="", help="the check's name; without it, every check")
    parser.add_argument("--without-names", action="store_true", help="letters instead of names and ids")
    parser.add_argument("--output", type=Path, help=f"the file to write (default: grading/{_WITH})")


def run(arguments: argparse.Namespace) -> int:
    """0. Raises :class:`Refused` where there is nothing to report on."""
    # Imported here: pandas and matplotlib take their time, and no other command needs them.
    from grading.report import page, reading
    from grading.report.whole import Report

    report = Report(reading.read(arguments.root, arguments.check), without_names=arguments.without_names)
    path = arguments.output or arguments.root / "grading" / (_WITHOUT if arguments.without_names else _WITH)
    files.write(path, page.page(report).encode(errors="replace"))
    print(f"Written: {path}")
    holds = "keys" if arguments.without_names else "names and keys"
    print(f"It has {holds} in it. Show it only to people who need it for their work, and never to a trainee.")
    return 0
