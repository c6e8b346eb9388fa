"""Exports the class's results: the export plugins of grading/exports, as "nbgrader export" runs them.

Settings of an export (which e-mail or id, which numbers) stand in nbgrader_config.py: course/guide/exports.md has them.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from nbgrader.api import Gradebook

from grading import bank, gradebook, settings
from grading.exports import EXPORTERS
from grading.exports.base import FOLDER
from grading.refused import Refused

NAME = "export"
HELP = "write the results for an LMS, a record store, or as certificates"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which export, and where to."""
    names = "; ".join(f"{name}: {exporter.WHAT}" for name, exporter in EXPORTERS.items())
    parser.add_argument("--as", dest="kind", default="", help=names)
    parser.add_argument("--to", default="", help=f"the file, or the folder (default: in {FOLDER})")
    parser.add_argument("--unmarked", action="store_true", help="also what an instructor still has to grade")


def run(arguments: argparse.Namespace) -> int:
    """0; what cannot be done ends the program with 1, in plain words."""
    if arguments.kind not in EXPORTERS:
        told = "\n".join(f"  {name:<13} {exporter.WHAT}" for name, exporter in EXPORTERS.items())
        unknown = f"There's no export called {arguments.kind}. " if arguments.kind else ""
        raise Refused(f"{unknown}Choose an export with make export AS=… and one of\n{told}")
    if arguments.to and arguments.kind != "certificates" and Path(arguments.to).is_dir():
        raise Refused(f"{arguments.to} is a folder. Name the file, too: TO={arguments.to.rstrip('/')}/results")
    config = settings.load(arguments.root)
    gradebook.there(config)
    where = settings.directory(config)
    exporter = EXPORTERS[arguments.kind](config=config)
    exporter.to = arguments.to or str(arguments.root / FOLDER / exporter.DEFAULT)
    exporter.unmarked = exporter.unmarked or arguments.unmarked
    exporter.log = _plain()
    with Gradebook(where.db_url, where.course_id) as book:
        exporter.export(book)
    return 0


def _plain() -> logging.Logger:
    """A log whose lines are the words alone."""
    log = logging.getLogger(f"{__name__}.{bank.ROOT}")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers = [logging.StreamHandler()]
    log.handlers[0].setFormatter(logging.Formatter("%(message)s"))
    return log
