"""Looks up the code on a class's certificate, with no network: what the certificate has to say is shown.

The register and the secret lie where the class was graded, in grading/certificates.jsonl and grading/certificates.key.
"""

from __future__ import annotations

import argparse

from grading import issued, settings

NAME = "verify"
HELP = "confirm a certificate by its code"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The code."""
    parser.add_argument("--code", default="", help="as it stands on the certificate")


def run(arguments: argparse.Namespace) -> int:
    """0 where the code is one that was given; else :class:`Refused` says what is wrong."""
    course_id = settings.load(arguments.root).CourseDirectory.course_id
    entry, later = issued.confirmed(arguments.root, course_id, arguments.code)
    said = entry.issued
    print(f"{entry.code} is right. The certificate says:")
    for what, words in (
        ("Name", said.name),
        ("Course", said.course),
        ("Marks", said.score),
        ("Hours", said.hours),
        ("Date", said.date),
    ):
        print(f"  {what + ':':<8} {words}")
    print("If the certificate before you says anything else, it was changed.")
    if later:
        newest = later[-1]
        print(f"The same trainee was later given {newest.code} ({newest.issued.score}, {newest.issued.date}).")
    return 0
