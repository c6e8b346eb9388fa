"""Grades a check anew after its bank was mended (and ``make update`` was run), and tells whose score changed and why.

Submissions, and an instructor's marks and comments, stay as they are.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from grading import bank, files, gradebook, settings
from grading.bulk.submitted import found
from grading.commands import telling
from grading.refused import Refused
from grading.regrading import Change, Regraded, Turn, regrade

NAME = "regrade"
HELP = "grade a check again after you fix its bank, and list whose score changed and why"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The check."""
    parser.add_argument("--check", default="", help="the check's name")


def run(arguments: argparse.Namespace) -> int:
    """0, or 1 where some submission could not be graded. The report is printed, and kept under ``grading/``."""
    if not arguments.check:
        raise Refused("Which check? For example: make regrade CHECK=partner-violence")
    config = settings.load(arguments.root)
    telling.check(arguments.check, bank.course().titles)
    gradebook.there(config)
    with telling.progress(f"Regrading {arguments.check}", len(found(config, arguments.check))) as step:
        done = regrade(config, arguments.check, step=step)
    wrong = [*telling.problems(done.problems), *telling.of_class(config, arguments.check)]
    words = "\n".join([told(done), *(["", "To look at:", *wrong] if wrong else [])])
    kept = arguments.root / "grading/regraded" / f"{arguments.check}-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.txt"
    files.write(kept, f"{words}\n".encode())
    print(words)
    print(f"\nThis report is saved in {kept.relative_to(arguments.root)}.")
    print(f"The pages haven't changed yet. Run make feedback CHECK={arguments.check}, then nbgrader release_feedback.")
    return int(any(not problem.graded for problem in done.problems))


def told(done: Regraded) -> str:
    """The report, in plain lines."""
    lines = [f"{done.module}: {telling.count(done.count, 'submission')} graded again."]
    people = {change.student for change in done.changes if round(change.before, 4) != round(change.after, 4)}
    lines.append(f"Scores that changed: {telling.count(len(people), 'trainee')}." if people else "No score changed.")
    by_question: dict[str, list[Change]] = defaultdict(list)
    for change in done.changes:
        by_question[change.question].append(change)
    for question, changes in sorted(by_question.items()):
        lines += ["", f"{question}{_stem(done.module, question)}: {telling.count(len(changes), 'trainee')}"]
        for (before, after, reasons), students in sorted(_alike(changes).items()):
            lines.append(f"  {before:g} → {after:g} ({'; '.join(reasons)}): {', '.join(students)}")
    for meets, words in ((True, "Pass the check now:"), (False, "No longer pass the check:")):
        if turned := [turn for turn in done.turns if turn.meets is meets]:
            lines += ["", words, *(f"  {_turned(turn)}" for turn in turned)]
    if done.look_again:
        lines += [
            "",
            "Graded by hand, but the answer or what it's worth has changed. Look at these again in formgrader:",
        ]
        lines += [f"  {student}: {question}" for student, question in done.look_again]
    if done.first:
        lines += ["", f"Graded for the first time: {', '.join(done.first)}"]
    return "\n".join(lines)


def _turned(turn: Turn) -> str:
    before, after = (f"{marks:g} of {most:g}" for marks, most in (turn.before, turn.after))
    return f"{turn.student}: {before} → {after}"


def _alike(changes: Iterable[Change]) -> dict[tuple[float, float, tuple[str, ...]], list[str]]:
    alike: dict[tuple[float, float, tuple[str, ...]], list[str]] = defaultdict(list)
    for change in changes:
        alike[change.before, change.after, change.reasons].append(change.student)
    return alike


def _stem(module: str, question: str) -> str:
    """How the question begins, for who does not know it by its name."""
    asked = [item for item in bank.items(module).values() if question in (item.id, item.slot)]
    words = " ".join(asked[0].stem.split()[:9]) if asked else ""
    return f' ("{words} …")' if words else ""
