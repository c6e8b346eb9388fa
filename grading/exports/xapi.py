"""xAPI statements for a learning record store, one in each line (JSON lines), after xAPI 1.0.3 (adlnet/xAPI-Spec).

For each check ``passed`` or ``failed``, for each question ``answered``, and ``completed`` once every check is met. What
a trainee wrote is never told, nor a name: who it is is an account (nbgrader's id, at ``base``) or an e-mail.

Statements never change in a record store, and a second one with the same id must say the same. So an id is made (uuid5)
of what the statement says: the same export again changes nothing, and marks that have changed are new statements.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from traitlets import Enum, Unicode

from grading import files
from grading.exports.base import Exporter, TheClass, Trainee, score
from grading.gradebook import Grade, Submission
from grading.refused import Refused

ADL = "http://adlnet.gov/expapi"
_MAIL = re.compile(r"[^\s@<>\"(),:;\\]+@[^\s@<>\"(),:;\\]+\.[^\s@<>\"(),:;\\]+")
_IRL = re.compile(r"https?://[^\s/?#<>\"{}|\\^`]+(/[^\s?#<>\"{}|\\^`]*)?")


class XapiExporter(Exporter):
    """A file of xAPI statements."""

    NAME = "xapi"
    WHAT = "xAPI statements, one per line"
    DEFAULT = "xapi.jsonl"

    base = Unicode(
        "",
        help="An address that belongs to your agency (https://…). The program builds the web addresses "
        "of the course, checks, and accounts from it. There doesn't have to be a page there. Don't change it later: "
        "the record store uses it to identify everything you've already sent.",
    ).tag(config=True)
    identify_by = Enum(
        ["account", "mbox"], "account", help="How to identify a trainee: by account, or by e-mail (mbox)."
    ).tag(config=True)

    def write(self, the_class: TheClass, to: Path) -> None:
        """Writes the file. Raises :class:`Refused` where the base is no address."""
        if not self.base:
            self.log.warning(
                "Your agency's address isn't set, so these statements use a made-up one. That's fine for a test. "
                "Before they go into a record store, set c.XapiExporter.base in nbgrader_config.py."
            )
        base = (self.base or f"https://{the_class.course_id}.invalid").rstrip("/")
        if not _IRL.fullmatch(base):
            raise Refused(
                f"No file was made: the base has to be an address such as https://training.example.gov, not {base}."
            )
        told: list[dict[str, Any]] = []
        unknown = []
        for trainee in the_class.trainees:
            actor = self._actor(trainee, base)
            if actor is None:
                unknown.append(trainee.student.id)
            else:
                told += self._of(the_class, trainee, actor, base)
        self.tell_of_waiting(the_class)
        if unknown:
            self.log.warning(
                "Left out, because the gradebook doesn't have their e-mail address: %s.", ", ".join(unknown)
            )
        lines = "".join(json.dumps(statement) + "\n" for statement in told)
        files.write(to, lines.encode())
        self.log.info("%s: %d statements, under %s.", to, len(told), base)

    def _of(self, the_class: TheClass, trainee: Trainee, actor: dict[str, Any], base: str) -> Iterator[dict[str, Any]]:
        final = [one for check in the_class.checks if (one := self.final(trainee, check)) is not None and one.most]
        for submission in final:
            yield _statement(actor, *_check(the_class, submission, base), submission.at, _context(base))
            for grade in submission.grades:
                if grade.most and not grade.waits:
                    yield _statement(
                        actor, *_item(submission, grade, base), submission.at, _context(base, submission.module)
                    )
        if final and len(final) == len(the_class.course.titles) and all(the_class.met(one) for one in final):
            last = max((one.at for one in final if one.at), default=None)
            yield _statement(actor, *_course(the_class, final, base), last, None)

    def _actor(self, trainee: Trainee, base: str) -> dict[str, Any] | None:
        if self.identify_by == "account":
            return {"objectType": "Agent", "account": {"homePage": base, "name": trainee.student.id}}
        mail = trainee.student.email
        return {"objectType": "Agent", "mbox": f"mailto:{mail}"} if _MAIL.fullmatch(mail) else None


def _check(the_class: TheClass, submission: Submission, base: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    met = the_class.met(submission)
    activity = _activity(_place(base, submission.module), "assessment", the_class.course.titles[submission.module])
    result = {"score": _score(score(submission), submission.most), "success": met, "completion": True}
    return "passed" if met else "failed", activity, result


def _item(submission: Submission, grade: Grade, base: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    # An item's own words are left out: they are long, and a store is no place for a check's questions.
    activity = _activity(
        f"{_place(base, submission.module)}/items/{quote(grade.name, safe='')}", "question", grade.name
    )
    all_marks = round(grade.score, 4) >= round(grade.most, 4)
    return "answered", activity, {"score": _score(grade.score, grade.most), "success": all_marks}


def _course(the_class: TheClass, met: list[Submission], base: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    got, most = sum(score(one) for one in met), sum(one.most for one in met)
    activity = _activity(f"{base}/course", "course", the_class.course.title)
    return "completed", activity, {"score": _score(got, most), "success": True, "completion": True}


def _place(base: str, module: str) -> str:
    return f"{base}/checks/{quote(module, safe='')}"


def _activity(place: str, kind: str, name: str) -> dict[str, Any]:
    definition = {"type": f"{ADL}/activities/{kind}", "name": {"en-US": name}}
    return {"objectType": "Activity", "id": place, "definition": definition}


def _context(base: str, module: str | None = None) -> dict[str, Any]:
    activities = {"grouping": [{"objectType": "Activity", "id": f"{base}/course"}]}
    if module is not None:
        activities["parent"] = [{"objectType": "Activity", "id": _place(base, module)}]
    return {"contextActivities": activities}


def _score(got: float, most: float) -> dict[str, float]:
    """The score; extra marks count up to what there is, for a raw score is not above its maximum."""
    top = round(most, 4)
    raw = min(max(round(got, 4), 0.0), top)
    return {"scaled": round(raw / top, 4), "raw": raw, "min": 0, "max": top}


def _statement(
    actor: dict[str, Any],
    verb: str,
    activity: dict[str, Any],
    result: dict[str, Any],
    at: datetime | None,
    context: dict[str, Any] | None,
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "actor": actor,
        "verb": {"id": f"{ADL}/verbs/{verb}", "display": {"en-US": verb}},
        "object": activity,
        "result": result,
    }
    if context:
        said["context"] = context
    if at is not None:
        said["timestamp"] = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    # How an activity is described may change: that makes no other statement of it.
    lasting = {**said, "object": activity["id"]}
    seed = json.dumps(lasting, sort_keys=True, ensure_ascii=False)
    return {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, seed)), **said}
