"""Withdraws a class's certificate, such as one with a wrong name, or one whose score has fallen below passing.

The register keeps who withdrew it, when and why. "make verify" then says so. Nothing is deleted.
"""

from __future__ import annotations

import argparse
import getpass
from datetime import datetime

from grading import issued, settings
from grading.issued import Ruling
from grading.refused import Refused

NAME = "withdraw"
HELP = "withdraw a certificate, or make it valid again"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The code, why, who, and whether it holds again."""
    parser.add_argument("--code", default="", help="as printed on the certificate")
    parser.add_argument("--why", default="", help="in a few words; anyone who verifies the code will see them")
    parser.add_argument(
        "--by", default="", help="who's withdrawing it (default: the name this computer is logged in under)"
    )
    parser.add_argument("--restore", action="store_true", help="make a withdrawn certificate valid again")


def run(arguments: argparse.Namespace) -> int:
    """0; :class:`Refused` where there is nothing to withdraw, or no reason."""
    course_id = settings.load(arguments.root).CourseDirectory.course_id
    entry, _ = issued.confirmed(arguments.root, course_id, arguments.code)
    why = " ".join(arguments.why.split())
    if entry.withdrawn and not arguments.restore:
        raise Refused(f"{entry.code} was already withdrawn {entry.withdrawn.said}.")
    if arguments.restore and not entry.withdrawn:
        raise Refused(f"{entry.code} wasn't withdrawn, so there's nothing to restore.")
    if not why:
        raise Refused(f'Say why: make withdraw CODE={entry.code} WHY="the name was wrong"')
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    who = " ".join(arguments.by.split()) or _user()
    issued.rule(arguments.root, course_id, Ruling(entry.code, "no" if arguments.restore else "yes", at, who, why))
    of = f"{entry.code} ({entry.issued.name}, {entry.issued.score})"
    print(f"{of} is valid again." if arguments.restore else f"{of} is withdrawn. Ask for the certificate back.")
    print("From now on, make verify says so.")
    return 0


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user in a container
        return "unknown"
