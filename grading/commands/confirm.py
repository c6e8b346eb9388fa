"""Confirms that a submission without answers really counts as 0. Until then its 0 is not final, and no export has it.

Name the check and the trainee. Without them, it lists what there is to confirm. A confirmation holds for what was
handed in then: if the trainee hands in again without answers, you are asked again.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime

from traitlets.config import Config

from grading import bank, gradebook, settings, unanswered
from grading.commands import telling
from grading.gradebook import Submission
from grading.refused import Refused

NAME = "confirm"
HELP = "confirm a 0 for a submission with no answers"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The check and the trainee."""
    parser.add_argument("--check", default="", help="the check's name")
    parser.add_argument("--student", default="", help="the trainee's id; without it, lists what there is to confirm")


def run(arguments: argparse.Namespace) -> int:
    """0. Raises :class:`Refused` where there is nothing to confirm of this trainee."""
    config, known = settings.load(arguments.root), bank.course().titles
    check = telling.check(arguments.check, known) if arguments.check else ""
    gradebook.there(config)
    submissions = gradebook.submissions(settings.directory(config).db_url, check or None)
    graded = [one for one in submissions if one.module in known]
    if not arguments.student:
        print("\n".join(_listed(config, graded)))
        return 0
    if not check:
        raise Refused(f"Which check? For example: make confirm CHECK={next(iter(known))} STUDENT={arguments.student}")
    print(_confirmed(config, check, arguments.student, graded))
    return 0


def _listed(config: Config, graded: Sequence[Submission]) -> list[str]:
    found = unanswered.open_ones(config, graded).values()
    if not found:
        return ["There's nothing to confirm: every graded submission has answers, or its 0 is already confirmed."]
    return [f"{one.module}, {one.student}: {one.words}" for one in found]


def _confirmed(config: Config, check: str, student: str, graded: Sequence[Submission]) -> str:
    mine = [one for one in graded if one.student == student]
    if not mine:
        raise Refused(f"There's no graded submission to {check} from {student}. Collect and autograde first.")
    places = [settings.folder(config, step, check, student) for step in ("submitted", "autograded")]
    if places[0].is_dir() and len({unanswered.mark_of(place) for place in places}) > 1:
        raise Refused(
            f"{student} handed it in again, or the submission changed. Run make autograde CHECK={check} first."
        )
    found = unanswered.open_ones(config, mine).get((check, student))
    if found is None:
        return f"There's nothing to confirm: {student} sent answers to {check}, or the 0 is already confirmed."
    unanswered.confirm(config, found, datetime.now(UTC))
    return f"Confirmed: {student} sent no answers to {check}. The 0 is final unless {student} hands it in again."
