"""What is worth a look in how answers were handed in. Pure.

Nothing here is proof, and no marks depend on it: each pattern has innocent reasons, which are told with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from grading.report.reading import Check, Class
from grading.report.sitting import Sitting

Code = Literal["at-once", "identical", "full-after-feedback", "several-variants", "not-drawn"]


@dataclass(frozen=True)
class Look:
    """Something to look at: in which check, of whom (ids), what it is, and what may be behind it."""

    code: Code
    module: str
    students: tuple[str, ...]
    what: str
    perhaps: str


def found(of: Class) -> list[Look]:
    """Everything that is worth a look, by the course's order of checks."""
    return [look for check in of.checks for look in _of_check(of, check)]


def _of_check(of: Class, check: Check) -> Iterator[Look]:
    sittings = [one for (module, _), one in of.sittings.items() if module == check.module]
    yield from _identical(check.module, sittings)
    for one in sittings:
        yield from _traces(one, ids_are_given=of.ids_are_given)
        if _is_full_after_feedback(of, check.module, one.student):
            yield Look(
                "full-after-feedback",
                check.module,
                (one.student,),
                "A perfect score on a new submission, after feedback on an earlier one was returned. Feedback gives "
                "away the right answers.",
                "They read the feedback and learned from it, as they're supposed to.",
            )


def _identical(module: str, sittings: Iterable[Sitting]) -> Iterator[Look]:
    alike: dict[str, list[str]] = {}
    for one in sittings:
        if one.pace:
            alike.setdefault(one.pace, []).append(one.student)
    for students in alike.values():
        if len(students) > 1:
            yield Look(
                "identical",
                module,
                tuple(sorted(students)),
                "They gave the same answers at the same moments, or with the same pauses between all of them, to the "
                "thousandth of a second.",
                "They shared a computer or an account, or somebody uploaded the wrong file.",
            )


def _traces(of: Sitting, *, ids_are_given: bool) -> Iterator[Look]:
    whose = (of.module, (of.student,))
    for item in of.traces.at_once:
        yield Look(
            "at-once",
            *whose,
            f"Several decisions on the best path through {item} came in one answer. The course's pages save each "
            "decision separately.",
            "Somebody pieced an answers file back together after something went wrong.",
        )
    if of.traces.several:
        yield Look(
            "several-variants",
            *whose,
            f"They answered more than one variant of {_named(of.traces.several)}. The course's pages show each "
            "trainee one. The first one answered was scored.",
            "The trainee's two answers files were merged.",
        )
    if ids_are_given and of.traces.not_drawn:
        yield Look(
            "not-drawn",
            *whose,
            f"They answered a variant of {_named(of.traces.not_drawn)} that wasn't assigned to this trainee.",
            "They answered on a computer where they have a different id, or the bank's variants have changed since.",
        )


def _is_full_after_feedback(of: Class, module: str, student: str) -> bool:
    submission = of.submissions.get((module, student))
    if submission is None or (module, student) not in of.returned or (module, student) in of.again:
        return False
    if (module, student) in of.attempts:
        return False  # another attempt is there to be taken with the feedback in mind
    return not submission.waits and submission.most > 0 and submission.score >= submission.most


def _named(slots: tuple[str, ...]) -> str:
    more = f" and {len(slots) - 3} more" if len(slots) > 3 else ""
    return f"{', '.join(slots[:3])}{more}"
