"""``make demo``: a class of simulated trainees through nbgrader's whole round trip, in a folder of its own.

Everything is nbgrader's: its steps, its exchange, its gradebook. Only the trainees and their instructor are made
up. They answer into real answers files, every check of the course, and the instructor marks what was written; what
becomes of each stands in the tables at the end.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from nbgrader.api import Gradebook

from casebook import content, slots
from casebook.answers import FILE_NAME, Answer, Book, append
from casebook.kinds import KINDS
from casebook.kinds.base import Given
from grading import bank, graded, roster, roster_gradebook, verdict
from grading.nbgrader_steps import Steps
from grading.refused import Refused, StepFailed
from grading.scoring import Scorer
from running.demo_class import LIST, TRAINEES, Kept, Trainee, by_rubric

MARK = ".casebook-demo"
"""The file by which a folder is known as one that a demonstration made, and may make anew."""

Say: TypeAlias = Callable[[str, str], None]
"""Is told a step's name and what it does, before it is done."""


@dataclass(frozen=True)
class Row:
    """A line of the gradebook; ``page`` is the feedback page as the trainee has it."""

    check: str
    trainee: Trainee
    marks: float
    out_of: float
    met: bool
    page: Path


def main() -> int:
    """Runs the demonstration and shows the gradebook; 1 where a step failed, said on standard error."""
    parser = argparse.ArgumentParser(prog="python -m running.demo", description=__doc__)
    parser.add_argument("--folder", type=Path, default=bank.ROOT / "demo", help="where (made again each time)")
    folder = parser.parse_args().folder.expanduser().resolve()
    try:
        rows = run(folder, lambda step, what: print(f"{step:<20} {what}", flush=True))
    except Refused as failed:
        print(f"The demonstration stopped.\n{failed}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The demonstration couldn't be set up in {folder}: {error}", file=sys.stderr)
        return 1
    for check in dict.fromkeys(row.check for row in rows):
        print(table(check, [row for row in rows if row.check == check]))
    print(where_to_look(folder, rows))
    return 0


def run(folder: Path, say: Say) -> list[Row]:
    """The whole round trip of every check in ``folder``; the gradebook's rows. Raises :class:`StepFailed`."""
    _set_up(folder)
    checks = [module for module in bank.course().titles if (_course(folder) / "course/source" / module).is_dir()]
    if not checks:
        raise StepFailed("There's no check in course/source to give to the class.")
    steps = Steps(_course(folder))
    _enroll(_course(folder), say)
    for check in checks:
        _give_out(steps, folder, check, say)
        _answer(folder, check, say)
        _grade(steps, check, say)
        _mark(steps, check, say)
        _hand_back(steps, folder, check, say)
    say("export", "writes the gradebook as a file for a spreadsheet")
    steps.export(folder / "grades.csv")
    return [row for check in checks for row in _rows(steps, folder, check)]


def table(check: str, rows: Sequence[Row]) -> str:
    """The gradebook of one check as lines of text."""
    lines = [("Trainee", "Points", "Out of", "Percent", "Result", "What they did")]
    for row in rows:
        percent = f"{100 * row.marks / row.out_of:.0f}%" if row.out_of else "-"
        met = "passed" if row.met else "not passed"
        marks = f"{round(row.marks, 2):g}"
        lines.append((row.trainee.name, marks, f"{row.out_of:g}", percent, met, row.trainee.does))
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    course = bank.course()
    title = f"{course.titles[check]} (passing score {course.pass_mark_of(check):.0%})"
    return "\n".join(["", title, "", *(_line(line, widths) for line in lines)])


def where_to_look(folder: Path, rows: Sequence[Row]) -> str:
    """Where the gradebook, a feedback page and formgrader are to be found, and the command for it."""
    tools = Path(sys.executable).parent
    root = " --allow-root" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    lab = f"{shlex.quote(str(tools / 'jupyter'))} lab --LabApp.default_url=/formgrader{root}"
    return "\n".join(
        [
            "",
            "The gradebook as a file for a spreadsheet:",
            f"  {folder / 'grades.csv'}",
            f"{rows[-1].trainee.name}'s feedback page (the other trainees' pages are in the same place):",
            f"  {rows[-1].page}",
            "The same class in formgrader, nbgrader's own page for instructors (Ctrl+C ends it):",
            f"  cd {shlex.quote(str(_course(folder)))} && PATH={shlex.quote(str(tools))}:$PATH {lab}",
        ]
    )


def _course(folder: Path) -> Path:
    return folder / "instructor"


def _home(folder: Path, trainee: Trainee) -> Path:
    return folder / "trainees" / trainee.name


def _trainee_steps(folder: Path, trainee: Trainee) -> Steps:
    """A trainee's own nbgrader, which knows of no other trainee's submissions."""
    return Steps(_course(folder), cache=folder / "cache" / trainee.name)


