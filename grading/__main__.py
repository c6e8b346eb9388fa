"""``python -m grading <command>``: what instructors run; the Makefile has each as a target."""

from __future__ import annotations

import argparse
import sys
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from grading import bank, closed
from grading.commands import (
    attempt,
    autograde,
    confirm,
    export,
    feedback,
    regrade,
    report,
    roster,
    verify,
    watch,
    withdraw,
)
from grading.refused import Refused


class Command(Protocol):
    """A module of ``grading.commands``."""

    NAME: str
    HELP: str

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Adds what can be said after the command."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Does it; the exit code. Raises :class:`Refused`."""


COMMANDS: tuple[Command, ...] = (
    autograde,
    confirm,
    attempt,
    feedback,
    regrade,
    watch,
    report,
    roster,
    export,
    verify,
    withdraw,
)


def main() -> int:
    """Runs the command; 1 where something is wrong, said on standard error."""
    parser = argparse.ArgumentParser(prog="python -m grading", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in COMMANDS:
        added = commands.add_parser(command.NAME, help=command.HELP, description=command.__doc__)
        command.arguments(added)
        added.set_defaults(run=command.run, root=bank.ROOT)
    arguments = parser.parse_args()
    try:
        closed.keep_closed(arguments.root)
        code: int = arguments.run(arguments)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What's done so far is kept. Run it again to pick up where it stopped.", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"{error.filename or 'A file'} can't be read or written: {error.strerror or error}.", file=sys.stderr)
        return 1
    except SQLAlchemyError as error:
        print(
            f"The gradebook can't be read or written: {getattr(error, 'orig', None) or error}. Check that "
            "grading/gradebook.db (or the server that nbgrader_config.py names) is there, that it isn't damaged, and "
            "that you have permission to write to it. If it's damaged, restore your last backup.",
            file=sys.stderr,
        )
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
