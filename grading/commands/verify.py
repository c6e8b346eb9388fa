"""Looks up the code on a class's certificate, with no network: what the certificate has to say is shown.

The register and the secret lie where the class was graded, in grading/certificates.jsonl and grading/certificates.key.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from grading import issued, settings
from grading.issued import Entry

NAME = "verify"
HELP = "confirm a certificate by its code"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The code."""
    parser.add_argument("--code", default="", help="as printed on the certificate")


def run(arguments: argparse.Namespace) -> int:
    """0 where the certificate holds, 1 where it was withdrawn; else :class:`Refused` says what is wrong."""
    course_id = settings.load(arguments.root).CourseDirectory.course_id
    entry, later = issued.confirmed(arguments.root, course_id, arguments.code)
    said = entry.issued
    if entry.withdrawn:
        print(f"{entry.code} was withdrawn {entry.withdrawn.said} (by {entry.withdrawn.by}). It's no longer valid.")
        print("The certificate said:")
    else:
        print(f"{entry.code} is valid. The certificate says:")
    for what, words in (
        ("Name", said.name),
        ("Course", said.course),
        ("Score", said.score),
        ("Hours", said.hours),
        ("Date", said.date),
    ):
        print(f"  {what + ':':<8} {words}")
    if not entry.withdrawn:
        print("If the certificate in front of you says anything else, somebody changed it.")
    print(*_later(entry, [one for one in later if not one.withdrawn]), sep="", end="")
    return 1 if entry.withdrawn else 0


def _later(entry: Entry, standing: Sequence[Entry]) -> Iterator[str]:
    """What the same trainee was given after it that holds."""
    if standing:
        newest = standing[-1]
        begun = "It was replaced by" if entry.withdrawn else "The same trainee was later given"
        yield f"{begun} {newest.code} ({newest.issued.name}, {newest.issued.score}, {newest.issued.date}).\n"
    elif entry.withdrawn:
        yield "No later certificate replaces it.\n"
