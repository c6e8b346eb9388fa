"""How instructors' commands tell what they do: a progress bar, counts, and one line for each problem."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from tqdm import tqdm
from traitlets.config import Config

from grading import gradebook, roster_ids, settings, strangers, unanswered
from grading.bulk import Problem
from grading.bulk.submitted import found
from grading.refused import CheckRefused, Refused
from grading.roster_ids import Known


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], object]]:
    """A bar on standard error while somebody looks on; what is yielded is told how many more are done."""
    with tqdm(total=total, desc=what, unit="", disable=None, leave=False, dynamic_ncols=True) as bar:
        yield bar.update


def count(number: int, of: str) -> str:
    """The number with its noun: "1 submission", "1,000 submissions"."""
    return f"{number:,} {of}" if number == 1 else f"{number:,} {of}s"


def check(name: str, known: Iterable[str]) -> str:
    """The check's name. Raises :class:`Refused` where there is none of that name."""
    if name not in known:
        raise Refused(f"There's no check called {name}. The checks are: {', '.join(known)}.")
    return name


def each(checks: Iterable[str], work: Callable[[str], bool]) -> int:
    """0 where ``work`` went well for every check, else 1. A check that is refused is told, and stops no other."""
    well = True
    for check in checks:
        try:
            well &= work(check)
        except CheckRefused as refused:
            print(f"{check}: {refused}", file=sys.stderr)
            well = False
    return int(not well)


def trainees(given: Sequence[str] | None, there: Iterable[str]) -> set[str] | None:
    """The trainees whom a command names. Raises :class:`Refused` for an id that's none of those that are ``there``."""
    if not given:
        return None
    known = Known(there)
    for id in given:
        if wrong := roster_ids.fault(id):
            raise Refused(wrong)
        if id not in known:
            raise Refused(f"There's nothing here from a trainee {id}. {known.did_you_mean(id)}".rstrip())
    return set(given)


def of_class(config: Config, check: str, *, waiting: bool = False) -> Iterator[str]:
    """A line for each submission of a check without answers, and one for trainees on no list.

    With ``waiting``, also one for what waits for an instructor's marks.
    """
    graded = gradebook.submissions(settings.directory(config).db_url, check) if gradebook.is_there(config) else []
    waits = sum(one.waits for one in graded)
    if waiting and waits:
        yield f"  {count(waits, 'submission')} waiting for you to grade (formgrader, Manual Grading)."
    for one in unanswered.open_ones(config, graded).values():
        yield f"  {one.student}: {one.words}"
    ids = [*(one.student for one in graded), *(one.student for one in found(config, check))]
    try:
        others = strangers.among(ids, strangers.read(config))
    except Refused as refused:  # what was done is done, and other checks may follow
        yield f"  {refused}"
    else:
        yield from [f"  {strangers.said(others)}"] if others else []


def problems(of: Iterable[Problem]) -> list[str]:
    """A line for each: whose submission, what was wrong, and whether it counts all the same."""
    return [f"  {one.student}: {one.words}" + ("" if one.graded else " Not graded.") for one in of]
