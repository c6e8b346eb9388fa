"""Self-paced grading: one check, on the trainee's own machine, scored and told by the very code of a class.

Run by :mod:`casebook.alone` as a program of its own. What goes wrong is said in one line on standard error.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from nbformat import NotebookNode

from casebook import mastery, results, trainee
from casebook.prose import to_text
from casebook.results import Result, Score, Unsafe
from grading import bank, feedback, files, graded_notebook, verdict
from grading.scoring import Result as Scored
from grading.scoring import Scorer
from grading.verdict import UnsafeChoice

CERTIFICATE = "certificate.pdf"
"""In the folder of the course's pages."""


class NotGraded(Exception):
    """What cannot be graded, and why."""


def main() -> int:
    """0, or 1 where it could not be done."""
    parser = argparse.ArgumentParser(prog="python -m grading.alone", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("grade", help="grade the check in a folder")
    one.add_argument("folder", type=Path)
    one.add_argument("module")
    other = commands.add_parser("certify", help="make the course's certificate in a folder")
    other.add_argument("folder", type=Path)
    other.add_argument("name")
    arguments = parser.parse_args()
    now = datetime.now(UTC)
    try:
        if arguments.command == "grade":
            grade(arguments.folder, arguments.module, now)
        else:
            certify(arguments.folder, arguments.name, now)
    except NotGraded as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"A file couldn't be read or written ({error.strerror or error}: {error.filename}).", file=sys.stderr)
        return 1
    return 0


def grade(folder: Path, module: str, now: datetime, who: str | None = None) -> Result:
    """The result of the attempt that the answers in ``folder`` belong to; it is kept, and its page is made.

    An attempt is graded once: its result stands, and is given again. Raises :class:`NotGraded` and ``OSError``.
    """
    standing = results.standing(folder)
    if standing is not None:
        return standing
    source = bank.ROOT / "course/source" / module / f"{module}-check.ipynb"
    if not source.is_file():
        raise NotGraded(f"This version of the course has no check called {module}. Set the course up again.")
    scorer = Scorer(module, folder)
    notebook = graded_notebook.rebuilt(source, scorer)
    result = _result(notebook, scorer, results.attempt(folder), now)
    page = feedback.alone(notebook, result, who or trainee.id())
    files.write(folder / result.page, page.encode())
    # Last of all: whatever stops this before leaves a page that the next grading replaces, and no result.
    results.add(folder, result)
    return result


def certify(folder: Path, name: str, now: datetime) -> Path:
    """Makes the certificate for ``name`` of the course that lies in ``folder``.

    Raises :class:`NotGraded` where a check, or the final, is not met, and ``OSError``.
    """
    from grading import certificate  # its typesetter takes a while to load, and grading a check needs none

    info = bank.course()
    met = {slug: results.best(results.read(folder / slug)) for slug in info.titles}
    missing = [info.titles[slug] for slug, result in met.items() if result is None or not result.met]
    if missing:
        raise NotGraded(f"Still to pass: {', '.join(missing)}.")
    best = [result for result in met.values() if result]
    told = certificate.Certificate(
        name=name,
        course=info.title,
        subtitle=info.subtitle,
        hours=info.contact_hours,
        checks=len(best) - len(info.finals),
        score=sum(result.score for result in best),
        most=sum(result.most for result in best),
        on=now.astimezone(),
    )
    try:
        made = certificate.pdf(told)
    except certificate.CannotBeShown as why:
        raise NotGraded(str(why)) from None
    files.write(folder / CERTIFICATE, made)
    return folder / CERTIFICATE


def _result(notebook: NotebookNode, scorer: Scorer, attempt: int, now: datetime) -> Result:
    """The result; on the way each cell of ``notebook`` gets its marks, as the gradebook would give them."""
    scores: list[Score] = []
    unsafe: list[UnsafeChoice] = []
    for cell in notebook.cells:
        asked = cell.metadata.get("nbgrader", {})
        if (asked.get("grade") or asked.get("task")) and scorer.grades(asked.grade_id):
            scored = scorer.result(asked.grade_id)
            asked["score"] = scored.marks or 0.0
            if graded_notebook.is_written(cell):
                cell.metadata.casebook["waits"] = scored.marks is None
            scores.append(_score(asked.grade_id, float(asked.points), scored))
            unsafe += verdict.unsafe_choices(scored)
    pass_mark = bank.course().pass_mark_of(scorer.module)
    most = round(sum(one.most for one in scores if one.marks is not None), 4)
    score = round(sum(one.marks or 0.0 for one in scores), 4)
    return Result(
        module=scorer.module,
        attempt=attempt,
        at=now.isoformat(timespec="milliseconds"),
        score=score,
        most=most,
        waits=round(sum(one.most for one in scores if one.marks is None), 4),
        pass_mark=pass_mark,
        met=verdict.is_met(pass_mark, score, most, unsafe),
        scores=tuple(scores),
        unsafe=tuple(_told(one) for one in unsafe),
    )


def _told(one: UnsafeChoice) -> Unsafe:
    return Unsafe(one.said, to_text(one.why), one.points, one.blocks)


def _score(grade_id: str, most: float, scored: Scored) -> Score:
    # The variants of a slot are about the same points: also of one that nobody answered it is known which.
    points = {point: round(share, 4) for point, share in mastery.by_point(scored.item, scored.outcome).items()}
    return Score(grade_id, scored.item.id if scored.seen else "", most, scored.marks, points)


if __name__ == "__main__":
    sys.exit(main())