def _set_up(folder: Path) -> None:
    """The instructor's folder and one for each trainee, in place of those of the last demonstration."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise StepFailed(
            f"The folder {folder} has other things in it, so it was left "
            "alone. Name a different one with --folder: each demonstration starts with an empty folder."
        )
    if folder.is_dir():
        shutil.rmtree(folder)
    course = _course(folder)
    ignore = shutil.ignore_patterns(".ipynb_checkpoints", FILE_NAME)
    for name in ("course/source", "grading/bank"):
        shutil.copytree(bank.ROOT / name, course / name, ignore=ignore)
    for name in ("course/course.yml", "course/points.yml", "nbgrader_config.py"):
        shutil.copyfile(bank.ROOT / name, course / name)
    (course / "exchange").mkdir()
    for trainee in TRAINEES:
        _home(folder, trainee).mkdir(parents=True)
    (folder / MARK).touch()


def _enroll(course: Path, say: Say) -> None:
    say("roster", f"imports the class list of {len(TRAINEES)} into the gradebook: names, e-mail, units")
    people = roster.read(LIST.encode()).people
    roster_gradebook.save(course, roster.changes(people, roster_gradebook.known(course)))


def _give_out(steps: Steps, folder: Path, check: str, say: Say) -> None:
    say("generate_assignment", f"makes the release version of {check}, without a key")
    steps.generate_assignment(check)
    say("release_assignment", "puts it into the exchange")
    steps.release_assignment(check)
    say("fetch_assignment", f"each of {len(TRAINEES)} trainees gets a copy")
    for trainee in TRAINEES:
        _trainee_steps(folder, trainee).fetch_assignment(check, _home(folder, trainee))


def _answer(folder: Path, check: str, say: Say) -> None:
    say("submit", "each answers in their own way, and submits")
    public = content.check(check, _course(folder) / "course/source" / check)
    known = bank.items(check)
    for trainee in TRAINEES:
        items = [known[id] for id in slots.items(public, Book(), trainee.name)]
        steps, home = _trainee_steps(folder, trainee), _home(folder, trainee)
        for sitting in trainee.sittings:
            for kept in sitting(items):
                _keep(home / check / FILE_NAME, check, kept)
            steps.submit(check, home, trainee.name)


def _keep(path: Path, check: str, kept: Kept) -> None:
    """An answer into the answers file, as the course keeps it; odd bytes as they come."""
    if isinstance(kept, bytes):
        with path.open("ab") as file:
            file.write(kept)
        return
    item_id, given = kept
    for each in _one_by_one(given):
        append(path, Answer(check, item_id, each, datetime.now(UTC).isoformat(timespec="milliseconds")))


def _one_by_one(given: Given) -> Iterator[Given]:
    """What was given, as a page keeps it: of a path through a story each decision as it is taken."""
    path = given.get("path")
    if not path:
        yield given
        return
    for taken in range(len(path) + 1):
        yield {**given, "path": path[:taken]}


def _grade(steps: Steps, check: str, say: Say) -> None:
    say("collect", "brings the submissions in")
    steps.collect(check)
    say("autograde", "scores them from the answers files, without opening any trainee's notebook")
    steps.autograde(check)


def _mark(steps: Steps, check: str, say: Say) -> None:
    """Everything that waits for marks by hand gets them, as when an instructor types them into formgrader."""
    manual = (item for item in bank.items(check).values() if KINDS[item.kind].manual)
    by_hand = list(dict.fromkeys(item.slot or item.id for item in manual))
    if not by_hand:
        return
    say("formgrader", "here the instructor reads the written answers and grades them with the rubric")
    for trainee in TRAINEES:
        scorer = Scorer(check, steps.submitted(check, trainee.name))
        for grade_id in by_hand:
            result = scorer.result(grade_id)
            if result.marks is None and result.given is not None:
                steps.mark(check, trainee.name, grade_id, by_rubric(result.item, result.given))


def _hand_back(steps: Steps, folder: Path, check: str, say: Say) -> None:
    say("generate_feedback", "makes a page for each trainee")
    steps.generate_feedback(check)
    say("release_feedback", "puts the pages into the exchange")
    steps.release_feedback(check)
    say("fetch_feedback", "each trainee gets their own")
    for trainee in TRAINEES:
        _trainee_steps(folder, trainee).fetch_feedback(check, _home(folder, trainee), trainee.name)


def _rows(steps: Steps, folder: Path, check: str) -> list[Row]:
    """What nbgrader's gradebook holds for a check, in the class's order."""
    rows, course = [], bank.course()
    with Gradebook(steps.config.CourseDirectory.db_url) as gradebook:
        choices = {one.student: one.unsafe for one in graded.submissions(steps.config, check)}
        for trainee in TRAINEES:
            submission = gradebook.find_submission(check, trainee.name)
            marks, most = float(submission.score), float(submission.max_score)
            met = verdict.is_met(course.pass_mark_of(check), marks, most, choices[trainee.name])
            pages = sorted((_home(folder, trainee) / check / "feedback").rglob("*.html"))
            if not pages:
                raise StepFailed(f"No feedback page came back to {trainee.name}.")
            rows.append(Row(check, trainee, marks, most, met, pages[-1]))
    return rows


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """A line of the table: words to the left, numbers to the right."""
    name, *numbers, met, does = cells
    middle = (number.rjust(width) for number, width in zip(numbers, widths[1:4], strict=True))
    return "  ".join([name.ljust(widths[0]), *middle, met.ljust(widths[4]), does])


if __name__ == "__main__":
    sys.exit(main())
