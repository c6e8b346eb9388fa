"""Opens another attempt at a check, for a trainee or for everybody who didn't pass it. What was graded is kept.

The feedback pages are made again, since they tell the trainee. Return them, and the trainee begins the new attempt at
the end of the check.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

from traitlets.config import Config

from grading import bank, opening, roster_ids, settings
from grading.attempts import Kept
from grading.bulk.feedback import generate
from grading.bulk.submitted import found
from grading.commands import telling
from grading.opening import MET, Report
from grading.plugins import returning
from grading.refused import Refused

NAME = "attempt"
HELP = "open another attempt at a check"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The check, and the trainee."""
    parser.add_argument("--check", default="", help="the check's name")
    parser.add_argument(
        "--student", default="", help="the trainee's id; without it, everybody who didn't pass the check"
    )


def run(arguments: argparse.Namespace) -> int:
    """0, or 1 where a page could not be made. Raises :class:`Refused` where the trainee can't have another attempt."""
    config, known = settings.load(arguments.root), bank.course().titles
    if not arguments.check:
        raise Refused(f"Which check? For example: make attempt CHECK={next(iter(known))} STUDENT=ana")
    check, student = telling.check(arguments.check, known), arguments.student
    if student and (wrong := roster_ids.fault(student)):
        raise Refused(wrong)
    with telling.progress(f"Opening {check}", 1 if student else len(found(config, check))) as step:
        report = opening.open_attempts(config, check, student or None, lambda: datetime.now(UTC), step)
    print("\n".join(_told(check, report)))
    if not report.opened:
        return 0
    pages = generate(config, check, students={one.student for one in report.opened})
    for problem in pages.problems:
        print(f"  {problem.student}: {problem.words} No page was made. Run: make feedback CHECK={check}")
    print("\n".join(_what_next(config, check, report.opened)))
    return int(bool(pages.problems))


def _told(check: str, report: Report) -> Iterator[str]:
    yield f"{check}: {telling.count(len(report.opened), 'attempt')} opened."
    for one in report.opened:
        earlier = f"attempt {one.number} ({one.score:g} of {one.most:g} points) is kept"
        yield f"  {one.student}: attempt {one.opens} is open; {earlier}."
    met = [student for student, why in report.left.items() if why == MET]
    if met:
        yield f"Already passed: {telling.count(len(met), 'trainee')}."
    if others := {student: why for student, why in report.left.items() if why != MET}:
        yield "Left out:"
        yield from (f"  {student} {why}" for student, why in others.items())


def _what_next(config: Config, check: str, opened: list[Kept]) -> Iterator[str]:
    """How the pages get to the trainees, and what each of them does then."""
    yield f"Their pages say so now. Return them: nbgrader release_feedback {check}"
    for one in opened:
        folder = settings.folder(config, "feedback", check, one.student)
        page = next(folder.glob("*.html"), None)
        if page is not None and returning.secret(folder) is None:
            yield f"  {returning.cannot(one.student, page)}"
    yield (
        "Each trainee reads the page, opens the check, and chooses Begin attempt at the bottom. If you send the "
        "page yourself, the trainee finds the button under My instructor opened another attempt."
    )
