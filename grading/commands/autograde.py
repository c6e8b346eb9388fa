"""Grades what was collected of a check, or of every check: a whole class at once.

Writes what ``nbgrader autograde`` would. Whatever stops it, run it again: it goes on with what is not graded yet.
"""

from __future__ import annotations

import argparse
from functools import partial

from traitlets.config import Config

from grading import bank, settings
from grading.bulk import submitted
from grading.bulk.autograde import Report, autograde
from grading.bulk.submitted import found
from grading.commands import telling

NAME = "autograde"
HELP = "grade the submissions collected for one check, or for all of them"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The check, whom, and whether anew."""
    parser.add_argument("--check", default="", help="the check's name; without it, every check with submissions")
    parser.add_argument("--student", action="append", help="only this trainee; repeat it for more than one")
    parser.add_argument("--force", action="store_true", help="also grade again what's already graded")
    parser.add_argument("--processes", type=int, help="how many at a time (default: one for each core)")


def run(arguments: argparse.Namespace) -> int:
    """0, or 1 where some check, or some submission, could not be graded."""
    config, known = settings.load(arguments.root), bank.course().titles
    checks = [telling.check(arguments.check, known)] if arguments.check else [*filter(partial(_any, config), known)]
    students = telling.trainees(arguments.student, {one.student for check in checks for one in found(config, check)})

    def grade(check: str) -> bool:
        with telling.progress(f"Grading {check}", len(found(config, check))) as step:
            report = autograde(
                config,
                check,
                force=arguments.force,
                students=students,
                processes=arguments.processes,
                step=step,
            )
        print(_told(check, report))
        for line in telling.of_class(config, check, waiting=True):
            print(line)
        return all(problem.graded for problem in report.problems)

    wrong = telling.each(checks, grade)
    if strays := submitted.of_no_check(settings.directory(config)):
        print("\n".join(["Not graded:", *(f"  {one.student}: {one.words}" for one in strays)]))
    if not checks:
        print("Nothing has been collected yet. Run: nbgrader collect <check>")
    return wrong


def _any(config: Config, check: str) -> bool:
    """Whether something was handed in to a check, be it graded or not."""
    return bool(found(config, check) or submitted.passed_over(config, check))


def _told(check: str, report: Report) -> str:
    graded = f"{check}: {telling.count(len(report.graded), 'submission')} graded"
    stood = f", {report.stood} graded before" if report.stood else ""
    if not report.graded and not report.stood and not report.problems:
        return f"{check}: nothing has been collected yet. Run: nbgrader collect {check}"
    return "\n".join([f"{graded}{stood}.", *telling.problems(report.problems)])
