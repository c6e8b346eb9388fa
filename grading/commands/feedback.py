"""Makes the feedback pages of a check, or of every check: a whole class at once.

Writes what ``nbgrader generate_feedback`` would; ``nbgrader release_feedback`` then returns them.
"""

from __future__ import annotations

import argparse

from grading import bank, settings
from grading.bulk.feedback import Report, generate
from grading.bulk.submitted import found
from grading.commands import telling

NAME = "feedback"
HELP = "make the feedback pages for one check, or for all of them"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The check, and whom."""
    parser.add_argument("--check", default="", help="the check's name; without it, every check that was graded")
    parser.add_argument("--student", action="append", help="only this trainee; repeat it for more than one")
    parser.add_argument("--processes", type=int, help="how many at a time (default: one for each core)")


def run(arguments: argparse.Namespace) -> int:
    """0, or 1 where something was wrong with some check or page."""
    config = settings.load(arguments.root)
    known = bank.course().titles
    checks = (
        [telling.check(arguments.check, known)]
        if arguments.check
        else [slug for slug in known if found(config, slug, "autograded")]
    )
    graded = {one.student for check in checks for one in found(config, check, "autograded")}
    students = telling.trainees(arguments.student, graded)

    def make(check: str) -> bool:
        with telling.progress(f"Pages of {check}", len(found(config, check, "autograded"))) as step:
            report = generate(config, check, students=students, processes=arguments.processes, step=step)
        print(_told(check, report))
        for line in telling.of_class(config, check):
            print(line)
        return not report.problems

    if not checks:
        print("Nothing is graded yet. Run: make autograde")
    return telling.each(checks, make)


def _told(check: str, report: Report) -> str:
    stood = f", {report.stood} unchanged" if report.stood else ""
    lines = [f"  {one.student}: {one.words} No page was made." for one in report.problems]
    return "\n".join([f"{check}: {telling.count(len(report.made), 'page')} made{stood}.", *lines])
